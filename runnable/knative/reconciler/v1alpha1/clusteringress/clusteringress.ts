/**
 * The clusteringress controller: says in a VirtualService what a ClusterIngress
 * says, and reports where requests come in.
 *
 * It is the last link between the Service a user wrote and the network, and
 * the one place that knows Istio. It believes what it writes: the ingress
 * counts as ready once the VirtualService is stored.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import type { VirtualServiceObject } from '../../../apis/istio/v1alpha3/virtualservice-types.ts';
import { ClusterIngress } from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import type {
  ClusterIngressObject,
  LoadBalancerIngressStatus,
} from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import { clusterIngresses } from '../../../apis/resources.ts';
import { NetworkingV1alpha3Client } from '../../../client/istio-client.ts';
import { NetworkingV1alpha1Client } from '../../../client/networking-client.ts';
import type { Watcher } from '../../../configmap/watcher.ts';
import { isControlledBy } from '../../../kmeta/owner-references.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import type { Gateway, Istio } from './config/istio.ts';
import type { Config } from './config/store.ts';
import { makeVirtualService } from './resources/virtual-service.ts';

/** The caches that the controller reads. */
export interface Listers {
  readonly clusterIngresses: Lister<ClusterIngressObject>;
  readonly virtualServices: Lister<VirtualServiceObject>;
}

/**
 * What tells the controller of gateways.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go configStore
 */
export interface ConfigStore {
  load(): Config;
  watchConfigs(watcher: Watcher): void;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler
 */
export class Reconciler extends Base {
  readonly #listers: Listers;
  readonly #configStore: ConfigStore;
  readonly #networkingClient: NetworkingV1alpha1Client;
  readonly #istioClient: NetworkingV1alpha3Client;

  constructor(options: Options, listers: Listers, configStore: ConfigStore) {
    super(options, 'clusteringress-controller');
    this.#listers = listers;
    this.#configStore = configStore;
    this.#networkingClient = new NetworkingV1alpha1Client(options.store);
    this.#istioClient = new NetworkingV1alpha3Client(options.store);
  }

  /**
   * Looks at the ClusterIngress that `key` names and does what is missing.
   * A namespace in the key is ignored, for a ClusterIngress has none.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const { istio } = this.#configStore.load();
    const [, name] = split;
    const original = this.#listers.clusterIngresses.get(name);
    if (original === undefined) {
      this.logger.errorf(
        'clusteringress %q in work queue no longer exists',
        key,
      );
      return;
    }
    const ci = new ClusterIngress(original, this.clock);
    try {
      await this.#reconcile(ci, istio);
    } finally {
      // Also after an error; an error of this write hides the first.
      if (!semanticDeepEqual(original.status, ci.status)) {
        await this.#writeStatus(ci);
      }
    }
  }

  /**
   * Has the VirtualService written and counts the network as configured by
   * that. Nobody sends a request to find out.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.reconcile
   */
  async #reconcile(ci: ClusterIngress, istio: Istio): Promise<void> {
    if (ci.metadata.deletionTimestamp !== undefined) return;
    ci.setDefaults();
    ci.status.initializeConditions();
    const { name } = ci.metadata;
    this.logger.infof('Reconciling clusterIngress :%v', name);

    const vs = makeVirtualService(ci, gatewayNames(istio, ci));
    this.logger.infof('Creating/Updating VirtualService');
    await this.#reconcileVirtualService(ci, vs);

    ci.status.markNetworkConfigured();
    ci.status.markLoadBalancerReady(getLBStatus(gatewayServiceURL(istio, ci)));
    ci.status.observedGeneration = ci.metadata.generation;
    this.logger.infof('ClusterIngress successfully synced');
  }

