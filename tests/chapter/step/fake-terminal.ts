/**
 * A terminal without glass: keys go in as bytes, and what a program writes
 * becomes rows of text, by the few escape sequences that it may use.
 */
import { PassThrough, Writable } from 'node:stream';

export class FakeTerminal {
  readonly input = Object.assign(new PassThrough({ autoDestroy: false }), {
    setRawMode: (mode: boolean) => {
      this.raw.push(mode);
    },
  });
  readonly output: Writable & { columns: number; rows: number };
  readonly colours: boolean;
  /** Each switch to raw mode and back. */
  readonly raw: boolean[] = [];
  /** Everything that was written. */
  written = '';
  #rows: string[] = [];

  constructor(columns = 80, rows = 24, colours = false) {
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#take(chunk.toString('utf8'));
        done();
      },
    });
    this.output = Object.assign(output, { columns, rows });
    this.colours = colours;
  }

  /** What the glass shows, without what is empty at its end. */
  get text(): string {
    const { rows } = this.output;
    const all = Array.from({ length: rows }, (_, row) => this.#rows[row] ?? '');
    return all.join('\n').trimEnd();
  }

  /** Whether the other buffer is shown and the cursor hidden. */
  get isTaken(): boolean {
    const last = (one: string): number => this.written.lastIndexOf(one);
    return (
      last('\u001b[?1049h') > last('\u001b[?1049l') &&
      last('\u001b[?25l') > last('\u001b[?25h')
    );
  }

  /** Types, and waits until it was read. */
  async type(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.input.write(key);
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  resize(columns: number, rows: number): void {
    Object.assign(this.output, { columns, rows });
    this.output.emit('resize');
  }

  #take(text: string): void {
    this.written += text;
    const pieces = text.matchAll(
      /\u001b\[(?<args>[?\d;]*)(?<what>[A-Za-z])(?<rest>[^\u001b]*)/gu,
    );
    let row = 0;
    for (const { groups = {} } of pieces) {
      const { args = '', what, rest = '' } = groups;
      if (what === 'J') this.#rows = [];
      if (what === 'H') {
        row = Number(args.split(';')[0]) - 1;
        this.#rows[row] = '';
      }
      if (what === 'H' || what === 'm') this.#rows[row] += rest;
    }
  }
}
