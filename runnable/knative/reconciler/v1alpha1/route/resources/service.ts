/**
 * The placeholder: a k8s Service without pods, so that the Route's name
 * resolves inside the cluster, to where the ingress takes requests.
 */
import type {
  K8sService,
  ServiceSpec,
} from '../../../../apis/core/v1/types.ts';
import type { ClusterIngressObject } from '../../../../apis/networking/v1alpha1/clusteringress-types.ts';
import type { RouteObject } from '../../../../apis/serving/v1alpha1/route-types.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';
import * as names from './names/names.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/service.go MakeK8sService
 * @throws {Error} while the ingress does not say where it takes requests
 */
export function makeK8sService(
  route: RouteObject,
  ingress: ClusterIngressObject,
): K8sService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: names.k8sService(route),
      namespace: route.metadata.namespace ?? '',
      // Names it as controller, so that the placeholder goes with the Route.
      ownerReferences: [newControllerRef(route)],
    },
    spec: makeServiceSpec(ingress),
  };
}

/**
 * An alias for a name inside the cluster, or else for one outside. Within a
 * mesh the proxies do the routing, and any address will do.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/service.go makeServiceSpec
 * @throws {Error} when there is no way in, or more than one, or a bare address
 */
export function makeServiceSpec(ingress: ClusterIngressObject): ServiceSpec {
  const [balancer, ...others] = ingress.status?.loadBalancer?.ingress ?? [];
  if (others.length > 0) {
    throw new Error(
      `more than one ingress are specified in status(LoadBalancer) of ClusterIngress ${ingress.metadata.name}`,
    );
  }
  const name = balancer?.domainInternal || balancer?.domain;
  if (name) return { type: 'ExternalName', externalName: name };
  if (balancer?.meshOnly) {
    return { type: 'ClusterIP', ports: [{ name: 'http', port: 80 }] };
  }
  throw new Error('failed to fetch loadbalancer domain/IP from ingress status');
}
