/**
 * What the objects behind a Revision are called.
 */
import type { KObject } from '../../../../../../apiserver/store.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/names/names.go Deployment
 */
export function deployment(rev: KObject): string {
  return `${rev.metadata.name}-deployment`;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/names/names.go ImageCache
 */
export function imageCache(rev: KObject): string {
  return `${rev.metadata.name}-cache`;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/names/names.go KPA
 */
export function kpa(rev: KObject): string {
  // One for one, so the name of the Revision will do.
  return rev.metadata.name;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/names/names.go K8sService
 */
export function k8sService(rev: KObject): string {
  return `${rev.metadata.name}-service`;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/names/names.go FluentdConfigMap
 */
export function fluentdConfigMap(rev: KObject): string {
  return `${rev.metadata.name}-fluentd`;
}
