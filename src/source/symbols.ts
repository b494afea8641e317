/**
 * Finds a piece of teaching code by name, so that no page holds a line number.
 *
 * A name is `syncPod` for a function, class, type or constant of the file,
 * `PodWorkers.updatePod` for a member, and `//DOC: name` for what a trailing
 * tag marks: the statement that begins on its line or, when two tags have the
 * name, everything from the first to the last.
 */
import { parse } from '@babel/parser';
import { didYouMean } from './nearest.ts';

export interface SourceSymbol {
  /** `PodWorkers.updatePod`; a private member has its `#`. */
  readonly name: string;
  readonly kind: 'function' | 'class' | 'member' | 'type' | 'constant';
  readonly exported: boolean;
  /** First and last line of the code, from 1. */
  readonly line: number;
  readonly end: number;
  /** The doc comment's text without its stars, and its first line. */
  readonly doc?: { readonly text: string; readonly line: number };
}

/** What a page shows of a file. */
export interface Excerpt {
  readonly symbol: string;
  /** The line of `text`'s first line in the file, from 1. */
  readonly line: number;
  readonly end: number;
  /** Without `//DOC:` tags, and without the indentation all lines share. */
  readonly text: string;
}

type Program = ReturnType<typeof parse>['program'];
type Statement = Program['body'][number];
type Comment = NonNullable<Statement['leadingComments']>[number];
type Named = Extract<
  Statement,
  {
    type:
      | 'FunctionDeclaration'
      | 'ClassDeclaration'
      | 'VariableDeclaration'
      | 'TSInterfaceDeclaration'
      | 'TSTypeAliasDeclaration';
  }
>;
type Member = Extract<
  Statement,
  { type: 'ClassDeclaration' }
>['body']['body'][number];

/** The text between the stars of the file's first doc comment, and its line. */
export interface Header {
  readonly text: string;
  readonly line: number;
}

/**
 * Every symbol of a file in its order.
 *
 * @throws {SyntaxError} naming `file` when the text is not TypeScript
 */
export function symbolsOf(text: string, file: string): SourceSymbol[] {
  return parseSource(text, file).body.flatMap(declared);
}

/** The comment that opens a file and speaks of all of it. */
export function headerOf(text: string, file: string): Header | undefined {
  const [first] = parseSource(text, file).body;
  const comments = first?.leadingComments ?? [];
  const [header] = comments.filter(isDoc);
  if (header?.loc == null || first === undefined) return undefined;
  const others = comments.filter(isDoc).length > 1;
  if (!others && first.type !== 'ImportDeclaration') return undefined;
  return { text: docText(header.value), line: header.loc.start.line };
}

/**
 * The lines of a symbol.
 *
 * @throws {RangeError} when the file has no such symbol, with the nearest
 */
export function excerptOf(text: string, file: string, symbol: string): Excerpt {
  const lines = text.split('\n');
  const [line, end] = symbol.startsWith('//DOC:')
    ? tagged(text, file, symbol.slice('//DOC:'.length).trim())
    : found(symbolsOf(text, file), file, symbol);
  return {
    symbol,
    line,
    end,
    text: outdent(lines.slice(line - 1, end).map(withoutTag)).join('\n'),
  };
}

/** A file's text without its `//DOC:` tags; every line keeps its number. */
export function withoutTags(text: string): string {
  return text.split('\n').map(withoutTag).join('\n');
}

/** One symbol among those of a file; a `#` may be left out. */
function symbolNamed(
  symbols: readonly SourceSymbol[],
  file: string,
  name: string,
): SourceSymbol {
  const one =
    symbols.find((symbol) => symbol.name === name) ??
    symbols.find((symbol) => symbol.name.replace('.#', '.') === name);
  if (one !== undefined) return one;
  const names = symbols.map((symbol) => symbol.name);
  throw new RangeError(
    `Cannot find symbol "${name}"${didYouMean(name, names) || ` in ${file}`}`,
  );
}

function found(
  symbols: readonly SourceSymbol[],
  file: string,
  name: string,
): [number, number] {
  const { line, end } = symbolNamed(symbols, file, name);
  return [line, end];
}

let last: { text: string; file: string; program: Program } | undefined;

/** Parses a file; what is asked for again at once is not parsed again. */
export function parseSource(text: string, file: string): Program {
  if (last?.text === text && last.file === file) return last.program;
  const program = parsed(text, file);
  last = { text, file, program };
  return program;
}

