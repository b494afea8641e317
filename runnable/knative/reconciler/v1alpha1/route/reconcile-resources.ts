/**
 * What a Route needs beside itself: a ClusterIngress, and a placeholder in
 * the cluster's DNS.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import type { EventRecorder } from '../../../../client-go/tools/record/event.ts';
import type { Sim } from '../../../../sim/sim.ts';
import type { K8sService } from '../../../apis/core/v1/types.ts';
import { semanticDeepEqual } from '../../../apis/equality/equality.ts';
import type { ClusterIngressObject } from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import {
  routeLabelKey,
  routeNamespaceLabelKey,
} from '../../../apis/serving/register.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type {
  Route,
  RouteObject,
} from '../../../apis/serving/v1alpha1/route-types.ts';
import type { KubeClient } from '../../../client/kube-client.ts';
import type { NetworkingV1alpha1Client } from '../../../client/networking-client.ts';
import type { ServingV1alpha1Client } from '../../../client/serving-client.ts';
import { isControlledBy } from '../../../kmeta/owner-references.ts';
import type { SugaredLogger } from '../../../logging/logger.ts';
import * as names from './resources/names/names.ts';
import { makeK8sService } from './resources/service.ts';

/** What the route controller reads and writes with. */
export interface Context {
  readonly sim: Sim;
  readonly kubeClient: KubeClient;
  readonly networkingClient: NetworkingV1alpha1Client;
  readonly servingClient: ServingV1alpha1Client;
  readonly recorder: EventRecorder;
  readonly logger: SugaredLogger;
  readonly listers: {
    readonly revisions: Lister<RevisionObject>;
    readonly services: Lister<K8sService>;
    readonly clusterIngresses: Lister<ClusterIngressObject>;
  };
}

/**
 * The ClusterIngress of a Route: by its name, or by its labels, as those of
 * older releases had other names. Undefined when the cache has none.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.getClusterIngressForRoute
 * @differs the error lists names, and upstream's the addresses of objects
 * @throws {Error} when labels lead to more than one
 */
