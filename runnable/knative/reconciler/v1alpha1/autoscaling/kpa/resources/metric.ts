/**
 * The metric that is kept for a PodAutoscaler.
 */
import type { ObjectMeta } from '../../../../../../apiserver/store.ts';
import { targetOf } from '../../../../../apis/autoscaling/v1alpha1/pa-annotations.ts';
import type { PodAutoscalerSpec } from '../../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Config } from '../../../../../autoscaler/config.ts';
import type { Metric } from '../../../../../autoscaler/metric.ts';
import type { SugaredLogger } from '../../../../../logging/logger.ts';

/**
 * Aims at what a pod can take. The annotation may ask for less; more would
 * have requests wait in front of pods that are full, so that is ignored.
 *
 * Where a Revision sets no limit, the default of the configuration stands in
 * for it, and an annotation above that is ignored as well.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/resources/metric.go MakeMetric
 */
export function makeMetric(
  pa: { readonly metadata: ObjectMeta; readonly spec: PodAutoscalerSpec },
  config: Config,
  logger: SugaredLogger,
): Omit<Metric, 'status'> {
  const { containerConcurrency = 0 } = pa.spec;
  const possible = config.targetConcurrency(containerConcurrency);
  const wanted = targetOf(pa);
  let target = possible;
  if (wanted !== undefined) {
    if (possible !== 0 && wanted > possible) {
      logger.warnf(
        'Ignoring target of %v because it would underprovision the Revision.',
        wanted,
      );
    } else {
      target = wanted;
    }
  }
  return { metadata: pa.metadata, spec: { targetConcurrency: target } };
}
