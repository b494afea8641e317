/**
 * What `config-logging` says: how Knative's own processes write their logs.
 */
import { sprintf } from '../../apiserver/sprintf.ts';
import type { ConfigMap } from '../configmap/watcher.ts';

/** The ConfigMap that holds it. */
export const configName = 'config-logging';

/** The processes whose level can be set on its own. */
const components = [
  ...['controller', 'queueproxy', 'webhook', 'activator', 'autoscaler'],
];

const levels = /^(debug|info|warn|error|dpanic|panic|fatal)$/;

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/logging/config.go Config
 */
export class Config {
  /** Settings of the logger itself, as JSON text. */
  readonly loggingConfig: string;
  readonly loggingLevel: Readonly<Record<string, string>>;

  constructor(data: Readonly<Record<string, string>>) {
    this.loggingConfig = data['zap-logger-config'] ?? '';
    const loggingLevel: Record<string, string> = {};
    for (const component of components) {
      const level = data[`loglevel.${component}`] ?? '';
      if (level !== '') loggingLevel[component] = levelFromString(level);
    }
    this.loggingLevel = loggingLevel;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/logging/config.go NewConfigFromConfigMap
 * @throws {Error} when a level is none
 */
export function newConfigFromConfigMap(configMap: ConfigMap): Config {
  return new Config(configMap.data ?? {});
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/logging/config.go levelFromString
 */
function levelFromString(level: string): string {
  const known = level.toLowerCase();
  if (levels.test(known)) return known;
  throw new Error(sprintf('invalid logging level: %v', level));
}
