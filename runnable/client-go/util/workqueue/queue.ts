/**
 * The work queue between the handlers, which say that something changed, and
 * the workers, which look at what is true now.
 *
 * Two sets beside the queue make it safe. A key is in `dirty` from the moment
 * it is added until a worker takes it, so it stands in the queue at most once.
 * It is in `processing` while a worker has it, and is not handed out meanwhile:
 * no two workers ever have the same key, and any number of adds during one run
 * collapse into one more run.
 *
 * @differs the mutex and its condition variable are gone: tasks take turns,
 *   and a worker that waits is woken by name
 * @omits metrics
 */
import type { Sim, Suspension } from '../../../sim/sim.ts';

/** What `get` hands out. */
export interface Taken<T> {
  /** Absent when the queue is shut down and empty. */
  readonly item: T | undefined;
  readonly shutdown: boolean;
}

/**
 * A queue of items that are equal by value, such as keys.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/workqueue/queue.go Type
 */
export class Type<T = string> {
  readonly name: string;
  protected readonly sim: Sim;
  /** What has to be worked on, in order; all of it is in `dirty`. */
  readonly #queue: T[] = [];
  /** What has to be worked on. */
  readonly #dirty = new Set<T>();
  /** What is being worked on; some of it may be dirty again. */
  readonly #processing = new Set<T>();
  readonly #waiting: Suspension<undefined>[] = [];
  #shuttingDown = false;

  constructor(sim: Sim, name: string) {
    this.sim = sim;
    this.name = name;
  }

  /**
   * Marks `item` as needing work.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.Add
   */
  add(item: T): void {
    if (this.#shuttingDown) return;
    if (this.#dirty.has(item)) return;
    this.#dirty.add(item);
    // Whoever has it now will put it back into the queue when he is done.
    if (this.#processing.has(item)) return;
    this.#queue.push(item);
    this.#waiting.shift()?.resume(undefined);
  }

  /**
   * How many items wait for a worker; not those that are being worked on.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.Len
   */
  len(): number {
    return this.#queue.length;
  }

  /**
   * Waits for an item and hands it out. `done` must be called with it, or it
   * is never handed out again.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.Get
   */
  async get(): Promise<Taken<T>> {
    while (this.#queue.length === 0 && !this.#shuttingDown) {
      const waiting = this.sim.suspend<undefined>(`for a key of ${this.name}`);
      this.#waiting.push(waiting);
      await waiting.promise;
    }
    const item = this.#queue.shift();
    // An empty queue here means that it was shut down.
    if (item === undefined) return { item: undefined, shutdown: true };
    this.#processing.add(item);
    this.#dirty.delete(item);
    return { item, shutdown: false };
  }

  /**
   * Says that the work on `item` is over. If it became dirty meanwhile, it
   * goes to the end of the queue.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.Done
   */
  done(item: T): void {
    this.#processing.delete(item);
    if (!this.#dirty.has(item)) return;
    this.#queue.push(item);
    this.#waiting.shift()?.resume(undefined);
  }

  /**
   * Takes no more items. What is queued is still handed out; then `get` says
   * that it is over.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.ShutDown
   */
  shutDown(): void {
    this.#shuttingDown = true;
    for (const waiting of this.#waiting.splice(0)) waiting.resume(undefined);
  }

  /**
   * Whether the queue takes no more items.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/workqueue/queue.go Type.ShuttingDown
   */
  shuttingDown(): boolean {
    return this.#shuttingDown;
  }
}
