/**
 * The stage of this chapter: the real revision controller with two workers, a
 * registry of images, and a cluster that makes pods of Deployments.
 *
 * The configuration controller and the autoscaler are played: what they would
 * write, the scenario writes.
 */
import {
  configMaps,
  deployments,
  endpoints,
  services as k8sServices,
} from '../../../apiserver/kinds.ts';
import type { Store } from '../../../apiserver/store.ts';
import { Cluster } from '../../../cluster/cluster.ts';
import type { PodPlan } from '../../../cluster/node.ts';
import { ImageRegistry } from '../../../cluster/image-registry.ts';
import type { RegistryOptions } from '../../../cluster/image-registry.ts';
import type { PodAutoscalerObject } from '../../../knative/apis/autoscaling/v1alpha1/pa-types.ts';
import type { Deployment } from '../../../knative/apis/apps/v1/types.ts';
import type { Image } from '../../../knative/apis/caching/v1alpha1/image-types.ts';
import type {
  Endpoints,
  K8sService,
} from '../../../knative/apis/core/v1/types.ts';
import type { ConfigMap } from '../../../knative/configmap/watcher.ts';
import {
  configurations,
  images,
  podAutoscalers,
  revisions,
} from '../../../knative/apis/resources.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import {
  kResourceTypedInformerFactory,
  newController,
} from '../../../knative/reconciler/v1alpha1/revision/controller.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { KnativeStage } from '../stage.ts';
import { configuration } from './objects.ts';

/** What the world is like beyond the controller. */
export interface World extends RegistryOptions {
  /** How it goes with a pod; ready after 1,750 ms if this says nothing. */
  readonly pods?: PodPlan;
}

export class Stage extends KnativeStage {
  readonly registry: ImageRegistry;
  /** The API as everybody reaches it who is played. */
  readonly api: Store;
  readonly #cluster: Cluster;

  constructor(sim: Sim, ports: Ports, { pods = {}, ...world }: World = {}) {
    super(sim, configuration());
    this.registry = new ImageRegistry(sim, (b) => ports.sha256(b), world);
    this.api = this.store.client(sim);
    this.#cluster = new Cluster(sim, this.store, { plan: () => pods });
    this.store.load(configurations, [configuration()]);
  }

  /** Starts the cluster, then the caches and the controller. */
  async startController(): Promise<void> {
    const { signal } = new AbortController();
    await this.#cluster.start(signal);
    await this.start((common, caches) => {
      const builds = kResourceTypedInformerFactory(common, signal);
      const informers = {
        revisions: caches.forResource<RevisionObject>(revisions),
        podAutoscalers: caches.forResource<PodAutoscalerObject>(podAutoscalers),
        images: caches.forResource<Image>(images),
        deployments: caches.forResource<Deployment>(deployments),
        services: caches.forResource<K8sService>(k8sServices),
        endpoints: caches.forResource<Endpoints>(endpoints),
        configMaps: caches.forResource<ConfigMap>(configMaps),
      };
      const outside = { registry: this.registry, builds };
      return { revision: newController(common, informers, outside) };
    });
  }

  /** The PodAutoscaler of a Revision, which has the same name. */
  podAutoscaler(name: string): PodAutoscalerObject | undefined {
    return this.store.peek(podAutoscalers, this.namespace, name);
  }

  /** What a run of this chapter ends with. */
  get result(): readonly RevisionObject[] {
    return this.revisions;
  }
}
