/**
 * A delaying queue that decides itself how much later: the more often an item
 * has failed, the longer.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { RateLimiter } from './default-rate-limiters.ts';
import { DelayingType } from './delaying-queue.ts';

/**
 * A work queue that knows how often each of its items failed.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/rate_limitting_queue.go rateLimitingType
 */
export class RateLimitingType<T = string> extends DelayingType<T> {
  readonly #rateLimiter: RateLimiter<T>;

  constructor(sim: Sim, rateLimiter: RateLimiter<T>, name: string) {
    super(sim, name);
    this.#rateLimiter = rateLimiter;
  }

  /**
   * Adds `item` when the rate limiter allows it.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/rate_limitting_queue.go rateLimitingType.AddRateLimited
   */
  addRateLimited(item: T): void {
    this.addAfter(item, this.#rateLimiter.when(item));
  }

  /**
   * Says that `item` did well, or shall not be tried again: the next failure
   * counts as its first. It stays in the queue if it is there.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/rate_limitting_queue.go rateLimitingType.Forget
   */
  forget(item: T): void {
    this.#rateLimiter.forget(item);
  }

  /**
   * How often `item` has failed since it was forgotten.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/rate_limitting_queue.go rateLimitingType.NumRequeues
   */
  numRequeues(item: T): number {
    return this.#rateLimiter.numRequeues(item);
  }
}

/**
 * A queue under the name that its metrics, and its trace, go by.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/rate_limitting_queue.go NewNamedRateLimitingQueue
 */
export function newNamedRateLimitingQueue<T = string>(
  sim: Sim,
  rateLimiter: RateLimiter<T>,
  name: string,
): RateLimitingType<T> {
  return new RateLimitingType(sim, rateLimiter, name);
}
