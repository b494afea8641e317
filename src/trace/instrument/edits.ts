/**
 * Changes to a text that keep every line where it is.
 *
 * Types are blanked, calls are inserted, and nothing is printed anew: the
 * rest of the source stays byte for byte as its author wrote it.
 */
export class Edits {
  readonly #source: string;
  readonly #opens = new Map<number, string>();
  readonly #closes = new Map<number, string>();
  readonly #blanks: { readonly start: number; readonly end: number }[] = [];
  readonly #overwrites = new Map<number, string>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Inserts before what begins at `at`; outer constructs call first. */
  open(at: number, text: string): void {
    this.#opens.set(at, (this.#opens.get(at) ?? '') + text);
  }

  /** Inserts after what ends at `at`; outer constructs call first. */
  close(at: number, text: string): void {
    this.#closes.set(at, text + (this.#closes.get(at) ?? ''));
  }

  /** Inserts at `at` after everything that was closed there so far. */
  append(at: number, text: string): void {
    this.#closes.set(at, (this.#closes.get(at) ?? '') + text);
  }

  /** Replaces everything but white space with spaces. */
  blank(start: number, end: number): void {
    if (end > start) this.#blanks.push({ start, end });
  }

  /** Puts one character where another stood, blanked or not. */
  overwrite(at: number, character: string): void {
    this.#overwrites.set(at, character);
  }

  apply(): string {
    const text = this.#blanked();
    const offsets = [
      ...new Set([...this.#opens.keys(), ...this.#closes.keys()]),
    ].sort((a, b) => a - b);
    let result = '';
    let done = 0;
    for (const at of offsets) {
      result += text.slice(done, at);
      result += (this.#closes.get(at) ?? '') + (this.#opens.get(at) ?? '');
      done = at;
    }
    return result + text.slice(done);
  }

  #blanked(): string {
    const units = this.#source.split('');
    for (const { start, end } of this.#blanks) {
      for (let at = start; at < end; at++) {
        units[at] = spaceFor(units[at] ?? '');
      }
    }
    for (const [at, character] of this.#overwrites) units[at] = character;
    return units.join('');
  }
}

/**
 * The space that stands for one unit of text. Node's own eraser works on
 * UTF-8 and keeps the number of bytes, so wide characters get wide spaces.
 */
function spaceFor(unit: string): string {
  if (/\s/.test(unit)) return unit;
  const code = unit.charCodeAt(0);
  if (code < 0x80) return ' ';
  if (code < 0x800) return '\u00a0';
  if (code >= 0xd800 && code < 0xdc00) return ' ';
  if (code >= 0xdc00 && code < 0xe000) return '\ufeff';
  return '\u2002';
}
