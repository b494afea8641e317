/**
 * The KPA controller: turns what the autoscaler decides into replicas, and
 * says whether the target takes part in traffic.
 *
 * The decision comes from memory and the pods from a cache of Endpoints; what
 * is written down is the comparison of the two, how many are wanted and
 * whether any is there.
 */
import { deepCopy } from '../../../../../apiserver/objects.ts';
import type { Store } from '../../../../../apiserver/store.ts';
import type { Lister } from '../../../../../client-go/tools/cache/listers.ts';
import { kpa } from '../../../../apis/autoscaling/register.ts';
import { classOf } from '../../../../apis/autoscaling/v1alpha1/pa-annotations.ts';
import { PodAutoscaler } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { PodAutoscalerObject } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Endpoints } from '../../../../apis/core/v1/types.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../../apis/equality/equality.ts';
import { podAutoscalers } from '../../../../apis/resources.ts';
import type { DynamicConfig } from '../../../../autoscaler/dynamic-config.ts';
import type { Metric } from '../../../../autoscaler/metric.ts';
import { Base, notInCache } from '../../../reconciler.ts';
import type { Options } from '../../../reconciler.ts';
import type { KpaScaler } from './kpa-scaler.ts';
import { makeMetric } from './resources/metric.ts';

/** The caches that the controller reads. */
export interface Listers {
  readonly podAutoscalers: Lister<PodAutoscalerObject>;
  readonly endpoints: Lister<Endpoints>;
}

/**
 * Who keeps the metrics.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go KPAMetrics
 */
export interface KpaMetrics {
  get(namespace: string, name: string): Metric | undefined;
  create(metric: Metric): Metric;
  update(metric: Metric): Metric;
  delete(namespace: string, name: string): void;
  watch(watcher: (key: string) => void): void;
}

/** What the controller works with, apart from what all controllers have. */
export interface Parts {
  readonly listers: Listers;
  readonly kpaMetrics: KpaMetrics;
  readonly kpaScaler: Pick<KpaScaler, 'scale'>;
  readonly dynConfig: DynamicConfig;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler
 */
export class Reconciler extends Base {
  readonly #store: Store;
  readonly #parts: Parts;

  constructor(options: Options, parts: Parts) {
    super(options, 'kpa-class-podautoscaler-controller');
    this.#store = options.store;
    this.#parts = parts;
  }

  /**
   * Looks at the PodAutoscaler that `key` names and does what is missing. One
   * that is gone needs no metric any more.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const [namespace, name] = split;
    const { listers, kpaMetrics } = this.#parts;
    const original = listers.podAutoscalers.byNamespace(namespace).get(name);
    if (original === undefined) {
      this.logger.debugf('PA no longer exists');
      kpaMetrics.delete(namespace, name);
      return;
    }
    if (classOf(original) !== kpa) {
      this.logger.warnf('Ignoring non-kpa-class PA');
      return;
    }
    const pa = new PodAutoscaler(original, this.clock);
    try {
      await this.#reconcile(pa);
    } finally {
      // Also after an error; an error of this write hides the first.
      if (!semanticDeepEqual(original.status, pa.status)) {
        await this.#writeStatus(pa);
      }
    }
  }

  /**
   * Keeps the metric as the PodAutoscaler wants it, scales by what it says,
   * and compares what is wanted with what is there.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.reconcile
   * @omits reporting both numbers as metrics of its own
   */
  async #reconcile(pa: PodAutoscaler): Promise<void> {
    if (pa.metadata.deletionTimestamp !== undefined) return;
    pa.setDefaults();
    pa.status.initializeConditions();

    const metric = this.#metricOf(pa);
    const want = await this.#parts.kpaScaler.scale(
      pa,
      metric.status.desiredScale,
    );
    const got = this.#readyAddresses(pa);
    this.logger.infof('PA got=%v, want=%v', got, want);
    this.#compare(pa, want, got);
    pa.status.observedGeneration = pa.metadata.generation;
  }

  /**
   * The metric, made or changed to what the PodAutoscaler says now. The whole
   * of its metadata counts as part of it, so each new version of the
   * PodAutoscaler replaces the metric.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.reconcile (part)
   */
  #metricOf(pa: PodAutoscaler): Metric {
    const { kpaMetrics, dynConfig } = this.#parts;
    const { namespace = '', name } = pa.metadata;
    const wanted = makeMetric(pa, dynConfig.current(), this.logger);
    const metric = kpaMetrics.get(namespace, name);
    if (metric === undefined) {
      return kpaMetrics.create({ ...wanted, status: { desiredScale: -1 } });
    }
    const desired = { ...wanted, status: metric.status };
    return semanticDeepEqual(desired, metric)
      ? metric
      : kpaMetrics.update(desired);
  }

  /**
   * How many pods are ready to answer; an object that is missing has none.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.reconcile (part)
   */
  #readyAddresses(pa: PodAutoscaler): number {
    const { namespace = '' } = pa.metadata;
    const endpoints = this.#parts.listers.endpoints
      .byNamespace(namespace)
      .get(pa.spec.serviceName ?? '');
    let got = 0;
    for (const { addresses = [] } of endpoints?.subsets ?? []) {
      got += addresses.length;
    }
    return got;
  }

  /**
   * Says what the two numbers mean. A number that is wanted and not known, -1,
   * is not 0.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.reconcile (part)
   */
  #compare({ status }: PodAutoscaler, want: number, got: number): void {
    if (want === 0) {
      status.markInactive('NoTraffic', 'The target is not receiving traffic.');
    } else if (got === 0) {
      status.markActivating(
        'Queued',
        'Requests to the target are being buffered as resources are provisioned.',
      );
    } else {
      status.markActive();
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.Reconcile (part)
   */
  async #writeStatus(pa: PodAutoscaler): Promise<void> {
    try {
      await this.#updateStatus(pa);
    } catch (error) {
      const format = 'Failed to update status for PA %q: %v';
      this.warning(pa, 'UpdateFailed', format, pa.metadata.name, error);
      throw error;
    }
  }

  /**
   * Puts the new status on a fresh copy of the cached PodAutoscaler.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go Reconciler.updateStatus
   */
  async #updateStatus(desired: PodAutoscaler): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const lister = this.#parts.listers.podAutoscalers.byNamespace(namespace);
    const pa = lister.get(name);
    if (pa === undefined) throw notInCache(podAutoscalers, name);
    if (deepEqual(pa.status, desired.status)) return;
    const existing = deepCopy(pa);
    existing.status = deepCopy(desired.status);
    await this.#store
      .resource<PodAutoscalerObject>(podAutoscalers)
      .updateStatus(existing);
  }
}
