/**
 * What the configuration controller reads from ConfigMaps: when a Revision
 * may be deleted.
 */
import type { Sim } from '../../../../../sim/sim.ts';
import { UntypedStore } from '../../../../configmap/store.ts';
import type { Watcher } from '../../../../configmap/watcher.ts';
import {
  Config as GcConfig,
  configName as gcConfigName,
  newConfigFromConfigMap,
} from '../../../../gc/config.ts';
import type { SugaredLogger } from '../../../../logging/logger.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/config/store.go Config
 */
export interface Config {
  readonly revisionGC: GcConfig;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/config/store.go Store
 */
export class Store {
  readonly #untyped: UntypedStore;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/config/store.go NewStore
   */
  constructor(sim: Sim, logger: SugaredLogger) {
    this.#untyped = new UntypedStore(sim, 'configuration', logger, {
      [gcConfigName]: newConfigFromConfigMap,
    });
  }

  watchConfigs(watcher: Watcher): void {
    this.#untyped.watchConfigs(watcher);
  }

  /**
   * What is in force now. A reconcile asks once, when it begins.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/config/store.go Store.Load
   * @differs the defaults stand in until the ConfigMap was seen; upstream
   *   does not start without it
   */
  load(): Config {
    const value = this.#untyped.untypedLoad(gcConfigName);
    return {
      revisionGC: value instanceof GcConfig ? value : new GcConfig({}),
    };
  }
}
