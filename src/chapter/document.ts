/**
 * Reads a document of the user's: a file or stdin, JSON or YAML.
 */
import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { YamlError, parseYaml } from '../ports/yaml.ts';
import { Failure, wrongInput } from './failure.ts';

/** The size from which on an input is refused. */
export const maxBytes = 1024 * 1024;

/** A document and what it is called in messages. */
export interface Given {
  readonly name: string;
  readonly text: string;
}

/**
 * The text of a file, or of stdin when `file` is undefined or `-`.
 *
 * @throws {Failure} when there is no such file, or it is too large
 */
export async function readGiven(file?: string): Promise<Given> {
  if (file === undefined || file === '-') {
    return { name: 'stdin', text: limited('stdin', await readStdin()) };
  }
  const descriptor = open(file);
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFile()) refuseLarge(file, stat.size);
    return { name: file, text: limited(file, readFileSync(descriptor)) };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw wrongInput(`Cannot read ${file}: ${reasonOf(error)}`, error);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The lines of a file, or of stdin, one by one as they come.
 *
 * @throws {Failure} when there is no such file
 */
export async function* linesOf(file?: string): AsyncGenerator<string> {
  if (file === undefined || file === '-') {
    refuseTerminal();
    yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
  } else {
    const descriptor = open(file);
    if (fstatSync(descriptor).isDirectory()) {
      closeSync(descriptor);
      throw wrongInput(`Cannot read ${file}: expected a file, found a folder`);
    }
    const input = createReadStream('', { fd: descriptor });
    yield* createInterface({ input, crlfDelay: Infinity });
  }
}

function open(file: string): number {
  try {
    return openSync(userPath(file), 'r');
  } catch (error) {
    throw wrongInput(`Cannot read ${file}: ${reasonOf(error)}`, error);
  }
}

/** npm runs scripts in the project; what the user names is where he stands. */
export function userPath(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file);
}

/**
 * Refuses to wait for somebody to type.
 *
 * @throws {Failure} when stdin is a terminal
 */
function refuseTerminal(): void {
  if (!process.stdin.isTTY) return;
  throw wrongInput(
    'Cannot read a document: expected one on stdin or as --input FILE, found a terminal',
  );
}

async function readStdin(): Promise<Buffer> {
  refuseTerminal();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What comes after the limit is counted, not kept.
    if (size <= maxBytes) chunks.push(chunk);
  }
  refuseLarge('stdin', size);
  return Buffer.concat(chunks);
}

/**
 * The data of a document.
 *
 * @throws {Failure} with name, line, column and what was expected
 */
export function dataOf({ name, text }: Given): unknown {
  const data = parsed(name, text);
  if (data == null) {
    throw wrongInput(`Cannot read ${name}: expected a document, found nothing`);
  }
  return data;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON; as YAML it may be right, or gives the better message.
  }
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { line, column, reason } = error;
    throw wrongInput(
      `Cannot parse ${name} at line ${line}, column ${column}: ${reason}`,
      error,
    );
  }
}

function limited(name: string, bytes: Buffer): string {
  refuseLarge(name, bytes.length);
  const isText = isUtf8(bytes) && !bytes.includes(0);
  if (isText) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  throw wrongInput(
    `Cannot read ${name}: expected text in UTF-8, found bytes that are none`,
  );
}

function refuseLarge(name: string, size: number): void {
  if (size <= maxBytes) return;
  throw wrongInput(
    `Cannot read ${name}: expected at most ${maxBytes} bytes, found ${size}`,
  );
}

/** Why a file could not be read, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'expected a file, found nothing of that name';
  if (code === 'EISDIR') return 'expected a file, found a folder';
  if (code === 'EACCES')
    return 'expected a readable file, found one that is not';
  return message;
}
