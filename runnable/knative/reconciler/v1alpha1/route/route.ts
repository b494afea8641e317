/**
 * The route controller: gives a Route its traffic, its domain, and an ingress
 * that does what the traffic says.
 *
 * Nothing of it is built before every target has been led back to a Revision
 * that can serve. A target that is missing or not ready leaves all as it was:
 * what was configured before keeps serving.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import type { Sim } from '../../../../sim/sim.ts';
import type { K8sService } from '../../../apis/core/v1/types.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import type { ClusterIngressObject } from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import { routes } from '../../../apis/resources.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { Route } from '../../../apis/serving/v1alpha1/route-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import { KubeClient } from '../../../client/kube-client.ts';
import { NetworkingV1alpha1Client } from '../../../client/networking-client.ts';
import type { Impl as Tracker } from '../../../tracker/enqueue.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import type { Config, Store } from './config/store.ts';
import {
  deleteClusterIngressesForRoute,
  reconcileClusterIngress,
  reconcilePlaceholderService,
} from './reconcile-resources.ts';
import type { Context } from './reconcile-resources.ts';
import { makeClusterIngress } from './resources/cluster-ingress.ts';
import * as names from './resources/names/names.ts';
import { ingressClassForRoute, objectRef, routeDomain } from './route-facts.ts';
import { reconcileTargetRevisions } from './target-revisions.ts';
import type { Config as Traffic } from './traffic/targets.ts';
import { buildTrafficConfiguration } from './traffic/traffic.ts';

/** Keeps a Route until its ClusterIngress is gone. */
const routeFinalizer = 'routes.serving.knative.dev';

/** The caches that the controller reads. */
export interface Listers {
  readonly routes: Lister<RouteObject>;
  readonly configurations: Lister<ConfigurationObject>;
  readonly revisions: Lister<RevisionObject>;
  readonly services: Lister<K8sService>;
  readonly clusterIngresses: Lister<ClusterIngressObject>;
}

/** What the controller has beside its caches. */
export interface Parts {
  readonly configStore: Store;
  readonly tracker: Tracker;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go Reconciler
 */
export class Reconciler extends Base implements Context {
  readonly sim: Sim;
  readonly listers: Listers;
  readonly kubeClient: KubeClient;
  readonly networkingClient: NetworkingV1alpha1Client;
  readonly #configStore: Store;
  readonly #tracker: Tracker;

  constructor(options: Options, listers: Listers, parts: Parts) {
    super(options, 'route-controller');
    this.sim = options.sim;
    this.listers = listers;
    this.kubeClient = new KubeClient(options.store);
    this.networkingClient = new NetworkingV1alpha1Client(options.store);
    this.#configStore = parts.configStore;
    this.#tracker = parts.tracker;
  }

  /**
   * Looks at the Route that `key` names and does what is missing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const config = this.#configStore.load();
    const [namespace, name] = split;
    const original = this.listers.routes.byNamespace(namespace).get(name);
    if (original === undefined) {
      this.logger.errorf('route %q in work queue no longer exists', key);
      return;
    }
    const route = new Route(original, this.clock);
    try {
      await this.#reconcile(route, config);
    } finally {
      // Also after an error; an error of this write hides the first.
      if (!semanticDeepEqual(original.status, route.status)) {
        await this.#writeStatus(route);
      }
    }
  }

  /**
   * The traffic, a word to the Revisions that get it, the addresses, the
   * finalizer, the ingress, the placeholder: in this order, so that whatever
   * must be cleaned up is made after what makes sure that it will be.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.reconcile
   */
  async #reconcile(route: Route, config: Config): Promise<void> {
    if (route.metadata.deletionTimestamp !== undefined) {
      await this.#reconcileDeletion(route);
      return;
    }
    route.status.initializeConditions();

    this.logger.infof('Reconciling route: %v', route.spec);
    const traffic = this.#configureTraffic(route);
    if (traffic === undefined) return;
    const { targets } = traffic;

    const debounce = config.gc.staleRevisionLastpinnedDebounce;
    await reconcileTargetRevisions(this, route, targets, debounce);

    route.status.domain = routeDomain(route, config);
    route.status.domainInternal = names.k8sServiceFullname(route);
    route.status.address = { hostname: names.k8sServiceFullname(route) };

    // From here on there is something that must be cleaned up.
    await this.#ensureFinalizer(route);

    const ingressClass = ingressClassForRoute(route, config);
    const desired = makeClusterIngress(route, targets, ingressClass);
    const ingress = await reconcileClusterIngress(this, route, desired);
    route.status.propagateClusterIngressStatus(ingress.status ?? {});

