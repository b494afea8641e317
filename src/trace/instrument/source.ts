/**
 * One file to be instrumented: its text, its tree, and where it is wrong.
 *
 * `@babel/parser` reads the original TypeScript, so that every position is
 * one of the file that people see.
 */
import { parse } from '@babel/parser';
import type { Comment, File, Node } from '@babel/types';

/** Something that may not stand in recorded code. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

export class Source {
  readonly path: string;
  readonly text: string;
  readonly tree: File;
  readonly #problems: Problem[] = [];
  readonly #commentsByEnd = new Map<number, Comment>();
  readonly #commentsByStart = new Map<number, Comment>();

  /** @throws {SyntaxError} naming file and line when the text does not parse */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.tree = parseTypeScript(path, text);
    for (const comment of this.tree.comments ?? []) {
      this.#commentsByStart.set(startOf(comment), comment);
      this.#commentsByEnd.set(endOf(comment), comment);
    }
  }

  refuse(node: Node, message: string): void {
    this.#problems.push({ line: lineOf(node), message });
  }

  /** @throws {SyntaxError} listing what was refused, each with its line */
  check(): void {
    if (this.#problems.length === 0) return;
    const list = this.#problems.map(
      ({ line, message }) => `${this.path}:${line}: ${message}`,
    );
    throw new SyntaxError(list.join('\n'));
  }

  /** Where the first token at or after `at` begins. */
  nextToken(at: number): number {
    for (;;) {
      const comment = this.#commentsByStart.get(at);
      if (comment !== undefined) at = endOf(comment);
      else if (isSpace(this.text[at])) at++;
      else return at;
    }
  }

  /** Where the last token before `at` ends; 0 when there is none. */
  previousToken(at: number): number {
    while (at > 0) {
      const comment = this.#commentsByEnd.get(at);
      if (comment !== undefined) at = startOf(comment);
      else if (isSpace(this.text[at - 1])) at--;
      else return at;
    }
    return 0;
  }

  breaksLine(start: number, end: number): boolean {
    return /[\n\r\u2028\u2029]/.test(this.text.slice(start, end));
  }

  slice(node: Node): string {
    return this.text.slice(startOf(node), endOf(node));
  }
}

export const startOf = (node: Node | Comment): number => node.start ?? 0;
export const endOf = (node: Node | Comment): number => node.end ?? 0;
export const lineOf = (node: Node): number => node.loc?.start.line ?? 0;
export const lastLineOf = (node: Node): number => node.loc?.end.line ?? 0;

const isSpace = (unit: string | undefined): boolean =>
  unit !== undefined && /\s/.test(unit);

const unvisited = new Set(['loc', 'extra', 'errors']);

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (unvisited.has(key) || key.endsWith('Comments')) continue;
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string'
  );
}

function parseTypeScript(path: string, text: string): File {
  try {
    return parse(text, {
      sourceType: 'module',
      createParenthesizedExpressions: true,
      plugins: ['typescript', 'decorators', 'decoratorAutoAccessors'],
    });
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
    const { line } = error.loc as { readonly line: number };
    const reason = error.message.replace(/\s*\(\d+:\d+\)$/, '');
    throw new SyntaxError(`${path}:${line}: ${reason}`, { cause: error });
  }
}
