/**
 * What a Route's children are called.
 */
import type { KObject } from '../../../../../../apiserver/store.ts';
import { getK8sServiceFullname } from '../../../../names.ts';

/**
 * The placeholder has the Route's name, so that the name resolves.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/names/names.go K8sService
 */
export function k8sService(route: KObject): string {
  return route.metadata.name;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/names/names.go K8sServiceFullname
 */
export function k8sServiceFullname(route: KObject): string {
  const { namespace = '' } = route.metadata;
  return getK8sServiceFullname(k8sService(route), namespace);
}

/**
 * The uid keeps Routes of two namespaces apart, for a ClusterIngress has none.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/names/names.go ClusterIngress
 */
export function clusterIngress(route: KObject): string {
  return `route-${route.metadata.uid ?? ''}`;
}
