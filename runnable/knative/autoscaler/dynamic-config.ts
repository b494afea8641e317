/**
 * The autoscaler's configuration, which may change while it runs.
 */
import type { ConfigMap } from '../configmap/watcher.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import { Config } from './config.ts';

/** The ConfigMap that holds it. */
export const configName = 'config-autoscaler';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/dynamic_config.go DynamicConfig
 */
export class DynamicConfig {
  readonly #logger: SugaredLogger;
  #config: Config;

  constructor(config: Config, logger: SugaredLogger) {
    this.#config = config;
    this.#logger = logger;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/dynamic_config.go DynamicConfig.Current
   */
  current(): Config {
    return this.#config;
  }

  /**
   * Takes a new version; a bad one is logged, and the old one stays.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/dynamic_config.go DynamicConfig.Update
   */
  update(configMap: ConfigMap): void {
    try {
      this.#config = new Config(configMap.data);
      this.#logger.infof('Updated DynamicConfig');
    } catch (error) {
      this.#logger.errorf('Failed to update DynamicConfig: %v', error);
    }
  }
}
