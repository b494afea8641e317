/**
 * Writes a file that the reader names.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { userPath } from './document.ts';
import { wrongInput } from './failure.ts';
import type { Failure } from './failure.ts';
import { remark } from './terminal.ts';

/**
 * Makes sure of a file before the long work that fills it.
 *
 * @throws {Failure} when it cannot be written there
 */
export function refuseUnwritable(file: string): void {
  try {
    closeSync(openSync(userPath(file), 'a'));
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Writes a text, and says so.
 *
 * @throws {Failure} when it cannot be written there
 */
export function save(file: string, text: string): void {
  try {
    writeFileSync(userPath(file), text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw unwritable(file, error);
  }
  remark(`Wrote ${file}`);
}

const unwritable = (file: string, error: unknown): Failure =>
  wrongInput(`Cannot write ${file}: ${reasonOf(error)}`, error);

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'expected an existing folder, found none';
  if (code === 'EISDIR') return 'expected the name of a file, found a folder';
  if (code === 'EACCES') return 'expected a place one may write to';
  return message;
}
