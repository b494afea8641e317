/**
 * What the clusteringress controller reads from ConfigMaps: which gateways
 * there are.
 */
import type { Sim } from '../../../../../sim/sim.ts';
import { UntypedStore } from '../../../../configmap/store.ts';
import type { AfterStore } from '../../../../configmap/store.ts';
import type { Watcher } from '../../../../configmap/watcher.ts';
import type { SugaredLogger } from '../../../../logging/logger.ts';
import { Istio, istioConfigName, newIstioFromConfigMap } from './istio.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/store.go Config
 */
export interface Config {
  readonly istio: Istio;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/store.go Store
 */
export class Store {
  readonly #untyped: UntypedStore;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/config/store.go NewStore
   */
  constructor(
    sim: Sim,
    logger: SugaredLogger,
    ...onAfterStore: readonly AfterStore[]
  ) {
    this.#untyped = new UntypedStore(
      sim,
      'clusteringress',
      logger,
      { [istioConfigName]: newIstioFromConfigMap },
      ...onAfterStore,
    );
  }

  watchConfigs(watcher: Watcher): void {
    this.#untyped.watchConfigs(watcher);
  }

  /**
   * What is in force now. A reconcile asks once, when it begins.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/config/store.go Store.Load
   * @differs the defaults stand in until the ConfigMap was seen; upstream
   *   does not start without it
   */
  load(): Config {
    const value = this.#untyped.untypedLoad(istioConfigName);
    return { istio: value instanceof Istio ? value : new Istio() };
  }
}
