/**
 * What the revision controller reads from ConfigMaps.
 */
import type { Sim } from '../../../../../sim/sim.ts';
import { UntypedStore } from '../../../../configmap/store.ts';
import type { AfterStore } from '../../../../configmap/store.ts';
import type { Watcher } from '../../../../configmap/watcher.ts';
import {
  Config as LoggingConfig,
  configName as loggingConfigName,
  newConfigFromConfigMap as newLoggingFromConfigMap,
} from '../../../../logging/config.ts';
import type { SugaredLogger } from '../../../../logging/logger.ts';
import {
  Config as NetworkConfig,
  configName as networkConfigName,
  newConfigFromConfigMap as newNetworkFromConfigMap,
} from '../../../../network/network.ts';
import {
  Controller,
  controllerConfigName,
  newControllerConfigFromConfigMap,
} from './controller.ts';
import {
  newObservabilityFromConfigMap,
  Observability,
  observabilityConfigName,
} from './observability.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/store.go Config
 * @omits the autoscaler's settings, which are handed on and never used
 */
export interface Config {
  readonly controller: Controller;
  readonly network: NetworkConfig;
  readonly observability: Observability;
  readonly logging: LoggingConfig;
}

/**
 * The image that the queue proxy is built from where nothing else is named:
 * what Knative's own `config-controller` holds before it is released.
 */
export const defaultQueueSidecarImage = 'github.com/knative/serving/cmd/queue';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/store.go Store
 */
export class Store {
  readonly #untyped: UntypedStore;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/config/store.go NewStore
   */
  constructor(sim: Sim, logger: SugaredLogger, ...after: AfterStore[]) {
    this.#untyped = new UntypedStore(
      sim,
      'revision',
      logger,
      {
        [controllerConfigName]: newControllerConfigFromConfigMap,
        [networkConfigName]: newNetworkFromConfigMap,
        [observabilityConfigName]: newObservabilityFromConfigMap,
        [loggingConfigName]: newLoggingFromConfigMap,
      },
      ...after,
    );
  }

  watchConfigs(watcher: Watcher): void {
    this.#untyped.watchConfigs(watcher);
  }

  /**
   * What is in force now. A reconcile asks once, when it begins.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/config/store.go Store.Load
   * @differs the defaults stand in until a ConfigMap was seen; upstream does
   *   not start without them
   */
  load(): Config {
    const controller = this.#untyped.untypedLoad(controllerConfigName);
    const network = this.#untyped.untypedLoad(networkConfigName);
    const observability = this.#untyped.untypedLoad(observabilityConfigName);
    const logging = this.#untyped.untypedLoad(loggingConfigName);
    return {
      controller:
        controller instanceof Controller
          ? controller
          : new Controller({ queueSidecarImage: defaultQueueSidecarImage }),
      network:
        network instanceof NetworkConfig ? network : new NetworkConfig({}),
      observability:
        observability instanceof Observability
          ? observability
          : new Observability({}),
      logging:
        logging instanceof LoggingConfig ? logging : new LoggingConfig({}),
    };
  }
}
