/**
 * A work queue that can also be given an item for later, so that a failed one
 * does not come back at once in a hot loop.
 */
import type { Instant, Milliseconds, Timer } from '../../../sim/clock.ts';
import { Type } from './queue.ts';

/** An item and the moment it becomes due. */
interface WaitFor {
  readonly readyAt: Instant;
  readonly timer: Timer;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/delaying_queue.go delayingType
 * @differs each item has a timer of its own; upstream one loop waits for the
 *   first of a heap, which comes to the same
 */
export class DelayingType<T = string> extends Type<T> {
  /** Items that are not due yet. */
  readonly #waitingForAdd = new Map<T, WaitFor>();

  /**
   * Adds `item` once `duration` has passed. An item that waits already keeps
   * the earlier of the two moments.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/delaying_queue.go delayingType.AddAfter
   */
  addAfter(item: T, duration: Milliseconds): void {
    if (this.shuttingDown()) return;
    if (duration <= 0) {
      this.add(item);
      return;
    }
    const readyAt = this.sim.now() + duration;
    this.#insert(item, readyAt, duration);
  }

  /**
   * Takes no more items, and forgets those that are not due yet.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/delaying_queue.go delayingType.ShutDown
   */
  override shutDown(): void {
    super.shutDown();
    for (const { timer } of this.#waitingForAdd.values()) timer.stop();
    this.#waitingForAdd.clear();
  }

  /**
   * Sets the timer of an item, or moves it to an earlier moment.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/delaying_queue.go insert
   */
  #insert(item: T, readyAt: Instant, duration: Milliseconds): void {
    const existing = this.#waitingForAdd.get(item);
    if (existing !== undefined) {
      if (existing.readyAt <= readyAt) return;
      existing.timer.stop();
    }
    const timer = this.sim.clock.after(duration, () => {
      this.#waitingForAdd.delete(item);
      this.add(item);
    });
    this.#waitingForAdd.set(item, { readyAt, timer });
  }
}
