/**
 * The growing tables of a recording: rows, lists, and what they name.
 *
 * Rows are written once and never changed, into typed arrays that double, so
 * that a row costs nanoseconds and no garbage.
 */
import type { Columns } from '../format.ts';

const width = 6;

/** The columns of the trace, one row after another. */
export class RowTable {
  #times = new Float64Array(1024);
  #cells = new Int32Array(1024 * width);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a row; returns its number. */
  add(
    time: number,
    task: number,
    kind: number,
    frame: number,
    a: number,
    b: number,
    c: number,
  ): number {
    const row = this.#count++;
    if (row === this.#times.length) this.#grow();
    this.#times[row] = time;
    const cells = this.#cells;
    const at = row * width;
    cells[at] = task;
    cells[at + 1] = kind;
    cells[at + 2] = frame;
    cells[at + 3] = a;
    cells[at + 4] = b;
    cells[at + 5] = c;
    return row;
  }

  columns(): Columns {
    const column = (offset: number): number[] => {
      const cells: number[] = [];
      const end = this.#count * width;
      for (let at = offset; at < end; at += width) {
        cells.push(this.#cells[at] ?? 0);
      }
      return cells;
    };
    return {
      time: Array.from(this.#times.subarray(0, this.#count)),
      task: column(0),
      kind: column(1),
      frame: column(2),
      a: column(3),
      b: column(4),
      c: column(5),
    };
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    this.#times = times;
    const cells = new Int32Array(this.#cells.length * 2);
    cells.set(this.#cells);
    this.#cells = cells;
  }
}

/** Lists of numbers, end to end, each behind its length. */
export class Pool {
  #cells = new Int32Array(4096);
  #end = 0;

  /** Adds a list; returns where it starts. */
  add(list: readonly number[]): number {
    const start = this.#end;
    const end = start + list.length + 1;
    while (end > this.#cells.length) this.#grow();
    this.#cells[start] = list.length;
    this.#cells.set(list, start + 1);
    this.#end = end;
    return start;
  }

  cells(): number[] {
    return Array.from(this.#cells.subarray(0, this.#end));
  }

  #grow(): void {
    const cells = new Int32Array(this.#cells.length * 2);
    cells.set(this.#cells);
    this.#cells = cells;
  }
}

/** Texts by number, each once, in the order of first use. */
export class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.list.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}
