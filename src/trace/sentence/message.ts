/**
 * Messages put together: arguments filled in, plurals and selects decided.
 *
 * A plural knows `=n`, `one` and `other`; more no language of ours needs.
 */
import { parseMessage } from './parse.ts';
import type { Case, Token } from './parse.ts';

/** A value ready to be printed. */
export interface Piece {
  readonly text: string;
  /** Printed in code style: a name rather than a word. */
  readonly code: boolean;
  /** For plurals. */
  readonly count?: number;
}

/** The piece that an argument stands for; undefined when there is none. */
export type Lookup = (name: string) => Piece | undefined;

export interface Message {
  readonly text: string;
  /** Arguments that had no value. */
  readonly missing: readonly string[];
}

const parsed = new Map<string, readonly Token[]>();

function tokensOf(template: string): readonly Token[] {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  let tokens: readonly Token[];
  try {
    tokens = parseMessage(template);
  } catch {
    // A trace may come from anywhere; what is no message is shown as it is.
    tokens = [{ type: 'text', text: template }];
  }
  parsed.set(template, tokens);
  return tokens;
}

/** Puts a message together, with a capital at its beginning. */
export function format(template: string, lookup: Lookup): Message {
  const missing: string[] = [];
  let text = '';
  const find = (name: string): Piece | undefined => {
    const piece = lookup(name);
    if (piece === undefined) missing.push(name);
    return piece;
  };
  const print = (piece: Piece | undefined): void => {
    const inCode = text.split('`').length % 2 === 0;
    const quote = piece?.code === true && !inCode ? '`' : '';
    text += `${quote}${piece?.text ?? '–'}${quote}`;
  };
  const walk = (tokens: readonly Token[], number: string): void => {
    for (const token of tokens) {
      if (token.type === 'text') text += token.text;
      else if (token.type === 'number') text += number;
      else if (token.type === 'argument') print(find(token.name));
      else {
        const piece = find(token.name);
        walk(chosen(token.cases, piece), piece?.text ?? '');
      }
    }
  };
  walk(tokensOf(template), '');
  // What is cut short at the end of a sentence needs no period.
  text = text.replace(/…\.$/u, '…');
  return { text: text.charAt(0).toUpperCase() + text.slice(1), missing };
}

/** The names of a message's arguments. */
export function argumentsOf(template: string): string[] {
  return tokensOf(template).flatMap((token) =>
    'name' in token ? [token.name] : [],
  );
}

function chosen(
  cases: readonly Case[],
  piece: Piece | undefined,
): readonly Token[] {
  const { count, text = '' } = piece ?? {};
  const exact = count === undefined ? '' : `=${count}`;
  const keys = [exact, count === 1 ? 'one' : '', text, 'other'];
  for (const wanted of keys) {
    const found = cases.find(({ key }) => key === wanted);
    if (found !== undefined) return found.tokens;
  }
  return [];
}
