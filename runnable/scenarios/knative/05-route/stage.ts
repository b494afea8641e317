/**
 * The stage of this chapter: the real route controller and the real labeler,
 * and in one scenario the service controller, which writes the Route.
 *
 * The controllers of Configuration, Revision and ClusterIngress are played:
 * what they would write, the scenario writes.
 */
import { services as coreServices } from '../../../apiserver/kinds.ts';
import type { KObject } from '../../../apiserver/store.ts';
import type { ClientOptions } from '../../../apiserver/memory-client.ts';
import type { ClusterIngressObject } from '../../../knative/apis/networking/v1alpha1/clusteringress-types.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
} from '../../../knative/apis/resources.ts';
import type { RouteObject } from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import { NetworkingV1alpha1Client } from '../../../knative/client/networking-client.ts';
import { newRouteToConfigurationController } from '../../../knative/reconciler/v1alpha1/labeler/controller.ts';
import { newController as newRouteController } from '../../../knative/reconciler/v1alpha1/route/controller.ts';
import { newController as newServiceController } from '../../../knative/reconciler/v1alpha1/service/controller.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { helloworld } from '../helloworld.ts';
import { KnativeStage } from '../stage.ts';
import type { SetUp } from '../stage.ts';

/** What a scenario may want beside the route controller and the labeler. */
export interface Extras extends ClientOptions {
  readonly withService?: boolean;
}

export class Stage extends KnativeStage {
  /** What the Route is called, which may have a name of its own. */
  readonly routeName: string;
  /** How the played clusteringress controller reaches the API. */
  readonly networkingClient: NetworkingV1alpha1Client;
  readonly #ports: Ports;

  /** @param route the reader's, in whose namespace everything is then */
  constructor(sim: Sim, ports: Ports, route?: KObject) {
    const service = helloworld();
    const { name, namespace = 'default' } = (route ?? service).metadata;
    super(sim, { ...service, metadata: { ...service.metadata, namespace } });
    this.routeName = name;
    this.networkingClient = new NetworkingV1alpha1Client(
      this.store.client(sim),
    );
    this.#ports = ports;
  }

  /**
   * Starts a process with caches and controllers of its own.
   *
   * @returns the process, to be killed
   */
  async startControllers(extras: Extras = {}): Promise<Sim> {
    const { withService = false, ...options } = extras;
    const process = this.sim.process();
    const setUp: SetUp = (common, caches) => {
      const informers = {
        routes: caches.forResource(routes),
        configurations: caches.forResource(configurations),
        revisions: caches.forResource(revisions),
      };
      const route = newRouteController(
        common,
        {
          ...informers,
          services: caches.forResource(coreServices),
          clusterIngresses: caches.forResource(clusterIngresses),
        },
        (text) => this.#ports.parseYaml(text),
      );
      const labeler = newRouteToConfigurationController(common, informers);
      if (!withService) return { route, labeler };
      const service = newServiceController(common, {
        ...informers,
        services: caches.forResource(services),
      });
      return { route, labeler, service };
    };
    await this.start(setUp, options, process);
    return process;
  }

  /** Also reads what this chapter's controllers write. */
  override async survey(): Promise<void> {
    await super.survey();
    const api = this.store.client(this.sim, { answerAfter: 0 });
    for (const gvr of [clusterIngresses, coreServices]) {
      for (const { metadata } of this.store.peekAll(gvr)) {
        const { namespace = '', name } = metadata;
        await api.resource(gvr).get(namespace, name);
      }
    }
  }

  /** The name that the API server makes for the nth Revision. */
  nth(count: number): string {
    return `${this.name}-${String(count).padStart(5, '0')}`;
  }

  override get route(): RouteObject | undefined {
    return this.store.peek(routes, this.namespace, this.routeName);
  }

  get ingress(): ClusterIngressObject | undefined {
    return this.store.peekAll<ClusterIngressObject>(clusterIngresses)[0];
  }

  /** What a run of this chapter ends with. */
  get result(): unknown {
    return {
      route: this.route,
      ingress: this.ingress,
      configuration: this.configuration,
    };
  }
}
