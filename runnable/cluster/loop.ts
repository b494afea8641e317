/**
 * A controller's queue and its one worker.
 *
 * Scaffolding: what Kubernetes' own controllers have around their `sync`
 * functions. A key that failed is tried again, later with every failure.
 */
import type { KObject } from '../apiserver/store.ts';
import {
  deletionHandlingMetaNamespaceKeyFunc,
  ResourceEventHandlerFuncs,
} from '../client-go/tools/cache/controller.ts';
import type { DeletedFinalStateUnknown } from '../client-go/tools/cache/delta-fifo.ts';
import { defaultControllerRateLimiter } from '../client-go/util/workqueue/default-rate-limiters.ts';
import { newNamedRateLimitingQueue } from '../client-go/util/workqueue/rate-limiting-queue.ts';
import type { RateLimitingType } from '../client-go/util/workqueue/rate-limiting-queue.ts';
import type { Sim } from '../sim/sim.ts';

/** An object, or what is left of one. */
type Delivered<O extends KObject> = O | DeletedFinalStateUnknown<O>;

export class Loop {
  readonly queue: RateLimitingType;
  readonly #sim: Sim;
  readonly #name: string;
  readonly #sync: (key: string) => Promise<void>;

  /** @param name of the queue and of the task that works on it */
  constructor(sim: Sim, name: string, sync: (key: string) => Promise<void>) {
    this.queue = newNamedRateLimitingQueue(
      sim,
      defaultControllerRateLimiter(sim),
      name,
    );
    this.#sim = sim;
    this.#name = name;
    this.#sync = sync;
  }

  /** A handler that queues the key of each object it is told of. */
  ofObjects<O extends KObject>(): ResourceEventHandlerFuncs<O> {
    return this.ofKeys<O>((obj) => [deletionHandlingMetaNamespaceKeyFunc(obj)]);
  }

  /** A handler that queues whatever keys an object concerns. */
  ofKeys<O extends KObject>(
    keysOf: (obj: Delivered<O>) => readonly string[],
  ): ResourceEventHandlerFuncs<O> {
    const enqueue = (obj: Delivered<O>): void => {
      for (const key of keysOf(obj)) this.queue.add(key);
    };
    return new ResourceEventHandlerFuncs<O>({
      addFunc: enqueue,
      updateFunc: (_old, next) => {
        enqueue(next);
      },
      deleteFunc: enqueue,
    });
  }

  /** Starts the worker. */
  start(): void {
    this.#sim.go(this.#name, () => this.#work());
  }

  async #work(): Promise<void> {
    for (;;) {
      const { item: key } = await this.queue.get();
      if (key === undefined) return;
      try {
        await this.#sync(key);
        this.queue.forget(key);
      } catch (error) {
        // Mistakes of the program are no reason to try again.
        if (error instanceof TypeError) throw error;
        this.queue.addRateLimited(key);
      } finally {
        this.queue.done(key);
      }
    }
  }
}
