/**
 * What the route controller reads from ConfigMaps: the domains, how often a
 * Route repeats that it uses a Revision, and the class of an ingress.
 */
import type { Sim } from '../../../../../sim/sim.ts';
import { UntypedStore } from '../../../../configmap/store.ts';
import type { AfterStore } from '../../../../configmap/store.ts';
import type { Watcher } from '../../../../configmap/watcher.ts';
import {
  Config as GcConfig,
  configName as gcConfigName,
  newConfigFromConfigMap as newGcFromConfigMap,
} from '../../../../gc/config.ts';
import type { SugaredLogger } from '../../../../logging/logger.ts';
import {
  Config as NetworkConfig,
  configName as networkConfigName,
  newConfigFromConfigMap as newNetworkFromConfigMap,
} from '../../../../network/network.ts';
import {
  Domain,
  domainConfigName,
  LabelSelector,
  newDomainFromConfigMap,
} from './domain.ts';
import type { ParseYaml } from './domain.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/config/store.go Config
 */
export interface Config {
  readonly domain: Domain;
  readonly gc: GcConfig;
  readonly network: NetworkConfig;
}

/** What the store is made of. */
export interface StoreParts {
  readonly sim: Sim;
  readonly logger: SugaredLogger;
  readonly parseYaml: ParseYaml;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/config/store.go Store
 */
export class Store {
  readonly #untyped: UntypedStore;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/config/store.go NewStore
   */
  constructor(parts: StoreParts, ...onAfterStore: readonly AfterStore[]) {
    const { sim, logger, parseYaml } = parts;
    this.#untyped = new UntypedStore(
      sim,
      'route',
      logger,
      {
        [domainConfigName]: (configMap) =>
          newDomainFromConfigMap(configMap, parseYaml),
        [gcConfigName]: newGcFromConfigMap,
        [networkConfigName]: newNetworkFromConfigMap,
      },
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
   *   pkg/reconciler/v1alpha1/route/config/store.go Store.Load
   * @differs the defaults stand in until a ConfigMap was seen; upstream does
   *   not start without them
   */
  load(): Config {
    const domain = this.#untyped.untypedLoad(domainConfigName);
    const gc = this.#untyped.untypedLoad(gcConfigName);
    const network = this.#untyped.untypedLoad(networkConfigName);
    return {
      domain: domain instanceof Domain ? domain : byDefault(),
      gc: gc instanceof GcConfig ? gc : new GcConfig({}),
      network:
        network instanceof NetworkConfig ? network : new NetworkConfig({}),
    };
  }
}

/** One domain, for all Routes. */
function byDefault(): Domain {
  return new Domain(new Map([['example.com', new LabelSelector({})]]));
}
