/**
 * Metrics: what is wanted of each Revision, and how many pods that means.
 *
 * A metric looks like an object of the API and is none. It lives in the memory
 * of the autoscaler and is gone when that is restarted.
 */
import type { ObjectMeta } from '../../apiserver/store.ts';
import type { Instant } from '../../sim/clock.ts';
import type { Stat } from './aggregation.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go MetricSpec
 */
export interface MetricSpec {
  /** Requests at once that one pod should bear. */
  readonly targetConcurrency: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go MetricStatus
 */
export interface MetricStatus {
  /** Pods; -1 before the first decision. */
  readonly desiredScale: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go Metric
 */
export interface Metric {
  /** That of the PodAutoscaler it was made for. */
  readonly metadata: ObjectMeta;
  readonly spec: MetricSpec;
  readonly status: MetricStatus;
}

/** What a decision is: a number, or none for want of data. */
export interface Decision {
  readonly scale: number;
  readonly ok: boolean;
}

/**
 * Whoever decides for one metric.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go UniScaler
 */
export interface UniScaler {
  record(stat: Stat): void;
  scale(now: Instant): Decision;
  update(spec: MetricSpec): void;
}

/**
 * The key of a metric: that of its PodAutoscaler, and so of its Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go NewMetricKey
 */
export function newMetricKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** The key under which a metric is kept. */
export function keyOfMetric({ metadata }: Pick<Metric, 'metadata'>): string {
  return newMetricKey(metadata.namespace ?? '', metadata.name);
}
