/**
 * The PodAutoscaler of a Revision.
 */
import type { PodAutoscalerObject } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import { childMeta } from './meta.ts';
import * as names from './names/names.ts';

/**
 * Says which Deployment to scale, and where its ready pods are counted. Bounds
 * and targets of the user come with the annotations.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/kpa.go MakeKPA
 */
export function makeKPA(rev: Revision): PodAutoscalerObject {
  const { containerConcurrency } = rev.spec;
  return {
    apiVersion: 'autoscaling.internal.knative.dev/v1alpha1',
    kind: 'PodAutoscaler',
    metadata: childMeta(rev, names.kpa(rev)),
    spec: {
      ...(containerConcurrency ? { containerConcurrency } : {}),
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: names.deployment(rev),
      },
      serviceName: names.k8sService(rev),
    },
  };
}