    await reconcilePlaceholderService(this, route, ingress);
    route.status.observedGeneration = route.metadata.generation;
    this.logger.infof('Route successfully synced');
  }

  /**
   * Deletes the ClusterIngress and then lets the Route go, when it is this
   * controller's turn: finalizers are worked off from the first to the last.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.reconcileDeletion
   * @story on store.update: With the ClusterIngress deleted, the route
   *   controller takes its finalizer off, and nothing holds the Route any more.
   */
  async #reconcileDeletion(route: Route): Promise<void> {
    const { spec, metadata } = route;
    const [first, ...others] = metadata.finalizers ?? [];
    if (first !== routeFinalizer) return;

    this.logger.infof('Cleaning up ClusterIngress');
    await deleteClusterIngressesForRoute(this, route);

    this.logger.infof('Removing Finalizer');
    await this.servingClient.routes.update({
      apiVersion: route.apiVersion,
      kind: route.kind,
      metadata: { ...metadata, finalizers: others },
      spec,
      status: deepCopy(route.status),
    });
  }

  /**
   * Works out who gets the traffic, tracks all that was found, and says in
   * the status what came of it. What was not found is not tracked, so nothing
   * but the Route's own changes leads back here when it appears.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.configureTraffic
   * @omits an error that is no target's, which upstream's builder never
   *   returns
   * @returns undefined while something is wrong with a target
   */
  #configureTraffic(route: Route): Traffic | undefined {
    const { namespace = '' } = route.metadata;
    const { config, error } = buildTrafficConfiguration(
      {
        configurations: this.listers.configurations.byNamespace(namespace),
        revisions: this.listers.revisions.byNamespace(namespace),
      },
      route.spec.traffic ?? [],
      this.clock,
    );
    for (const { metadata } of config.configurations.values()) {
      this.#track('Configuration', metadata.name, route);
    }
    for (const { metadata, status } of config.revisions.values()) {
      if (status.isActivationRequired()) {
        const format = 'Revision %s/%s is inactive';
        this.logger.infof(format, metadata.namespace, metadata.name);
      }
      this.#track('Revision', metadata.name, route);
    }
    if (error !== undefined) {
      this.logger.infof('Marking bad traffic target: %v', error);
      error.markBadTrafficTarget(route.status);
      return undefined;
    }
    route.status.traffic = config.getRevisionTrafficTargets();
    route.status.markTrafficAssigned();
    return config;
  }

  #track(kind: string, name: string, route: Route): void {
    const { namespace = '' } = route.metadata;
    const key = `${namespace}/${route.metadata.name}`;
    this.#tracker.track(objectRef(kind, namespace, name), key);
  }

  /**
   * Makes sure that a deleted Route waits for this controller. The version
   * that was read goes along, so that a change in between is noticed.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.ensureFinalizer
   * @story on store.patch: Before the first ClusterIngress is made, the route
   *   controller puts its finalizer on the Route, so that a deleted Route waits
   *   for it.
   */
  async #ensureFinalizer(route: Route): Promise<void> {
    const { name, namespace = '', resourceVersion = '' } = route.metadata;
    const present = route.metadata.finalizers ?? [];
    if (present.includes(routeFinalizer)) return;
    // Sorted, whatever order the others had.
    const finalizers = [...new Set([...present, routeFinalizer])].sort();
    await this.servingClient.routes.patch(namespace, name, {
      type: 'merge',
      body: { metadata: { finalizers, resourceVersion } },
    });
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/route.go Reconciler.Reconcile (part)
   */
  async #writeStatus(route: Route): Promise<void> {
    try {
      await this.#updateStatus(route);
    } catch (error) {
      const format = 'Failed to update status for Route %q: %v';
      const { name } = route.metadata;
      this.warning(route, 'UpdateFailed', format, name, error);
      throw error;
    }
  }

  /**
   * Puts the new status on a fresh copy of the cached Route.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.updateStatus
   * @story when desired.spec.traffic.1: on store.updateStatus: The route
   *   controller writes into the status what has become of the Route's targets.
   */
  async #updateStatus(desired: Route): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const route = this.listers.routes.byNamespace(namespace).get(name);
    if (route === undefined) throw notInCache(routes, name);
    if (deepEqual(route.status, desired.status)) return;
    const status = deepCopy(desired.status);
    await this.servingClient.routes.updateStatus({
      ...deepCopy(route),
      status,
    });
  }
}
