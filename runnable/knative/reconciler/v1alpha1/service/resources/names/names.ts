/**
 * What a Service's children are called: like the Service.
 */
import type { KObject } from '../../../../../../apiserver/store.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/names/names.go Configuration
 */
export function configuration(service: KObject): string {
  return service.metadata.name;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/names/names.go Route
 */
export function route(service: KObject): string {
  return service.metadata.name;
}
