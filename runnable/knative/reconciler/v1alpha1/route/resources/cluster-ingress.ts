/**
 * The ClusterIngress that a Route wants: a rule for the Route's own hosts, and
 * one for each named target.
 *
 * A Revision with pods is sent to directly. Revisions without pods share one
 * split, to the activator, which holds a request until there is a pod.
 */
import type { Mutable } from '../../../../../apiserver/objects.ts';
import {
  k8sServiceName as activatorServiceName,
  revisionHeaderName,
  revisionHeaderNamespace,
  servicePort as activatorServicePort,
} from '../../../../activator/activator.ts';
import { ingressClassAnnotationKey } from '../../../../apis/networking/register.ts';
import { setPathDefaults } from '../../../../apis/networking/v1alpha1/clusteringress-defaults.ts';
import type {
  ClusterIngressObject,
  ClusterIngressRule,
  HTTPClusterIngressPath,
  IngressSpec,
} from '../../../../apis/networking/v1alpha1/clusteringress-types.ts';
import {
  routeLabelKey,
  routeNamespaceLabelKey,
} from '../../../../apis/serving/register.ts';
import type { RouteObject } from '../../../../apis/serving/v1alpha1/route-types.ts';
import { namespace as systemNamespace } from '../../../../system/names.ts';
import { getClusterDomainName } from '../../../../utils/utils.ts';
import { getServingK8SServiceNameForObj } from '../../../names.ts';
import { servicePort } from '../../revision/resources/constants.ts';
import { defaultTarget, groupTargets } from '../traffic/targets.ts';
import type { Config, RevisionTarget } from '../traffic/targets.ts';
import * as names from './names/names.ts';

type Targets = Config['targets'];

/**
 * Names the Route by labels: a ClusterIngress is in no namespace, so that no
 * owner reference can lead to a Route, which is in one.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go MakeClusterIngress
 * @differs the annotations are copied; upstream adds the class to the map of
 *   its working copy of the Route, which is never written
 * @param route its status must name the domain by now
 */
export function makeClusterIngress(
  route: RouteObject,
  targets: Targets,
  ingressClass: string,
): ClusterIngressObject {
  const { name, namespace = '', annotations } = route.metadata;
  return {
    apiVersion: 'networking.internal.knative.dev/v1alpha1',
    kind: 'ClusterIngress',
    metadata: {
      name: names.clusterIngress(route),
      labels: { [routeLabelKey]: name, [routeNamespaceLabelKey]: namespace },
      annotations: {
        ...annotations,
        [ingressClassAnnotationKey]: ingressClass,
      },
    },
    spec: makeClusterIngressSpec(route, targets),
  };
}

/**
 * A rule for each group of targets, in the order of their names; that of the
 * default group is empty and comes first.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go makeClusterIngressSpec
 */
export function makeClusterIngressSpec(
  route: RouteObject,
  targets: Targets,
): IngressSpec {
  const { namespace = '' } = route.metadata;
  const groups = [...targets.keys()].sort();
  return {
    rules: groups.map((name) =>
      makeClusterIngressRule(
        routeDomains(name, route),
        namespace,
        targets.get(name) ?? [],
      ),
    ),
    visibility: isClusterLocal(route) ? 'ClusterLocal' : 'ExternalIP',
  };
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go isClusterLocal
 */
function isClusterLocal({ status = {} }: RouteObject): boolean {
  return (status.domain ?? '').endsWith(getClusterDomainName());
}

/**
 * The hosts at which a group of targets answers.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go routeDomains
 */
function routeDomains(targetName: string, route: RouteObject): string[] {
  const { domain = '' } = route.status ?? {};
  if (targetName !== defaultTarget) return [`${targetName}.${domain}`];
  // The two are the same for a Route that is only for the cluster.
  return [...new Set([domain, names.k8sServiceFullname(route)])];
}

/**
 * How the requests for some hosts are shared.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go makeClusterIngressRule
 */
export function makeClusterIngressRule(
  hosts: readonly string[],
  namespace: string,
  targets: readonly RevisionTarget[],
): ClusterIngressRule {
  const { active, inactive } = groupTargets(targets);
  const path: Mutable<HTTPClusterIngressPath> = {
    splits: active.map(({ revisionName, percent = 0 }) => ({
      serviceNamespace: namespace,
      serviceName: getServingK8SServiceNameForObj(revisionName),
      servicePort,
      percent,
    })),
  };
  setPathDefaults(path);
  return { hosts, http: { paths: [addInactive(path, namespace, inactive)] } };
}

/**
 * Adds one split for all Revisions without pods. The activator is told of one
 * of them, the one with the largest share, and so all cold requests wake that
 * one. The headers are on every request, those to other Revisions included.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/resources/cluster_ingress.go addInactive
 */
function addInactive(
  path: HTTPClusterIngressPath,
  namespace: string,
  inactive: readonly RevisionTarget[],
): HTTPClusterIngressPath {
  let largest: RevisionTarget | undefined;
  let total = 0;
  for (const target of inactive) {
    const { percent = 0 } = target;
    total += percent;
    // Of equals the last.
    if (percent >= (largest?.percent ?? 0)) largest = target;
  }
  if (largest === undefined || total === 0) return path;
  const split = {
    serviceNamespace: systemNamespace(),
    serviceName: activatorServiceName,
    servicePort: activatorServicePort(largest.protocol),
    percent: total,
  };
  return {
    ...path,
    splits: [...(path.splits ?? []), split],
    appendHeaders: {
      [revisionHeaderName]: largest.revisionName,
      [revisionHeaderNamespace]: namespace,
    },
  };
}
