/**
 * Cuts functions out of real code, and puts others in.
 *
 * Starters and attempts are made from the code that runs, by symbol or by
 * unique text, so that none of them can drift from it.
 */
import { didYouMean } from '../source/nearest.ts';
import { parseSource } from '../source/symbols.ts';

/** One change of a text: what is found exactly once is replaced. */
export interface Edit {
  readonly find: string;
  readonly put: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands between the braces of a function, and its doc comment. */
interface Body extends Span {
  readonly doc: Span | undefined;
}

type Statement = ReturnType<typeof parseSource>['body'][number];

/**
 * Replaces the body of a function; the new one begins in the first column.
 *
 * @param symbol `updatePod`, or `PodWorkers.updatePod`; a `#` may be left out
 * @throws {RangeError} when the file has no such function
 */
export function withBody(
  text: string,
  file: string,
  symbol: string,
  body: string,
): string {
  const { start, end } = bodyOf(text, file, symbol);
  const margin = marginAt(text, start);
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `${margin}  ${line}`));
  return `${text.slice(0, start)}\n${lines.join('\n')}\n${margin}${text.slice(end)}`;
}

/**
 * The file with the body of a function replaced by an error that says so, and
 * without its `@story` lines, which tell the body branch by branch.
 *
 * @throws {RangeError} when the file has no such function
 */
export function cut(text: string, file: string, symbol: string): string {
  const body = `// Your turn.\nthrow new Error(${JSON.stringify(unwritten(symbol))});`;
  const bare = withBody(text, file, symbol, body.replaceAll('"', "'"));
  const { doc } = bodyOf(bare, file, symbol);
  return doc === undefined ? bare : spliced(bare, doc, untold(bare, doc));
}

/** What a function says that is still to be written. */
export const unwritten = (symbol: string): string =>
  `${symbol} is not written yet`;

/**
 * The file without what another exercise asks for; every line keeps its
 * number, so that what runs and what is read agree.
 */
export function hide(text: string, file: string, symbol: string): string {
  const { doc, end, start } = bodyOf(text, file, symbol);
  const lines = text.slice(start, end).split('\n').length - 1;
  const margin = lines === 0 ? ' ' : `\n${marginAt(text, start)}`;
  const rest = '\n'.repeat(Math.max(0, lines - 2));
  const lead =
    lines === 0 ? ' ' : lines === 1 ? ' ' : `\n${marginAt(text, start)}  `;
  const body = `${lead}${hidden(symbol)}${rest}${margin}`;
  const bare = spliced(text, { start, end }, body);
  if (doc === undefined) return bare;
  const left = untold(text, doc);
  const told = text.slice(doc.start, doc.end);
  const gone = told.split('\n').length - left.split('\n').length;
  const line = text.lastIndexOf('\n', doc.start) + 1;
  const before = '\n'.repeat(gone) + text.slice(line, doc.start);
  return spliced(bare, { start: line, end: doc.end }, before + left);
}

const spliced = (text: string, { start, end }: Span, put: string): string =>
  `${text.slice(0, start)}${put}${text.slice(end)}`;

/** A doc comment without its `@story` lines. */
function untold(text: string, { start, end }: Span): string {
  const lines = text.slice(start, end).split('\n');
  let isStory = false;
  const left = lines.filter((line) => {
    // A story ends at the next tag, at an empty line or with the comment.
    if (/^\s*\*(?:\s*@|\s*$|\/)/.test(line)) isStory = line.includes('@story');
    return !isStory;
  });
  const isEmpty = (line: string | undefined): boolean =>
    line === undefined || /^\s*\*$/.test(line);
  return left
    .filter((line, n) => !isEmpty(line) || !(n === 1 || isEmpty(left[n + 1])))
    .join('\n');
}

/** Puts back what was hidden, where nobody wrote anything else. */
export function unhide(
  text: string,
  original: string,
  file: string,
  symbol: string,
): string {
  const body = find(text, file, symbol);
  if (body === undefined) return text;
  const { start, end } = body;
  if (text.slice(start, end).trim() !== hidden(symbol)) return text;
  const real = bodyOf(original, file, symbol);
  return (
    text.slice(0, start) +
    original.slice(real.start, real.end) +
    text.slice(end)
  );
}

/** What stands in the place of a hidden body. */
const hidden = (symbol: string): string =>
  `throw new Error('${symbol.replace('#', '')} belongs to another exercise');`;

/** What stands between the braces of a function. */
export function bodyText(text: string, file: string, symbol: string): string {
  const { start, end } = bodyOf(text, file, symbol);
  return text.slice(start, end);
}

/**
 * Makes declared changes, one after the other.
 *
 * @throws {RangeError} when a text is not found exactly once
 */
export function edited(
  text: string,
  file: string,
  edits: readonly Edit[],
): string {
  let result = text;
  for (const { find, put } of edits) {
    const [before, after, ...more] = result.split(find);
    if (before === undefined || after === undefined || more.length > 0) {
      const times = result.split(find).length - 1;
      throw new RangeError(
        `Cannot edit ${file}: found ${times} times, wanted once: ${JSON.stringify(find)}`,
      );
    }
    result = before + put + after;
  }
  return result;
}

/** What the function's lines are margined with. */
function marginAt(text: string, start: number): string {
  // A declaration over several lines closes its brackets at its own margin.
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^\s*/.exec(line)?.[0] ?? '';
}

function find(text: string, file: string, symbol: string): Body | undefined {
  const plain = symbol.replace('#', '');
  return new Map(bodiesOf(text, file)).get(plain);
}

const bodiesOf = (text: string, file: string): [string, Body][] =>
  parseSource(text, file).body.flatMap(bodiesIn);

function bodyOf(text: string, file: string, symbol: string): Body {
  const found = find(text, file, symbol);
  if (found !== undefined) return found;
  const names = bodiesOf(text, file).map(([name]) => name);
  throw new RangeError(
    `Cannot cut "${symbol}" out of ${file}: it has no such function${didYouMean(symbol, names)}`,
  );
}

type Commented = Pick<Statement, 'leadingComments'>;

/** The functions that a statement declares, by name. */
function bodiesIn(statement: Statement): [string, Body][] {
  const inner =
    statement.type === 'ExportNamedDeclaration'
      ? statement.declaration
      : statement;
  if (inner?.type === 'FunctionDeclaration') {
    return [[inner.id?.name ?? '', between(inner.body, statement)]];
  }
  if (inner?.type !== 'ClassDeclaration') return [];
  const owner = inner.id?.name ?? '';
  return inner.body.body.flatMap((member): [string, Body][] => {
    if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') {
      return [];
    }
    const { key } = member;
    const name =
      key.type === 'PrivateName'
        ? key.id.name
        : key.type === 'Identifier'
          ? key.name
          : '';
    return [[`${owner}.${name}`, between(member.body, member)]];
  });
}

function between(block: Place, { leadingComments }: Commented): Body {
  const doc = leadingComments?.findLast(({ value }) => value.startsWith('*'));
  const { start, end } = placed(block);
  return {
    start: start + 1,
    end: end - 1,
    doc: doc === undefined ? undefined : placed(doc),
  };
}

interface Place {
  readonly start?: number | null;
  readonly end?: number | null;
}

const placed = ({ start, end }: Place): Span => ({
  start: start ?? 0,
  end: end ?? 0,
});
