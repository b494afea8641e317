/**
 * What a Route's own metadata decides: its domain, and whose work its ingress
 * is.
 */
import type { ObjectReference } from '../../../apis/core/v1/types.ts';
import { ingressClassAnnotationKey } from '../../../apis/networking/register.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import type { Config } from './config/store.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go objectRef
 */
export function objectRef(
  kind: string,
  namespace: string,
  name: string,
): ObjectReference {
  return { apiVersion: 'serving.knative.dev/v1alpha1', kind, namespace, name };
}

/**
 * Who is to configure the ingress: as the Route's annotation says, or else as
 * `config-network` does.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go ingressClassForRoute
 */
export function ingressClassForRoute(
  route: RouteObject,
  config: Config,
): string {
  const { annotations = {} } = route.metadata;
  const own = annotations[ingressClassAnnotationKey] ?? '';
  return own === '' ? config.network.defaultClusterIngressClass : own;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go routeDomain
 */
export function routeDomain(route: RouteObject, config: Config): string {
  const { name, namespace = '', labels = {} } = route.metadata;
  const domain = config.domain.lookupDomainForLabels(labels);
  return `${name}.${namespace}.${domain}`;
}
