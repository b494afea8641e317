/**
 * The informers of one process: one for each kind of object, however many
 * controllers ask for it.
 */
import { qualifiedResource } from '../../apiserver/api-error.ts';
import type { Gvr, KObject, Store } from '../../apiserver/store.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import {
  SharedIndexInformer,
  waitForCacheSync,
} from '../tools/cache/shared-informer.ts';

/**
 * Makes, starts and awaits the informers of a process.
 *
 * @differs one factory for all groups; Go generates one for each client
 */
export class SharedInformerFactory {
  readonly #sim: Sim;
  readonly #store: Store;
  readonly #resyncPeriod: Milliseconds;
  readonly #informers = new Map<string, SharedIndexInformer<KObject>>();

  /** @param resyncPeriod 0 for never */
  constructor(sim: Sim, store: Store, resyncPeriod: Milliseconds) {
    this.#sim = sim;
    this.#store = store;
    this.#resyncPeriod = resyncPeriod;
  }

  /** The informer for a kind; made when it is first asked for. */
  forResource<O extends KObject>(gvr: Gvr): SharedIndexInformer<O> {
    const name = qualifiedResource(gvr);
    const known = this.#informers.get(name);
    if (known !== undefined) return known as unknown as SharedIndexInformer<O>;
    const informer = new SharedIndexInformer<O>(
      this.#sim,
      this.#store,
      gvr,
      this.#resyncPeriod,
    );
    const shared = informer as unknown as SharedIndexInformer<KObject>;
    this.#informers.set(name, shared);
    return informer;
  }

  /** Starts every informer that does not run yet; waits for nothing. */
  start(signal: AbortSignal): void {
    for (const informer of this.#informers.values()) informer.run(signal);
  }

  /** Waits until every informer's cache holds its first list. */
  async waitForCacheSync(): Promise<void> {
    await waitForCacheSync([...this.#informers.values()]);
  }
}
