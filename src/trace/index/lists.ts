/**
 * Sorted lists of rows, and the binary searches behind every question.
 */
import type { Row } from '../model.ts';

/** How many rows of a sorted list are at or before `row`. */
export function countTo(list: readonly Row[], row: Row): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? Infinity) <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last row of a sorted list at or before `row`. */
export function lastTo(list: readonly Row[], row: Row): Row | undefined {
  return list[countTo(list, row) - 1];
}

/** The first row of a sorted list after `row`. */
export function firstAfter(list: readonly Row[], row: Row): Row | undefined {
  return list[countTo(list, row)];
}

const none: readonly Row[] = [];

/** Lists of rows by key; rows are added in order. */
export class RowLists<Key = number> {
  readonly #lists = new Map<Key, Row[]>();

  add(key: Key, row: Row): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, [row]);
    else list.push(row);
  }

  get(key: Key): readonly Row[] {
    return this.#lists.get(key) ?? none;
  }

  keys(): Iterable<Key> {
    return this.#lists.keys();
  }
}
