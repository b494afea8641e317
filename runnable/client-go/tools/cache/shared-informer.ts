/**
 * A shared informer: one cache of one kind of object for everybody in the
 * process, and the handlers that are told when it changes.
 *
 * Its reflector runs as the task `informer <Kind>`; the cache is changed there
 * and the handlers are called there, the cache always first.
 *
 * @differs handlers run in the reflector's task, one after the other; upstream
 *   each has a goroutine and an unbounded buffer of its own
 * @omits a resync period for each handler: there is one for the informer
 */
import { kindInTrace } from '../../../apiserver/kinds.ts';
import type { Gvr, KObject, Store } from '../../../apiserver/store.ts';
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim, Suspension } from '../../../sim/sim.ts';
import type { ResourceEventHandler } from './controller.ts';
import { DeletedFinalStateUnknown } from './delta-fifo.ts';
import { Lister } from './listers.ts';
import { Reflector } from './reflector.ts';
import { Cache, metaNamespaceKeyFunc } from './store.ts';

/**
 * The cache of one kind of object and those who are told of its changes.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer
 */
export class SharedIndexInformer<O extends KObject> {
  readonly gvr: Gvr;
  readonly #sim: Sim;
  readonly #indexer = new Cache<O>();
  readonly #reflector: Reflector<O>;
  readonly #resyncPeriod: Milliseconds;
  readonly #handlers: ResourceEventHandler<O>[] = [];
  readonly #waiting: Suspension<undefined>[] = [];
  #synced = false;
  #started = false;

  /** @param resyncPeriod 0 for never */
  constructor(sim: Sim, store: Store, gvr: Gvr, resyncPeriod: Milliseconds) {
    this.gvr = gvr;
    this.#sim = sim;
    this.#resyncPeriod = resyncPeriod;
    this.#reflector = new Reflector(sim, store.resource<O>(gvr), this);
  }

  /**
   * Has `handler` told of everything in the cache, and of every change to it.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.AddEventHandler
   */
  addEventHandler(handler: ResourceEventHandler<O>): void {
    this.#handlers.push(handler);
    for (const object of this.#indexer.list()) handler.onAdd(object);
  }

  /**
   * The cache itself.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.GetIndexer
   */
  getIndexer(): Cache<O> {
    return this.#indexer;
  }

  /** A reader of this informer's cache. */
  lister(): Lister<O> {
    return new Lister(this.#indexer);
  }

  /**
   * Whether the first list is in the cache.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.HasSynced
   */
  hasSynced(): boolean {
    return this.#synced;
  }

  /**
   * Starts listing and watching, until `signal` is aborted.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.Run
   */
  run(signal: AbortSignal): void {
    if (this.#started) return;
    this.#started = true;
    const name = `informer ${kindInTrace(this.gvr)}`;
    this.#sim.go(name, () => this.#reflector.run(signal));
    if (this.#resyncPeriod > 0) {
      this.#sim.go(`${name} resync`, () => this.#resyncLoop(signal));
    }
  }

  /** Waits until the first list is in the cache. */
  async synced(): Promise<void> {
    if (this.#synced) return;
    const kind = kindInTrace(this.gvr);
    const waiting = this.#sim.suspend<undefined>(`for the cache of ${kind}`);
    this.#waiting.push(waiting);
    await waiting.promise;
  }

  /**
   * Calls `onUpdate` of all handlers for everything in the cache, as if it had
   * changed: a second chance for whoever missed something.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/delta_fifo.go DeltaFIFO.Resync
   */
  resync(): void {
    for (const object of this.#indexer.list()) this.update(object);
  }

  /**
   * An object came to be; or the watch tells again of one that is known.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.HandleDeltas (part)
   */
  add(object: O): void {
    this.update(object);
  }

  /**
   * An object changed; one that the cache does not know is new.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.HandleDeltas (part)
   */
  update(object: O): void {
    const old = this.#indexer.getByKey(metaNamespaceKeyFunc(object));
    if (old === undefined) {
      this.#indexer.add(object);
      for (const handler of this.#handlers) handler.onAdd(object);
    } else {
      this.#indexer.update(object);
      for (const handler of this.#handlers) handler.onUpdate(old, object);
    }
  }

  /**
   * An object is gone, and the watch has told so.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/shared_informer.go sharedIndexInformer.HandleDeltas (part)
   */
  delete(object: O): void {
    this.#indexer.delete(object);
    for (const handler of this.#handlers) handler.onDelete(object);
  }

  /**
   * Takes a list: whatever is known and not in it was deleted while nobody
   * watched, and goes with a tombstone.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/delta_fifo.go DeltaFIFO.Replace
   */
  replace(objects: readonly O[]): void {
    const listed = new Set(objects.map(metaNamespaceKeyFunc));
    for (const object of objects) this.update(object);
    for (const key of this.#indexer.listKeys()) {
      if (!listed.has(key)) this.#bury(key);
    }
    this.#synced = true;
    for (const waiting of this.#waiting.splice(0)) waiting.resume(undefined);
  }

  /** Deletes an object whose end nobody saw. */
  #bury(key: string): void {
    const obj = this.#indexer.getByKey(key);
    if (obj === undefined) return;
    this.#indexer.delete(obj);
    const tombstone = new DeletedFinalStateUnknown(key, obj);
    for (const handler of this.#handlers) handler.onDelete(tombstone);
  }

  /**
   * Calls `resync` at every period.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.resyncChan
   */
  async #resyncLoop(signal: AbortSignal): Promise<void> {
    for (;;) {
      const tick = this.#sim.suspend<undefined>('for the next resync');
      this.#sim.clock.after(this.#resyncPeriod, () => tick.resume(undefined));
      await tick.promise;
      if (signal.aborted) return;
      this.resync();
    }
  }
}

/**
 * Waits until every one of the caches holds its first list.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/shared_informer.go WaitForCacheSync
 * @differs upstream asks every 100 ms; here it is told
 */
export async function waitForCacheSync(
  informers: readonly { synced(): Promise<void> }[],
): Promise<void> {
  for (const informer of informers) await informer.synced();
}
