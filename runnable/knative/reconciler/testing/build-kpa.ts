/**
 * The KPA controller, with metrics that were handed in.
 *
 * What the autoscaler has decided is an object of kind Metric here; upstream's
 * tests use a stand-in of that kind too.
 */
import { deepCopy } from '../../../apiserver/objects.ts';
import { endpoints } from '../../../apiserver/kinds.ts';
import type { KObject } from '../../../apiserver/store.ts';
import { kindToResource } from '../../apis/kind2resource.ts';
import { podAutoscalers } from '../../apis/resources.ts';
import { Config } from '../../autoscaler/config.ts';
import { configName, DynamicConfig } from '../../autoscaler/dynamic-config.ts';
import { keyOfMetric, newMetricKey } from '../../autoscaler/metric.ts';
import type { Metric } from '../../autoscaler/metric.ts';
import { Reconciler } from '../v1alpha1/autoscaling/kpa/kpa.ts';
import type { KpaMetrics } from '../v1alpha1/autoscaling/kpa/kpa.ts';
import { KpaScaler } from '../v1alpha1/autoscaling/kpa/kpa-scaler.ts';
import type { Build } from './reconcile-once.ts';

const metrics = kindToResource({
  apiVersion: 'autoscaling.internal.knative.dev/v1alpha1',
  kind: 'Metric',
});

/** Metrics that nobody decides about. */
export class GivenMetrics implements KpaMetrics {
  readonly #metrics = new Map<string, Metric>();
  /** What was asked for, in order. */
  readonly calls: ('create' | 'update' | 'delete')[] = [];

  /** Nothing changes by itself, so there is nothing to tell. */
  readonly watch = (): void => undefined;

  constructor(given: readonly (KObject & Partial<Metric>)[]) {
    for (const { metadata, spec, status } of given) {
      const metric = {
        metadata,
        spec: { targetConcurrency: 0, ...spec },
        status: { desiredScale: -1, ...status },
      };
      this.#metrics.set(keyOfMetric(metric), metric);
    }
  }

  get(namespace: string, name: string): Metric | undefined {
    const metric = this.#metrics.get(newMetricKey(namespace, name));
    return metric === undefined ? undefined : deepCopy(metric);
  }

  create(metric: Metric): Metric {
    this.calls.push('create');
    return this.#set(metric);
  }

  update(metric: Metric): Metric {
    this.calls.push('update');
    return this.#set(metric);
  }

  delete(namespace: string, name: string): void {
    this.calls.push('delete');
    this.#metrics.delete(newMetricKey(namespace, name));
  }

  #set(metric: Metric): Metric {
    this.#metrics.set(keyOfMetric(metric), metric);
    return metric;
  }
}

/** The KPA controller. */
export const buildKpa: Build = (options, listerOf) => {
  const { store, logger, configMapWatcher } = options;
  const dynConfig = new DynamicConfig(new Config(), logger);
  configMapWatcher.watch(configName, (configMap) => {
    dynConfig.update(configMap);
  });
  return new Reconciler(options, {
    listers: {
      podAutoscalers: listerOf(podAutoscalers),
      endpoints: listerOf(endpoints),
    },
    kpaMetrics: new GivenMetrics(listerOf<KObject>(metrics).list()),
    kpaScaler: new KpaScaler(store, logger, configMapWatcher),
    dynConfig,
  });
};
