/**
 * Long work in slices, so that a page stays awake while a long trace opens.
 *
 * The work is a generator that rests now and then. Whoever has nothing else to
 * do finishes it at once; a page lets time pass at each rest.
 */
export type Work<Result = void> = Generator<undefined, Result, undefined>;

/** Rows that are looked at without a rest. */
const usual = 4096;

/** Does all of a work now. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Calls `visit` with the numbers below `count`, and rests in between. */
export function* each(
  count: number,
  visit: (at: number) => void,
  slice = usual,
): Work {
  for (let at = 0; at < count; at++) {
    if (at % slice === slice - 1) yield;
    visit(at);
  }
}

/** The same with the entries of a list. */
export function* eachOf<Item>(
  list: readonly Item[],
  visit: (item: Item) => void,
  slice = usual,
): Work {
  for (const [at, item] of list.entries()) {
    if (at % slice === slice - 1) yield;
    visit(item);
  }
}