function parsed(text: string, file: string): Program {
  try {
    return parse(text, {
      sourceType: 'module',
      plugins: ['typescript', ...(file.endsWith('x') ? ['jsx' as const] : [])],
    }).program;
  } catch (error) {
    throw new SyntaxError(`Cannot parse ${file}: ${String(error)}`, {
      cause: error,
    });
  }
}

function declared(statement: Statement): SourceSymbol[] {
  const exported =
    statement.type === 'ExportNamedDeclaration' ||
    statement.type === 'ExportDefaultDeclaration';
  const inner = exported ? statement.declaration : statement;
  if (inner == null || !isNamed(inner)) return [];
  const base = { exported, ...placeOf(statement) };
  switch (inner.type) {
    case 'FunctionDeclaration':
      return [{ name: inner.id?.name ?? 'default', kind: 'function', ...base }];
    case 'ClassDeclaration': {
      const name = inner.id?.name ?? 'default';
      const members = inner.body.body.flatMap((member) =>
        memberOf(member, name, exported),
      );
      return [{ name, kind: 'class', ...base }, ...members];
    }
    case 'VariableDeclaration':
      return inner.declarations.flatMap(({ id, init }) => {
        if (id.type !== 'Identifier') return [];
        const kind =
          init?.type === 'ArrowFunctionExpression' ? 'function' : 'constant';
        return [{ name: id.name, kind, ...base } as const];
      });
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [{ name: inner.id.name, kind: 'type', ...base }];
  }
}

const namedTypes: readonly string[] = [
  'FunctionDeclaration',
  'ClassDeclaration',
  'VariableDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
] satisfies Named['type'][];

function isNamed(node: { readonly type: string }): node is Named {
  return namedTypes.includes(node.type);
}

function memberOf(
  member: Member,
  owner: string,
  exported: boolean,
): SourceSymbol[] {
  if (!('key' in member)) return [];
  const { key } = member;
  const name =
    key.type === 'PrivateName'
      ? `#${key.id.name}`
      : key.type === 'Identifier'
        ? key.name
        : undefined;
  if (name === undefined) return [];
  return [
    {
      name: `${owner}.${name}`,
      kind: 'member',
      exported: exported && key.type !== 'PrivateName',
      ...placeOf(member),
    },
  ];
}

function placeOf(
  node: Pick<Statement, 'loc' | 'leadingComments'>,
): Pick<SourceSymbol, 'line' | 'end' | 'doc'> {
  const line = node.loc?.start.line ?? 1;
  const end = node.loc?.end.line ?? line;
  const last = node.leadingComments?.filter(isDoc).at(-1);
  if (last?.loc?.end.line !== line - 1) return { line, end };
  const doc = { text: docText(last.value), line: last.loc.start.line };
  return { line, end, doc };
}

const isDoc = (comment: Comment): boolean =>
  comment.type === 'CommentBlock' && comment.value.startsWith('*');

/** `* a\n * b` → `a\nb`, with as many lines as the comment has. */
function docText(value: string): string {
  return value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n');
}

const tagAt = /\s*\/\/DOC: ?(?<name>\S+)\s*$/;

const withoutTag = (line: string): string => line.replace(tagAt, '');

function tagged(text: string, file: string, name: string): [number, number] {
  const tags = text.split('\n').flatMap((line, index) => {
    const tag = tagAt.exec(line)?.groups?.['name'];
    return tag === undefined ? [] : [{ tag, line: index + 1 }];
  });
  const mine = tags.filter(({ tag }) => tag === name).map(({ line }) => line);
  const [first] = mine;
  const last = mine.at(-1);
  if (first === undefined || last === undefined) {
    const names = tags.map(({ tag }) => tag);
    throw new RangeError(
      `Cannot find tag "//DOC: ${name}" in ${file}${didYouMean(name, names)}`,
    );
  }
  if (last > first) return [first, last];
  return [first, statementEnd(parseSource(text, file), first)];
}

/** The last line of the outermost statement that begins on `line`. */
function statementEnd(program: Program, line: number): number {
  let end = line;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isNode(node)) return;
    const { loc } = node;
    if (loc !== undefined && (loc.start.line > line || loc.end.line < line)) {
      return;
    }
    if (loc?.start.line === line && /Statement|Declaration/.test(node.type)) {
      end = Math.max(end, loc.end.line);
    }
    Object.values(node).forEach(visit);
  };
  visit(program.body);
  return end;
}

interface AnyNode {
  readonly type: string;
  readonly loc?: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number };
  };
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value;

function outdent(lines: readonly string[]): string[] {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...indents, 80);
  return lines.map((line) => line.slice(shared));
}
