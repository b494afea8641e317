/**
 * The reflector: lists once, then watches, and keeps a store in step with the
 * API server.
 *
 * The list says where the watch has to begin, so nothing between the two is
 * lost. When a watch ends the next one begins where it stopped; when the
 * server has forgotten that moment, everything is listed anew.
 *
 * @omits metrics and log lines; bookmarks
 */
import type {
  KObject,
  ResourceClient,
  WatchEvent,
} from '../../../apiserver/store.ts';
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';

/** Where a reflector puts what it learns. */
export interface ReflectorStore<O> {
  add(object: O): void;
  update(object: O): void;
  delete(object: O): void;
  /** Takes the whole list in place of what was known. */
  replace(objects: readonly O[]): void;
}

/** How long a reflector waits before it lists again. */
const period: Milliseconds = 1000;

/** A watch that ends this soon, without an event, counts as failed. */
const veryShort: Milliseconds = 1000;

/**
 * Keeps one store in step with one kind of object.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector
 */
export class Reflector<O extends KObject> {
  readonly #sim: Sim;
  readonly #client: ResourceClient<O>;
  readonly #store: ReflectorStore<O>;
  #lastSyncResourceVersion = '';

  constructor(sim: Sim, client: ResourceClient<O>, store: ReflectorStore<O>) {
    this.#sim = sim;
    this.#client = client;
    this.#store = store;
  }

  /**
   * Lists and watches until `signal` is aborted, again and again.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.Run
   */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.listAndWatch(signal);
      if (signal.aborted) return;
      await this.#sim.sleep(period);
    }
  }

  /**
   * Ends when it cannot go on without listing again.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.ListAndWatch
   */
  async listAndWatch(signal: AbortSignal): Promise<void> {
    try {
      const list = await this.#client.list();
      this.#syncWith(list.items, list.resourceVersion);
      while (!signal.aborted) await this.#watchHandler(signal);
    } catch {
      // Whatever it was: the next list tells the whole truth.
    }
  }

  /**
   * The version of the last list or event.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.LastSyncResourceVersion
   */
  lastSyncResourceVersion(): string {
    return this.#lastSyncResourceVersion;
  }

  /**
   * Puts a list into the store, and remembers where it stands.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.syncWith
   */
  #syncWith(items: readonly O[], resourceVersion: string): void {
    this.#store.replace(items);
    this.#lastSyncResourceVersion = resourceVersion;
  }

  /**
   * Watches from the last version on, until the watch ends.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.watchHandler
   * @throws {ApiError} Expired when that version is forgotten
   */
  async #watchHandler(signal: AbortSignal): Promise<void> {
    const start = this.#sim.now();
    const resourceVersion = this.#lastSyncResourceVersion;
    let eventCount = 0;
    for await (const event of this.#client.watch({ resourceVersion, signal })) {
      this.#handle(event);
      eventCount += 1;
    }
    const lasted = this.#sim.now() - start;
    if (signal.aborted || eventCount > 0 || lasted >= veryShort) return;
    throw new Error(
      'very short watch: Unexpected watch close - watch lasted less than a second and no items received',
    );
  }

  /**
   * Puts one event into the store, and remembers where it stands.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/reflector.go Reflector.watchHandler (part)
   */
  #handle(event: WatchEvent<O>): void {
    if (event.type === 'BOOKMARK') {
      this.#lastSyncResourceVersion = event.resourceVersion;
      return;
    }
    const { object } = event;
    if (event.type === 'ADDED') this.#store.add(object);
    else if (event.type === 'MODIFIED') this.#store.update(object);
    else this.#store.delete(object);
    this.#lastSyncResourceVersion = object.metadata.resourceVersion ?? '';
  }
}
