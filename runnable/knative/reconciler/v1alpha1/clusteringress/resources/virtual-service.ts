/**
 * The VirtualService that says in Istio's words what a ClusterIngress says.
 *
 * A gateway sees one request at a time and knows of it the host, the path and
 * the port. So every rule becomes a list of regular expressions for hosts, and
 * the shares of its Services become weights.
 */
import { sortBy } from '../../../../../sim/sort-by.ts';
import type {
  HTTPMatchRequest,
  HTTPRoute,
  PortSelector,
  VirtualServiceObject,
  VirtualServiceSpec,
} from '../../../../apis/istio/v1alpha3/virtualservice-types.ts';
import { clusterIngressLabelKey } from '../../../../apis/networking/register.ts';
import type {
  ClusterIngressObject,
  HTTPClusterIngressPath,
} from '../../../../apis/networking/v1alpha1/clusteringress-types.ts';
import {
  routeLabelKey,
  routeNamespaceLabelKey,
} from '../../../../apis/serving/register.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';
import { namespace } from '../../../../system/names.ts';
import { durationString } from '../../../../time/duration.ts';
import { getClusterDomainName } from '../../../../utils/utils.ts';
import { getK8sServiceFullname } from '../../../names.ts';
import { virtualService } from './names/names.ts';

/**
 * The VirtualService that a ClusterIngress wants to exist. It belongs to the
 * ClusterIngress and carries its annotations, so that the class is the same.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go MakeVirtualService
 */
export function makeVirtualService(
  ci: ClusterIngressObject,
  gateways: readonly string[],
): VirtualServiceObject {
  const { name, annotations, labels = {} } = ci.metadata;
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'VirtualService',
    metadata: {
      name: virtualService(ci),
      namespace: namespace(),
      ownerReferences: [newControllerRef(ci)],
      ...(annotations === undefined ? {} : { annotations }),
      labels: {
        [clusterIngressLabelKey]: name,
        [routeLabelKey]: labels[routeLabelKey] ?? '',
        [routeNamespaceLabelKey]: labels[routeNamespaceLabelKey] ?? '',
      },
    },
    spec: makeVirtualServiceSpec(ci, gateways),
  };
}

/**
 * Bound to the gateways, for requests from outside, and to the mesh, for
 * those of other pods.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go makeVirtualServiceSpec
 */
function makeVirtualServiceSpec(
  ci: ClusterIngressObject,
  gateways: readonly string[],
): VirtualServiceSpec {
  const { rules = [] } = ci.spec ?? {};
  return {
    gateways: [...gateways, 'mesh'],
    hosts: getHosts(ci),
    http: rules.flatMap(({ hosts = [], http }) =>
      (http?.paths ?? []).map((path) => makeVirtualServiceRoute(hosts, path)),
    ),
  };
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go makePortSelector
 */
function makePortSelector(port: number | string): PortSelector {
  return typeof port === 'number' ? { number: port } : { name: port };
}

/**
 * What becomes of requests for `hosts` on one path.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go makeVirtualServiceRoute
 * @differs upstream would panic where the path's timeouts are missing, which
 *   the defaults of a ClusterIngress rule out
 */
export function makeVirtualServiceRoute(
  hosts: readonly string[],
  http: HTTPClusterIngressPath,
): HTTPRoute {
  const { splits = [], timeout, retries, appendHeaders } = http;
  return {
    match: expandedHosts(hosts).map((host) => makeMatch(host, http.path ?? '')),
    route: splits.map((split) => ({
      destination: {
        host: getK8sServiceFullname(split.serviceName, split.serviceNamespace),
        port: makePortSelector(split.servicePort),
      },
      weight: split.percent ?? 0,
    })),
    timeout: durationString(timeout ?? '0s'),
    retries: {
      attempts: retries?.attempts ?? 0,
      perTryTimeout: durationString(retries?.perTryTimeout ?? '0s'),
    },
    ...(appendHeaders === undefined ? {} : { appendHeaders }),
    websocketUpgrade: true,
  };
}

/**
 * Each host once, in order of the alphabet.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go dedup
 */
function dedup(hosts: readonly string[]): string[] {
  return sortBy([...new Set(hosts)], (host) => host);
}

/**
 * The hosts and the shorter names under which the cluster's DNS finds them:
 * `a.b.svc.cluster.local` may also be asked for as `a.b.svc` and as `a.b`.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go expandedHosts
 */
export function expandedHosts(hosts: readonly string[]): string[] {
  const domain = getClusterDomainName();
  const suffixes = ['', `.${domain}`, `.svc.${domain}`];
  return dedup(
    hosts.flatMap((host) =>
      suffixes
        .filter((suffix) => host.endsWith(suffix))
        .map((suffix) => host.slice(0, host.length - suffix.length)),
    ),
  );
}

/**
 * An empty path matches every path.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go makeMatch
 */
function makeMatch(host: string, pathRegExp: string): HTTPMatchRequest {
  const authority = { regex: hostRegExp(host) };
  return pathRegExp === ''
    ? { authority }
    : { authority, uri: { regex: pathRegExp } };
}

/**
 * The host itself, with or without a port behind it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go hostRegExp
 */
export function hostRegExp(host: string): string {
  const quoted = host.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&');
  return `^${quoted}(?::\\d{1,5})?$`;
}

/**
 * The hosts of all rules. The shorter names are only in the matches.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/resources/virtual_service.go getHosts
 */
function getHosts({ spec }: ClusterIngressObject): string[] {
  return dedup((spec?.rules ?? []).flatMap(({ hosts = [] }) => hosts));
}
