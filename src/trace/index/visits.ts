/**
 * Visits: the rows at which each line of each file ran.
 */
import type { Row } from '../model.ts';
import { finish } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Frames } from './frames.ts';
import { RowLists } from './lists.ts';
import type { Rows } from './rows.ts';

/** More than any file has lines. */
const stride = 1 << 20;

export class Visits {
  readonly #rows: Rows;
  readonly #frames: Frames;
  #lists: RowLists | undefined;

  constructor(rows: Rows, frames: Frames) {
    this.#rows = rows;
    this.#frames = frames;
  }

  /** Rows at which a line of a file ran, by the file's number. */
  of(file: number, line: number): readonly Row[] {
    if (file < 0) return [];
    if (this.#lists === undefined) finish(this.read());
    return this.#lists?.get(file * stride + line) ?? [];
  }

  /** The file and line of a `line` row, as one number. */
  #key(row: Row): number {
    const { file } = this.#frames.site(this.#rows.frame(row));
    return file * stride + this.#rows.a(row);
  }

  *read(): Work {
    const lists = new RowLists();
    yield* this.#rows.each('line', (row) => {
      lists.add(this.#key(row), row);
    });
    this.#lists = lists;
  }
}
