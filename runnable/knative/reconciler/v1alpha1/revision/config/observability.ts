/**
 * What `config-observability` says: where a Revision's logs are found, and
 * whether files below `/var/log` are collected too.
 */
import { sprintf } from '../../../../../apiserver/sprintf.ts';
import type { ConfigMap } from '../../../../configmap/watcher.ts';

/** The ConfigMap that holds it. */
export const observabilityConfigName = 'config-observability';

const enableKey = 'logging.enable-var-log-collection';
const imageKey = 'logging.fluentd-sidecar-image';
const outputKey = 'logging.fluentd-sidecar-output-config';
const urlKey = 'logging.revision-url-template';

/** Kibana, as a proxy on the developer's own machine shows it. */
const defaultLogURLTemplate =
  "http://localhost:8001/api/v1/namespaces/knative-monitoring/services/kibana-logging/proxy/app/kibana#/discover?_a=(query:(match:(kubernetes.labels.knative-dev%2FrevisionUID:(query:'${REVISION_UID}',type:phrase))))";

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/observability.go Observability
 */
export class Observability {
  readonly enableVarLogCollection: boolean;
  readonly fluentdSidecarImage: string;
  /** Where the collector sends what it has collected. */
  readonly fluentdSidecarOutputConfig: string;
  /** With `${REVISION_UID}` in it; empty for no URL. */
  readonly loggingURLTemplate: string;

  constructor(data: Readonly<Record<string, string>>) {
    this.enableVarLogCollection = data[enableKey]?.toLowerCase() === 'true';
    if (this.enableVarLogCollection && data[imageKey] === undefined) {
      const format =
        'Received bad Observability ConfigMap, want %q when %q is true';
      throw new Error(sprintf(format, imageKey, enableKey));
    }
    this.fluentdSidecarImage = data[imageKey] ?? '';
    this.fluentdSidecarOutputConfig = data[outputKey] ?? '';
    this.loggingURLTemplate = data[urlKey] ?? defaultLogURLTemplate;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/observability.go NewObservabilityFromConfigMap
 * @throws {Error} when files shall be collected and nothing says by what
 */
export function newObservabilityFromConfigMap(
  configMap: ConfigMap,
): Observability {
  return new Observability(configMap.data ?? {});
}
