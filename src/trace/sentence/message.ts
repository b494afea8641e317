/**
 * Messages in ICU MessageFormat: parsed by a library, put together here.
 *
 * Arguments, `plural` and `select` are all that sentences use; a plural knows
 * `=n`, `one` and `other`.
 */
import { parse } from '@messageformat/parser';
import type { Token } from '@messageformat/parser';

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

/**
 * Puts a message together. Its arguments may be dotted paths.
 *
 * @throws {SyntaxError} when the template is not a message
 */
export function format(template: string, lookup: Lookup): Message {
  const missing: string[] = [];
  let text = '';
  const print = (piece: Piece | undefined, name: string): void => {
    if (piece === undefined) missing.push(name);
    const inCode = (text.split('`').length - 1) % 2 === 1;
    const quote = piece?.code === true && !inCode ? '`' : '';
    text += `${quote}${piece?.text ?? '–'}${quote}`;
  };
  const walk = (tokens: readonly Token[], counted: string): void => {
    for (const token of tokens) {
      if (token.type === 'content') text += token.value;
      else if (token.type === 'octothorpe') text += counted;
      else if (token.type === 'argument') {
        const name = pathOf(token.arg);
        print(lookup(name), name);
      } else if ('cases' in token) {
        const name = pathOf(token.arg);
        const piece = lookup(name);
        if (piece === undefined) missing.push(name);
        walk(chosen(token.cases, piece), piece?.text ?? '');
      }
    }
  };
  walk(tokensOf(template), '');
  return { text: capital(text), missing };
}

/** The names of a message's arguments. */
export function argumentsOf(template: string): string[] {
  return tokensOf(template).flatMap((token) =>
    'arg' in token ? [pathOf(token.arg)] : [],
  );
}

interface Case {
  readonly key: string;
  readonly tokens: readonly Token[];
}

function chosen(
  cases: readonly Case[],
  piece: Piece | undefined,
): readonly Token[] {
  const keys = [
    ...(piece?.count === undefined ? [] : [`=${String(piece.count)}`]),
    ...(piece?.count === 1 ? ['one'] : []),
    ...(piece === undefined ? [] : [piece.text]),
    'other',
  ];
  const found = keys
    .map((wanted) => cases.find(({ key }) => key === wanted))
    .find((one) => one !== undefined);
  return found?.tokens ?? [];
}

/** ICU names hold no dot, so a path travels with another sign. */
const dot = '_dot_';

function pathOf(name: string): string {
  return name.replaceAll(dot, '.');
}

function tokensOf(template: string): readonly Token[] {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const undotted = template.replace(
    /\{\s*([\w$.]+)\s*([,}])/gu,
    (_, path: string, end: string) => `{${path.replaceAll('.', dot)}${end}`,
  );
  let tokens: readonly Token[];
  try {
    tokens = parse(undotted);
  } catch (cause) {
    throw new SyntaxError(`Cannot read the message "${template}"`, { cause });
  }
  parsed.set(template, tokens);
  return tokens;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
