/**
 * `chapter try`: one function, your own document.
 */
import type { Command } from 'commander';
import { unknownName } from '../catalog.ts';
import { dataOf, linesOf, maxBytes, readGiven } from '../document.ts';
import { Failure, wrongInput } from '../failure.ts';
import { PortError } from '../port.ts';
import type { Port } from '../port.ts';
import { portTable } from '../ports.ts';
import { faultOf, misfit } from '../schema/check.ts';
import type { Fault } from '../schema/check.ts';
import { withoutNulls } from '../schema/objects.ts';
import { remark, say } from '../terminal.ts';

interface TryFlags {
  readonly input?: string;
  readonly ndjson?: boolean;
  readonly schema?: boolean;
}

/** Adds the verb to the command line. */
export function addTry(program: Command): void {
  program
    .command('try')
    .description('give one function a document and see what it decides')
    .argument('[port]', 'which function; without one, the list of them')
    .option('--input <file>', 'the document, JSON or YAML; stdin without')
    .option('--ndjson', 'one JSON document a line, one answer a line')
    .option('--schema', "print the document's JSON Schema")
    .action(async (word: string | undefined, flags: TryFlags) => {
      if (word === undefined) {
        refuseAny(flags);
        say(listed());
        remark(
          'What one reads: npm run chapter try kubelet/relist -- --schema',
        );
        return;
      }
      const port = await portNamed(word);
      if (flags.schema === true) {
        say(JSON.stringify(published(word, port), undefined, 2));
      } else if (flags.ndjson === true) await answerLines(port, flags.input);
      else await answerOne(word, port, flags.input);
    });
}

/** Without a port, whatever is asked for would be forgotten in silence. */
function refuseAny(flags: TryFlags): void {
  const [flag] = Object.keys(flags);
  if (flag === undefined) return;
  throw wrongInput(`Cannot use flag "--${flag}": expected a port, found none`);
}

function listed(): string {
  const width = Math.max(...Object.keys(portTable).map(({ length }) => length));
  return Object.entries(portTable)
    .map(([name, { about }]) => `${name.padEnd(width)}  ${about}`)
    .join('\n');
}

async function portNamed(word: string): Promise<Port> {
  const entry = Object.hasOwn(portTable, word) ? portTable[word] : undefined;
  if (entry === undefined) {
    throw unknownName('port', word, Object.keys(portTable));
  }
  return entry.load();
}

const published = (name: string, { schema }: Port): unknown => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: name,
  ...schema,
});

async function answerOne(
  name: string,
  port: Port,
  file: string | undefined,
): Promise<void> {
  const given = await readGiven(file);
  const answer = await answerTo(port, dataOf(given));
  if ('fault' in answer) {
    throw wrongInput(misfit(given.name, answer.fault));
  }
  if ('error' in answer) {
    const { error } = answer;
    throw new Failure(1, `The port "${name}" failed: ${String(error)}`, error);
  }
  say(JSON.stringify(answer.value, undefined, 2));
}

/** Answers line by line; what is wrong with one line does not end the run. */
async function answerLines(
  port: Port,
  file: string | undefined,
): Promise<void> {
  let bad = 0;
  for await (const line of linesOf(file)) {
    if (line.trim() === '') continue;
    const answer = await answerTo(port, line, parseLine);
    if ('value' in answer) say(JSON.stringify(answer.value));
    else {
      bad += 1;
      const { path, reason } =
        'fault' in answer
          ? answer.fault
          : { path: '', reason: String(answer.error) };
      say(JSON.stringify({ error: reason, path }));
    }
  }
  if (bad === 0) return;
  throw wrongInput(
    `Cannot use ${bad} of the documents: each line with "error" says why`,
  );
}

type Answer =
  | { readonly value: unknown }
  | { readonly fault: Fault }
  | { readonly error: unknown };

/** What a port says to a document, or what is wrong with the document. */
async function answerTo<Raw>(
  port: Port,
  raw: Raw,
  parse: (raw: Raw) => unknown = (data) => data,
): Promise<Answer> {
  try {
    const document = withoutNulls(parse(raw));
    const fault = faultOf(port.schema, document);
    if (fault !== undefined) return { fault };
    return { value: await port.answer(document) };
  } catch (error) {
    if (error instanceof PortError) {
      return { fault: { path: error.path, reason: error.message } };
    }
    return { error };
  }
}

function parseLine(line: string): unknown {
  const size = Buffer.byteLength(line);
  if (size > maxBytes) {
    throw new PortError(
      '',
      `expected at most ${maxBytes} bytes on a line, found ${size}`,
    );
  }
  try {
    return JSON.parse(line);
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new PortError('', `expected a JSON document: ${message}`);
  }
}
