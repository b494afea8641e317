/**
 * What every controller is made of: a work queue of keys, handlers that put
 * keys into it, and workers that take them out and reconcile.
 *
 * The queue holds names and no changes. However many events arrive for a key,
 * the reconciler looks once, at what is true by then.
 */
import type { KObject } from '../../apiserver/store.ts';
import { deletionHandlingMetaNamespaceKeyFunc } from '../../client-go/tools/cache/controller.ts';
import { DeletedFinalStateUnknown } from '../../client-go/tools/cache/delta-fifo.ts';
import type { SharedIndexInformer } from '../../client-go/tools/cache/shared-informer.ts';
import { defaultControllerRateLimiter } from '../../client-go/util/workqueue/default-rate-limiters.ts';
import { newNamedRateLimitingQueue } from '../../client-go/util/workqueue/rate-limiting-queue.ts';
import type { RateLimitingType } from '../../client-go/util/workqueue/rate-limiting-queue.ts';
import type { Sim } from '../../sim/sim.ts';
import { deletionHandlingAccessor } from '../kmeta/accessor.ts';
import type { Delivered } from '../kmeta/accessor.ts';
import { getControllerOf } from '../kmeta/owner-references.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import { isPermanentError } from './permanent-error.ts';

/**
 * Brings the object that a key names to where it should be.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go Reconciler
 */
export interface Reconciler {
  /** @throws {Error} when the key must be tried again */
  reconcile(key: string): Promise<void>;
}

/**
 * Makes a handler of updates from one that wants only the new object.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go PassNew
 */
export function passNew<O>(handler: (obj: O) => void): (a: O, b: O) => void {
  return (_oldObj, newObj) => {
    handler(newObj);
  };
}

/**
 * Lets objects pass whose controller is of one kind. A tombstone is no object
 * and does not pass.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go Filter
 */
export function filter(
  apiVersion: string,
  kind: string,
): (obj: Delivered) => boolean {
  return (obj) => {
    if (obj instanceof DeletedFinalStateUnknown) return false;
    const owner = getControllerOf(obj);
    return owner?.apiVersion === apiVersion && owner.kind === kind;
  };
}

/** What `newImpl` needs. */
export interface ImplOptions {
  readonly sim: Sim;
  readonly reconciler: Reconciler;
  readonly logger: SugaredLogger;
  /** `Services`: what traces and metrics call the queue. */
  readonly workQueueName: string;
  /** `service`: its workers are the tasks `service-worker-1` and so on. */
  readonly name: string;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go NewImpl
 */
export function newImpl(options: ImplOptions): Impl {
  return new Impl(options);
}

/**
 * A controller: a reconciler and the queue before it.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go Impl
 * @omits reporting queue depth and durations as metrics
 */
export class Impl {
  readonly name: string;
  readonly workQueue: RateLimitingType;
  readonly reconciler: Reconciler;
  readonly #sim: Sim;
  readonly #logger: SugaredLogger;

  constructor(options: ImplOptions) {
    const { sim, reconciler, logger, workQueueName, name } = options;
    const limiter = defaultControllerRateLimiter(sim);
    this.name = name;
    this.workQueue = newNamedRateLimitingQueue(sim, limiter, workQueueName);
    this.reconciler = reconciler;
    this.#sim = sim;
    this.#logger = logger;
  }

  /**
   * Queues the key of an object.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.Enqueue
   * @story on queue.add.dirty: {kind} {name} is changed while its key is being
   *   processed, so the key is only marked dirty.
   * @story on queue.add.known: Key {key} is waiting already, so the change to
   *   {kind} {name} adds nothing.
   * @story on queue.add: When {kind} {name} reaches the cache, a handler adds the
   *   key {key} to queue {queue}.
   */
  enqueue(obj: Delivered): void {
    this.enqueueKey(deletionHandlingMetaNamespaceKeyFunc(obj));
  }

  /**
   * Queues the key of the object that controls this one, if there is one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.EnqueueControllerOf
   * @story on queue.add.dirty: {kind} {name} names its owner, whose key is being
   *   processed and is therefore only marked dirty.
   * @story on queue.add.known: The news of {kind} {name} adds nothing to the
   *   queue, since the owner's key is waiting already.
   * @story on queue.add: A change to {kind} {name} queues the key of the object
   *   that controls it.
   */
  enqueueControllerOf(obj: Delivered): void {
    const object = deletionHandlingAccessor(obj);
    const owner = getControllerOf(object);
    if (owner === undefined) return;
    this.enqueueKey(`${object.metadata.namespace ?? ''}/${owner.name}`);
  }

