/**
 * Time that is passed in: every wait in `runnable/` goes through a `Clock`.
 *
 * `VirtualClock` jumps to the next due timer as soon as nobody can act at the
 * present time, so ten minutes cost no more than ten milliseconds and a run
 * always takes the same steps. On real sockets `src/ports` provides a clock
 * that waits for real.
 */

/** A duration in thousandths of a second. */
export type Milliseconds = number;

/** A moment, in milliseconds since the start of 1970 in UTC. */
export type Instant = number;

/** A call that is still to come. */
export interface Timer {
  /** Prevents the call; false when it was made or prevented before. */
  stop(): boolean;
}

/** What tells the time and calls back later. */
export interface Clock {
  now(): Instant;
  /** Calls `fire` once after `delay`; a delay below 0 counts as 0. */
  after(delay: Milliseconds, fire: () => void): Timer;
}

/** `clock` for somebody who may die: after that none of his timers fires. */
export function mortalClock(clock: Clock, isDead: () => boolean): Clock {
  return {
    now: () => clock.now(),
    after: (delay, fire) =>
      clock.after(delay, () => {
        if (!isDead()) fire();
      }),
  };
}

interface Entry {
  readonly due: Instant;
  readonly order: number;
  fire: (() => void) | undefined;
}

const byDueTime = (a: Entry, b: Entry): number =>
  a.due - b.due || a.order - b.order;

/** Time that moves only when it is told to. */
export class VirtualClock implements Clock {
  #now: Instant;
  #order = 0;
  /** A binary heap: no entry is due before its parent. */
  readonly #heap: Entry[] = [];

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  after(delay: Milliseconds, fire: () => void): Timer {
    const due = this.#now + Math.max(0, delay);
    const entry: Entry = { due, order: this.#order++, fire };
    this.#push(entry);
    return {
      stop: () => {
        const pending = entry.fire !== undefined;
        entry.fire = undefined;
        return pending;
      },
    };
  }

  /**
   * Moves to the next due timer and fires it. Call it only when no task can
   * act at the present time (`settle`), or that task would act late.
   *
   * @returns false when no timer is left, so nothing can happen any more
   */
  advance(): boolean {
    for (;;) {
      const next = this.#pop();
      if (next === undefined) return false;
      if (next.fire === undefined) continue;
      this.#now = next.due;
      const { fire } = next;
      next.fire = undefined;
      fire();
      return true;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || byDueTime(above, entry) <= 0) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) {
      return top;
    }
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const right = heap[child + 1];
      let smaller = heap[child];
      if (smaller === undefined) break;
      if (right !== undefined && byDueTime(right, smaller) < 0) {
        child += 1;
        smaller = right;
      }
      if (byDueTime(last, smaller) <= 0) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}