  /**
   * Creates the VirtualService, or puts its spec right. Labels, annotations
   * and owners of one that exists stay as they are.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.reconcileVirtualService
   * @story on store.update: The VirtualService says something else than the
   *   ClusterIngress does, so the clusteringress controller replaces its spec.
   * @throws {Error} when another object controls the VirtualService
   */
  async #reconcileVirtualService(
    ci: ClusterIngress,
    desired: VirtualServiceObject,
  ): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const vs = this.#listers.virtualServices.byNamespace(namespace).get(name);
    if (vs === undefined) {
      await this.#createVirtualService(ci, desired);
    } else if (!isControlledBy(vs, ci)) {
      ci.status.markResourceNotOwned('VirtualService', name);
      const format = 'ClusterIngress: %q does not own VirtualService: %q';
      throw new Error(sprintf(format, ci.metadata.name, name));
    } else if (!semanticDeepEqual(vs.spec, desired.spec)) {
      const existing = deepCopy(vs);
      const { spec = {} } = desired;
      await this.#istioClient.virtualServices.update({ ...existing, spec });
      // Upstream's words: it is the spec that was updated.
      const format = 'Updated status for VirtualService %q/%q';
      this.normal(ci, 'Updated', format, namespace, name);
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.reconcileVirtualService (part)
   * @story on store.create.refused: The cache holds no VirtualService
   *   {desired.metadata.name}, and the API server refuses to make another one.
   * @story on store.create: With no VirtualService in the cache, the controller
   *   writes one for ClusterIngress {ci.metadata.name}, in the words that Istio's
   *   gateway reads.
   */
  async #createVirtualService(
    ci: ClusterIngress,
    desired: VirtualServiceObject,
  ): Promise<void> {
    const { name, namespace } = desired.metadata;
    try {
      await this.#istioClient.virtualServices.create(desired);
    } catch (error) {
      const format = 'Failed to create VirtualService %q/%q: %v';
      this.warning(ci, 'CreationFailed', format, namespace, name, error);
      throw error;
    }
    this.normal(ci, 'Created', 'Created VirtualService %q', name);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.Reconcile (part)
   */
  async #writeStatus(ci: ClusterIngress): Promise<void> {
    try {
      await this.#updateStatus(ci);
    } catch (error) {
      const format = 'Failed to update status for ClusterIngress %q: %v';
      const { name } = ci.metadata;
      this.warning(ci, 'UpdateFailed', format, name, error);
      throw error;
    }
  }

  /**
   * Puts the new status on a fresh copy of the cached ClusterIngress.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go Reconciler.updateStatus
   * @story when !ci.status: on store.updateStatus: The ingress is declared ready as
   *   soon as the VirtualService is written; nobody has sent a request to find out.
   */
  async #updateStatus(desired: ClusterIngress): Promise<void> {
    const { name } = desired.metadata;
    const ci = this.#listers.clusterIngresses.get(name);
    if (ci === undefined) throw notInCache(clusterIngresses, name);
    if (deepEqual(ci.status, desired.status)) return;
    const existing = deepCopy(ci);
    existing.status = deepCopy(desired.status);
    await this.#networkingClient.clusterIngresses.updateStatus(existing);
  }
}

/**
 * Where requests come in: a gateway's Service, or nowhere but the mesh.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go getLBStatus
 */
function getLBStatus(
  gatewayServiceURL: string,
): readonly LoadBalancerIngressStatus[] {
  if (gatewayServiceURL === '') return [{ meshOnly: true }];
  return [{ domainInternal: gatewayServiceURL }];
}

/**
 * The Service of the first gateway that fits; '' when there is none.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go gatewayServiceURLFromContext
 */
function gatewayServiceURL(istio: Istio, ci: ClusterIngress): string {
  return gatewaysFor(istio, ci)[0]?.serviceURL ?? '';
}

/**
 * All gateways that fit, each once.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go gatewayNamesFromContext
 */
function gatewayNames(istio: Istio, ci: ClusterIngress): string[] {
  const names = gatewaysFor(istio, ci).map(({ gatewayName }) => gatewayName);
  return dedup(names);
}

/** Those for the world, or those for the cluster alone. */
function gatewaysFor(istio: Istio, ci: ClusterIngress): readonly Gateway[] {
  return ci.isPublic() ? istio.ingressGateways : istio.localGateways;
}

/**
 * Each text once, in the order of their first appearance.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go dedup
 */
function dedup(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
