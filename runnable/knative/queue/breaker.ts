/**
 * Lets a bounded number of requests run, a bounded number wait, and refuses
 * the rest at once.
 *
 * A request first needs a place, then a token. Places are for those who run
 * and those who wait; tokens for those who run. How many tokens there are can
 * change while requests run: taking away more than are free leaves *reducers*,
 * each of which swallows one token that is given back.
 */
import { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/queue/breaker.go BreakerParams
 */
export interface BreakerParams {
  /** How many may wait; at least 1. */
  readonly queueDepth: number;
  /** How many may ever run at once; 0 or more. */
  readonly maxConcurrency: number;
  /** How many may run at first; 0 to `maxConcurrency`. */
  readonly initialCapacity: number;
}

/** What is asked of the semaphore cannot be. */
export const errUpdateCapacity =
  'failed to add all capacity to the breaker' as const;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/queue/breaker.go Breaker
 */
export class Breaker {
  readonly #places: Channel<true>;
  readonly #semaphore: Semaphore;

  /** @throws {RangeError} when a parameter is out of its range */
  constructor(sim: Sim, name: string, params: BreakerParams) {
    const { queueDepth, maxConcurrency, initialCapacity } = params;
    if (queueDepth <= 0) {
      throw new RangeError(
        `Queue depth must be greater than 0. Got ${String(queueDepth)}.`,
      );
    }
    if (maxConcurrency < 0) {
      throw new RangeError(
        `Max concurrency must be 0 or greater. Got ${String(maxConcurrency)}.`,
      );
    }
    if (initialCapacity < 0 || initialCapacity > maxConcurrency) {
      throw new RangeError(
        `Initial capacity must be between 0 and max concurrency. Got ${String(initialCapacity)}.`,
      );
    }
    this.#places = new Channel(
      sim,
      `${name}/pending`,
      queueDepth + maxConcurrency,
    );
    this.#semaphore = new Semaphore(sim, name, maxConcurrency, initialCapacity);
  }

  /**
   * Runs `thunk` when there is a token for it.
   *
   * @returns false, without having run it, when no place was free
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go Breaker.Maybe
   */
  async maybe(thunk: () => Promise<void>): Promise<boolean> {
    const { length, capacity } = this.#places;
    if (admission(length + 1, capacity) === 'refused') return false;
    this.#places.trySend(true);
    await this.#semaphore.acquire();
    try {
      await thunk();
    } finally {
      this.#semaphore.release();
      this.#places.take();
    }
    return true;
  }

  /**
   * Lets `size` requests run at once from now on.
   *
   * @throws {RangeError} below 0 or beyond `maxConcurrency`
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go Breaker.UpdateConcurrency
   */
  updateConcurrency(size: number): void {
    this.#semaphore.updateCapacity(size);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go Breaker.Capacity
   */
  capacity(): number {
    return this.#semaphore.capacity();
  }
}

/**
 * Whether there is a place for one more, be it to run or to wait.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/queue/breaker.go Breaker.Maybe (part)
 * @story when result == 'refused': Of {places} places none is free, so the request
 *   is refused at once.
 * @story The request gets place {count} of {places}, where it may wait for a
 *   token.
 */
function admission(count: number, places: number): 'placed' | 'refused' {
  return count <= places ? 'placed' : 'refused';
}

/**
 * Tokens, and the debts that are paid when tokens come back.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/queue/breaker.go semaphore
 * @differs free tokens are a number, and only who waits for one does so at a
 *   channel; upstream keeps every token in a channel
 */
export class Semaphore {
  /** Hands a token to whoever has waited longest. */
  readonly #waiting: Channel<true>;
  readonly #max: number;
  #free = 0;
  /** Free tokens and those in use. */
  #capacity = 0;
  #reducers = 0;

  constructor(sim: Sim, name: string, max: number, initial: number) {
    this.#max = max;
    this.#waiting = new Channel(sim, `${name}/tokens`);
    this.updateCapacity(initial);
  }

  /** How many tokens will be swallowed when they come back. */
  get reducers(): number {
    return this.#reducers;
  }

  /**
   * Waits for a token.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.Acquire
   * @story on chan.recv.block: No token is free, so the request waits for one.
   */
  async acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#waiting.recv();
  }

  /**
   * Gives a token back, or pays a debt with it.
   *
   * @returns false when more was given back than taken
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.Release
   */
  release(): boolean {
    if (this.#reducers > 0) {
      this.#capacity -= 1;
      this.#reducers -= 1;
      return true;
    }
    if (this.#free >= this.#capacity) return false;
    this.#give(1);
    return true;
  }

  /**
   * @throws {RangeError} when there is no room for so many
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.UpdateCapacity
   */
  updateCapacity(size: number): void {
    if (size < 0 || size > this.#max) throw new RangeError(errUpdateCapacity);
    const change = size - this.capacity();
    if (change >= 0) this.#grow(change);
    else this.#shrink(-change);
  }

  /**
   * Forgives debts first, then adds tokens.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.UpdateCapacity (part)
   */
  #grow(count: number): void {
    const forgiven = Math.min(count, this.#reducers);
    this.#reducers -= forgiven;
    this.#capacity += count - forgiven;
    this.#give(count - forgiven);
  }

  /**
   * Takes the tokens that are free, and leaves debts for the others.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.UpdateCapacity (part)
   */
  #shrink(count: number): void {
    const taken = Math.min(count, this.#free);
    this.#free -= taken;
    this.#capacity -= taken;
    this.#reducers += count - taken;
  }

  /**
   * How many may run at once, debts deducted.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/queue/breaker.go semaphore.effectiveCapacity
   */
  capacity(): number {
    return this.#capacity - this.#reducers;
  }

  /**
   * Tokens for those who wait, and for the next who come.
   *
   * @story on chan.send: A token is free again, and the request that has waited
   *   longest goes on.
   */
  #give(count: number): void {
    let left = count;
    for (; left > 0 && this.#waiting.canSend(); left--) {
      this.#waiting.trySend(true);
    }
    this.#free += left;
  }
}
