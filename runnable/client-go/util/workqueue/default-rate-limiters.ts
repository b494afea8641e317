/**
 * How long a failed item waits before it is tried again.
 *
 * The usual limiter asks two others and takes the longer wait: one doubles
 * with every failure of the item, one lets only so many items of any kind
 * through in a second.
 */
import type { Instant, Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';

/**
 * Decides about waits, item by item.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go RateLimiter
 */
export interface RateLimiter<T> {
  /** How long the item has to wait; the question counts as a failure. */
  when(item: T): Milliseconds;
  /** The item is done with, or given up. */
  forget(item: T): void;
  /** How often the item has failed. */
  numRequeues(item: T): number;
}

/**
 * The limiter of a controller: 5 ms doubled with each failure up to 1,000 s,
 * and 10 items a second after the first hundred.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go DefaultControllerRateLimiter
 */
export function defaultControllerRateLimiter<T = string>(
  sim: Sim,
): RateLimiter<T> {
  return new MaxOfRateLimiter<T>([
    new ItemExponentialFailureRateLimiter<T>(5, 1_000_000),
    new BucketRateLimiter<T>(sim, 10, 100),
  ]);
}

/**
 * baseDelay × 2^failures, and never more than maxDelay.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter
 */
export class ItemExponentialFailureRateLimiter<T> implements RateLimiter<T> {
  readonly #failures = new Map<T, number>();
  readonly #baseDelay: Milliseconds;
  readonly #maxDelay: Milliseconds;

  constructor(baseDelay: Milliseconds, maxDelay: Milliseconds) {
    this.#baseDelay = baseDelay;
    this.#maxDelay = maxDelay;
  }

  /**
   * The base delay, doubled once for each failure so far.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter.When
   */
  when(item: T): Milliseconds {
    const exp = this.#failures.get(item) ?? 0;
    this.#failures.set(item, exp + 1);
    return Math.min(this.#baseDelay * 2 ** exp, this.#maxDelay);
  }

  /**
   * The next failure of the item is its first.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter.Forget
   */
  forget(item: T): void {
    this.#failures.delete(item);
  }

  /**
   * How often the item has failed since it was forgotten.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter.NumRequeues
   */
  numRequeues(item: T): number {
    return this.#failures.get(item) ?? 0;
  }
}

/**
 * A bucket of tokens that fills at a steady rate. Each item takes one; when
 * none is left it takes one of the future and waits for it.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go BucketRateLimiter
 */
export class BucketRateLimiter<T> implements RateLimiter<T> {
  readonly #sim: Sim;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #last: Instant;

  constructor(sim: Sim, perSecond: number, burst: number) {
    this.#sim = sim;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#last = sim.now();
  }

  /**
   * 0 while there are tokens, else the time until one has dripped in.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go BucketRateLimiter.When
   */
  when(_item: T): Milliseconds {
    const now = this.#sim.now();
    const filled = ((now - this.#last) * this.#perSecond) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + filled) - 1;
    this.#last = now;
    return this.#tokens >= 0 ? 0 : (-this.#tokens * 1000) / this.#perSecond;
  }

  /**
   * Does nothing: a bucket does not tell items apart.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go BucketRateLimiter.Forget
   */
  forget(_item: T): void {
    // A token that was taken is not given back.
  }

  /**
   * Always 0, for the same reason.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go BucketRateLimiter.NumRequeues
   */
  numRequeues(_item: T): number {
    return 0;
  }
}

/**
 * The strictest of several limiters.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go MaxOfRateLimiter
 */
export class MaxOfRateLimiter<T> implements RateLimiter<T> {
  readonly #limiters: readonly RateLimiter<T>[];

  constructor(limiters: readonly RateLimiter<T>[]) {
    this.#limiters = limiters;
  }

  /**
   * The longest wait; every limiter is asked, and counts the failure.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go MaxOfRateLimiter.When
   */
  when(item: T): Milliseconds {
    return Math.max(...this.#limiters.map((limiter) => limiter.when(item)));
  }

  /**
   * Makes every limiter forget the item.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go MaxOfRateLimiter.Forget
   */
  forget(item: T): void {
    for (const limiter of this.#limiters) limiter.forget(item);
  }

  /**
   * The highest count.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/default_rate_limiters.go MaxOfRateLimiter.NumRequeues
   */
  numRequeues(item: T): number {
    return Math.max(
      ...this.#limiters.map((limiter) => limiter.numRequeues(item)),
    );
  }
}