function getClusterIngressForRoute(
  c: Context,
  route: RouteObject,
): ClusterIngressObject | undefined {
  const { name, namespace = '' } = route.metadata;
  const lister = c.listers.clusterIngresses;
  const found = lister.get(names.clusterIngress(route));
  if (found !== undefined) return found;
  const ingresses = lister.list(routeOwnerLabelSelector(route));
  if (ingresses.length > 1) {
    throw new Error(
      sprintf(
        'more than one ClusterIngress are found for route %s/%s: %v',
        namespace,
        name,
        ingresses.map(({ metadata }) => metadata.name),
      ),
    );
  }
  return ingresses[0];
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go routeOwnerLabelSelector
 */
function routeOwnerLabelSelector({ metadata }: RouteObject): string {
  const { name, namespace = '' } = metadata;
  return `${routeLabelKey}=${name},${routeNamespaceLabelKey}=${namespace}`;
}

/**
 * Deletes whatever ClusterIngress carries the Route's labels. Nobody else
 * would: no owner reference leads from it to the Route.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.deleteClusterIngressesForRoute
 * @story on store.delete: The Route is being deleted and its finalizer comes
 *   first, so the route controller deletes what carries the Route's labels.
 */
export async function deleteClusterIngressesForRoute(
  c: Context,
  route: RouteObject,
): Promise<void> {
  const labelSelector = routeOwnerLabelSelector(route);
  await c.networkingClient.clusterIngresses.deleteCollection({ labelSelector });
}

/**
 * Finds the ClusterIngress or creates it, and repairs one that drifted. Only
 * the spec counts: labels and annotations are never repaired.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcileClusterIngress
 * @story on store.create.refused: The lister has no ClusterIngress for the
 *   Route; the route controller tries to create one and is refused.
 * @story on store.create: The lister has no ClusterIngress for Route
 *   {route.metadata.name}, so the route controller creates one from the
 *   traffic.
 * @story on store.update: The ClusterIngress is not what the traffic asks for
 *   any more, and the route controller replaces its spec.
 */
export async function reconcileClusterIngress(
  c: Context,
  route: Route,
  desired: ClusterIngressObject,
): Promise<ClusterIngressObject> {
  const { clusterIngresses } = c.networkingClient;
  const found = getClusterIngressForRoute(c, route);
  if (found === undefined) return createClusterIngress(c, route, desired);
  if (semanticDeepEqual(found.spec, desired.spec)) return found;
  const { spec } = desired;
  return clusterIngresses.update({
    ...deepCopy(found),
    ...(spec === undefined ? {} : { spec }),
  });
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcileClusterIngress (part)
 */
async function createClusterIngress(
  c: Context,
  route: Route,
  desired: ClusterIngressObject,
): Promise<ClusterIngressObject> {
  const { name, namespace } = route.metadata;
  try {
    const created = await c.networkingClient.clusterIngresses.create(desired);
    const format = 'Created ClusterIngress %q';
    const { name: ingress } = created.metadata;
    c.recorder.eventf(route, 'Normal', 'Created', format, ingress);
    return created;
  } catch (error) {
    c.recorder.eventf(
      route,
      'Warning',
      'CreationFailed',
      'Failed to create ClusterIngress for route %s/%s: %v',
      namespace,
      name,
      error,
    );
    throw error;
  }
}

/**
 * Makes the Route's name resolve inside the cluster. While nobody knows where
 * the ingress takes requests there is nothing to resolve to, and that is no
 * error.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcilePlaceholderService
 * @throws {Error} when a Service of that name belongs to somebody else
 */
export async function reconcilePlaceholderService(
  c: Context,
  route: Route,
  ingress: ClusterIngressObject,
): Promise<void> {
  const { name: routeName, namespace = '' } = route.metadata;
  const name = names.k8sService(route);
  const desired = placeholderFor(c, route, ingress);
  if (desired === undefined) return;
  const service = c.listers.services.byNamespace(namespace).get(name);
  if (service === undefined) {
    await createPlaceholderService(c, route, desired);
  } else if (!isControlledBy(service, route)) {
    route.status.markServiceNotOwned(name);
    const format = 'Route: %q does not own Service: %q';
    throw new Error(sprintf(format, routeName, name));
  } else {
    await repairPlaceholderService(c, service, desired);
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcilePlaceholderService (part)
 */
function placeholderFor(
  c: Context,
  route: Route,
  ingress: ClusterIngressObject,
): K8sService | undefined {
  try {
    return makeK8sService(route, ingress);
  } catch (error) {
    const format = 'Failed to construct placeholder k8s service: %v';
    c.logger.warnf(format, error);
    return undefined;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcilePlaceholderService (part)
 * @story on store.create.refused: No placeholder is in the cache; the
 *   route controller tries to create one and is refused.
 * @story on store.create: The ingress has a way in, so the route controller
 *   creates a Kubernetes Service of the Route's name that leads there.
 */
async function createPlaceholderService(
  c: Context,
  route: Route,
  desired: K8sService,
): Promise<void> {
  const { name } = desired.metadata;
  try {
    await c.kubeClient.services.create(desired);
  } catch (error) {
    const format = 'Failed to create service %q: %v';
    c.recorder.eventf(route, 'Warning', 'CreationFailed', format, name, error);
    throw error;
  }
  c.recorder.eventf(route, 'Normal', 'Created', 'Created service %q', name);
}

/**
 * Replaces the whole spec of a placeholder that drifted.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcilePlaceholderService (part)
 * @story on store.update: The placeholder leads elsewhere than the ingress
 *   says, and the route controller replaces its spec.
 */
async function repairPlaceholderService(
  c: Context,
  service: K8sService,
  desired: K8sService,
): Promise<void> {
  const { spec = {} } = desired;
  if (semanticDeepEqual(service.spec, spec)) return;
  await c.kubeClient.services.update({ ...deepCopy(service), spec });
}
