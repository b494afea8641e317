/**
 * What a PodAutoscaler means where it says nothing.
 */
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { ObjectMeta } from '../../../../apiserver/store.ts';
import {
  classAnnotationKey,
  defaultMetrics,
  metricAnnotationKey,
} from '../register.ts';
import { classOf } from './pa-annotations.ts';
import type { PodAutoscalerSpec } from './pa-types.ts';

/**
 * Names the class, and what that class measures.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_defaults.go PodAutoscaler.SetDefaults
 */
export function setPodAutoscalerDefaults(pa: {
  metadata: ObjectMeta;
  spec: Mutable<PodAutoscalerSpec>;
}): void {
  setPodAutoscalerSpecDefaults(pa.spec);
  const name = classOf(pa);
  const metric = defaultMetrics[name];
  const annotations = {
    ...(metric === undefined ? {} : { [metricAnnotationKey]: metric }),
    ...pa.metadata.annotations,
    [classAnnotationKey]: name,
  };
  pa.metadata = { ...pa.metadata, annotations };
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_defaults.go PodAutoscalerSpec.SetDefaults
 */
function setPodAutoscalerSpecDefaults(spec: Mutable<PodAutoscalerSpec>): void {
  if (spec.concurrencyModel !== 'Single') return;
  if ((spec.containerConcurrency ?? 0) === 0) spec.containerConcurrency = 1;
}
