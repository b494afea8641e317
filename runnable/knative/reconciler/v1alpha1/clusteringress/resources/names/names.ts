/**
 * The name of what is made of a ClusterIngress.
 */
import type { KObject } from '../../../../../../apiserver/store.ts';

/**
 * The same name; the namespace is Knative's own.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/names/names.go VirtualService
 */
export function virtualService({ metadata }: KObject): string {
  return metadata.name;
}
