/**
 * Seeded chance: the only source of randomness in a run.
 *
 * The same seed gives the same numbers in every engine, because the generator
 * (mulberry32) uses 32-bit integer arithmetic alone.
 */
export class Chance {
  #state: number;

  /** @throws {RangeError} when `seed` is not an integer of 32 bits */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(
        `Cannot seed chance: expected an integer from 0 to 4294967295, got ${String(seed)}`,
      );
    }
    this.#state = seed >>> 0;
  }

  /** The next fraction, at least 0 and below 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer from 0 to `count - 1`, like Go's `rand.Intn`. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  /** One of `items`. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) {
      throw new RangeError('Cannot pick an item: the list is empty');
    }
    return item;
  }
}
