/**
 * The factory that really makes informers.
 */
import type { Gvr, Store } from '../../../apiserver/store.ts';
import { SharedIndexInformer } from '../../../client-go/tools/cache/shared-informer.ts';
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { DuckInformer, InformerFactory } from './interface.ts';
import type { KResource } from './v1alpha1/conditions-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/typed.go TypedInformerFactory
 */
export class TypedInformerFactory implements InformerFactory {
  readonly #sim: Sim;
  readonly #store: Store;
  readonly #resyncPeriod: Milliseconds;
  readonly #signal: AbortSignal;

  constructor(
    sim: Sim,
    store: Store,
    resyncPeriod: Milliseconds,
    signal: AbortSignal,
  ) {
    this.#sim = sim;
    this.#store = store;
    this.#resyncPeriod = resyncPeriod;
    this.#signal = signal;
  }

  /**
   * Starts an informer and waits until it holds the first list.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/typed.go TypedInformerFactory.Get
   * @differs objects stay as they came; upstream converts each to the fields
   *   it knows
   */
  async get(gvr: Gvr): Promise<DuckInformer> {
    const informer = new SharedIndexInformer<KResource>(
      this.#sim,
      this.#store,
      gvr,
      this.#resyncPeriod,
    );
    informer.run(this.#signal);
    await informer.synced();
    return informer;
  }
}
