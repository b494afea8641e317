/**
 * What of a source's new list need be looked at.
 *
 * A watch changes one pod at a time and the list is sent whole, so almost all
 * of it is as it was.
 */
import type { Pod } from '../api/v1.ts';

/** The parts of two lists that differ. */
export interface Differing {
  readonly before: readonly Pod[];
  readonly now: readonly Pod[];
}

/**
 * Leaves out the objects that both lists begin and end with.
 *
 * @differs upstream compares every pod of every list; here a pod that is the
 *   same object in the same place is not looked at, since what the API hands
 *   out never changes and its list has no name twice
 */
export function whereListsDiffer(
  before: readonly Pod[],
  now: readonly Pod[],
): Differing {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === now.at(-1 - end)) {
    end += 1;
  }
  return {
    before: before.slice(start, before.length - end),
    now: now.slice(start, now.length - end),
  };
}
