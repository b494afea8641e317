/**
 * Sorting without a comparator, for code that is recorded.
 *
 * Engines call a comparator in different orders, and a recorded comparator
 * would make their traces differ. Here the keys are taken first, in order.
 */

/** What can be compared: shorter lists come first among equal beginnings. */
export type SortKey = number | string | readonly (number | string)[];

/** A sorted copy of `items`, equal keys in their given order. */
export function sortBy<T>(items: readonly T[], key: (item: T) => SortKey): T[] {
  const keyed = items.map((item) => ({ item, key: [key(item)].flat() }));
  keyed.sort((a, b) => compare(a.key, b.key));
  return keyed.map(({ item }) => item);
}

function compare(
  a: readonly (number | string)[],
  b: readonly (number | string)[],
): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return a.length - b.length;
}