  /**
   * Queues the key that two labels of an object spell. Without a label for
   * the namespace it is the object's own.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.EnqueueLabelOfNamespaceScopedResource
   */
  enqueueLabelOfNamespaceScopedResource(
    namespaceLabel: string,
    nameLabel: string,
  ): (obj: Delivered) => void {
    return (obj) => {
      const { metadata } = deletionHandlingAccessor(obj);
      const labels = metadata.labels ?? {};
      const name = labels[nameLabel];
      const namespace =
        namespaceLabel === '' ? metadata.namespace : labels[namespaceLabel];
      if (name === undefined || namespace === undefined) {
        this.#logger.debugf(
          'Object %s/%s does not have the labels %s and %s',
          metadata.namespace ?? '',
          metadata.name,
          namespaceLabel,
          nameLabel,
        );
        return;
      }
      this.enqueueKey(`${namespace}/${name}`);
    };
  }

  /**
   * Queues the cluster-scoped name that a label of an object spells.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.EnqueueLabelOfClusterScopedResource
   */
  enqueueLabelOfClusterScopedResource(
    nameLabel: string,
  ): (obj: Delivered) => void {
    return (obj) => {
      const { metadata } = deletionHandlingAccessor(obj);
      const name = metadata.labels?.[nameLabel];
      if (name === undefined) {
        this.#logger.debugf(
          'Object %s/%s does not have a referring name label %s',
          metadata.namespace ?? '',
          metadata.name,
          nameLabel,
        );
        return;
      }
      this.enqueueKey(name);
    };
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.EnqueueKey
   */
  enqueueKey(key: string): void {
    this.workQueue.add(key);
  }

  /**
   * Starts the workers and waits until `signal` is aborted; then takes no more
   * keys and waits until the workers have finished theirs.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.Run
   */
  async run(threadiness: number, signal: AbortSignal): Promise<void> {
    this.#logger.infof('Starting controller and workers');
    const workers = Array.from({ length: threadiness }, (_, index) =>
      this.#sim.go(`${this.name}-worker-${index + 1}`, () => this.#work()),
    );
    this.#logger.infof('Started workers');

    const stopped = this.#sim.suspend<undefined>('for the signal to stop');
    signal.addEventListener('abort', () => {
      stopped.resume(undefined);
    });
    if (!signal.aborted) await stopped.promise;

    this.#logger.infof('Shutting down workers');
    this.workQueue.shutDown();
    for (const worker of workers) await worker.done;
  }

  /**
   * Takes the next key and reconciles it. Whatever comes of it, the queue is
   * told that the work is done, or the key would never be handed out again.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.processNextWorkItem
   * @returns false when the queue is shut down
   * @story on queue.get: A worker takes key {key}, which says what to look at and
   *   not what has happened.
   */
  async processNextWorkItem(): Promise<boolean> {
    const { item: key } = await this.workQueue.get();
    if (key === undefined) return false;
    try {
      await this.reconciler.reconcile(key);
      // The next failure of this key counts as its first.
      this.workQueue.forget(key);
    } catch (error) {
      this.#handleErr(error, key);
    } finally {
      this.workQueue.done(key);
    }
    return true;
  }

  /**
   * Has the key tried again, later with every failure, unless no retry can
   * help.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.handleErr
   * @throws {TypeError} mistakes of the program, which upstream would panic of
   */
  #handleErr(error: unknown, key: string): void {
    if (error instanceof TypeError || error instanceof ReferenceError) {
      throw error;
    }
    this.#logger.errorf('Reconcile error: %v', error);
    if (isPermanentError(error)) this.workQueue.forget(key);
    else this.workQueue.addRateLimited(key);
  }

  /**
   * Queues every object in a cache, because something changed that concerns
   * them all.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/controller/controller.go Impl.GlobalResync
   */
  globalResync(informer: SharedIndexInformer<KObject>): void {
    for (const key of informer.getIndexer().listKeys()) this.enqueueKey(key);
  }

  /** A worker's life. */
  async #work(): Promise<void> {
    for (;;) {
      const more = await this.processNextWorkItem();
      if (!more) return;
    }
  }
}
