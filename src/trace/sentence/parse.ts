/**
 * ICU MessageFormat, as much of it as sentences use: arguments, `plural` and
 * `select`, `#` within a plural, and quotes around what is meant literally.
 *
 * The page carries this reader instead of a whole library; a test compares
 * the two on every message there is. Arguments may be dotted paths, which ICU
 * has no word for.
 */

export type Token =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number' }
  | { readonly type: 'argument'; readonly name: string }
  | {
      readonly type: 'choice';
      readonly name: string;
      readonly cases: readonly Case[];
    };

export interface Case {
  /** `=0`, `one`, `other`, or a word. */
  readonly key: string;
  readonly tokens: readonly Token[];
}

/** @throws {SyntaxError} when the template is not a message */
export function parseMessage(template: string): readonly Token[] {
  const reader = new Reader(template);
  const tokens = reader.message(false);
  if (!reader.isAtEnd) reader.fail('an unexpected "}"');
  return tokens;
}

const argument = /\s*([\w$.]+)\s*(?:(\})|,\s*(plural|select)\s*,\s*)/uy;
const caseHead = /\s*(=\d+|\w+)\s*\{/uy;
const caseEnd = /\s*\}/uy;
const quoted = /'(?:([{}#][^']*)'|')/uy;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Reads up to the end, or to the brace that closes a case. */
  message(inPlural: boolean): Token[] {
    const tokens: Token[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') tokens.push({ type: 'text', text });
      text = '';
    };
    while (!this.isAtEnd) {
      const sign = this.#text.charAt(this.#at);
      if (sign === '}') break;
      const literal = this.#match(quoted);
      if (literal !== undefined) {
        text += literal[1] ?? "'";
        continue;
      }
      this.#at += 1;
      if (sign === '{') {
        flush();
        tokens.push(this.#argument());
      } else if (sign === '#' && inPlural) {
        flush();
        tokens.push({ type: 'number' });
      } else text += sign;
    }
    flush();
    return tokens;
  }

  #argument(): Token {
    const head = this.#match(argument);
    if (head === undefined) this.fail('no argument after "{"');
    const [, name = '', end, kind] = head;
    if (end !== undefined) return { type: 'argument', name };
    const cases: Case[] = [];
    while (this.#match(caseEnd) === undefined) {
      const key = this.#match(caseHead)?.[1];
      if (key === undefined) this.fail(`no case of "${name}"`);
      cases.push({ key, tokens: this.message(kind === 'plural') });
      if (this.#text.charAt(this.#at) !== '}') this.fail('a case without end');
      this.#at += 1;
    }
    return { type: 'choice', name, cases };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  fail(what: string): never {
    throw new SyntaxError(
      `Cannot read the message "${this.#text}": found ${what} at ${this.#at}`,
    );
  }
}
