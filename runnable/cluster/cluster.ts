/**
 * The rest of a cluster, as one process: who makes pods of Deployments, lists
 * their addresses and lets requests in.
 *
 * Scaffolding. Its caches are its own, so that it may know less, or know it
 * later, than the controllers do.
 */
import { endpoints, services } from '../apiserver/kinds.ts';
import type { ClientOptions } from '../apiserver/memory-client.ts';
import type { MemoryStore } from '../apiserver/memory-store.ts';
import { SharedInformerFactory } from '../client-go/informers/factory.ts';
import type { Lister } from '../client-go/tools/cache/listers.ts';
import type { Sim } from '../sim/sim.ts';
import { backendsOf } from './backends.ts';
import { DeploymentController } from './deployment-controller.ts';
import { EndpointsController } from './endpoints-controller.ts';
import { Gateway } from './gateway.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { Network } from './network.ts';
import { Node } from './node.ts';
import type { NodeOptions } from './node.ts';
import type { Endpoints, Service } from './types.ts';

/** Where the gateway can be reached; the articles call 10.96.199.35. */
export const gatewayAddress = '10.96.199.35:80';

export interface ClusterOptions extends NodeOptions {
  /** How late the Kubernetes side learns of changes; 1 ms by default. */
  readonly kubernetes?: ClientOptions;
  /** How late the gateway does. */
  readonly istio?: ClientOptions;
}

export class Cluster {
  readonly network: Network;
  readonly gateway: Gateway;
  readonly node: Node;
  readonly #sim: Sim;
  readonly #listers: {
    readonly services: Lister<Service>;
    readonly endpoints: Lister<Endpoints>;
  };
  readonly #caches: readonly SharedInformerFactory[];
  readonly #controllers: readonly { start(): void }[];

  constructor(sim: Sim, store: MemoryStore, options: ClusterOptions = {}) {
    const { kubernetes = {}, istio = {} } = options;
    this.network = new Network(sim);
    const api = cachesOf(sim, store, kubernetes);
    const pilot = cachesOf(sim, store, istio);
    this.#sim = sim;
    this.#listers = {
      services: api.caches.forResource<Service>(services).lister(),
      endpoints: api.caches.forResource<Endpoints>(endpoints).lister(),
    };
    this.#caches = [api.caches, pilot.caches];
    this.#controllers = [
      new DeploymentController(sim, api.store, api.caches),
      new EndpointsController(sim, api.store, api.caches),
    ];
    this.node = new Node(sim, api, this.network, options);
    this.gateway = new Gateway(sim, pilot.caches, this.network);
    this.gateway.listen(gatewayAddress);
  }

  /** Fills the caches and starts the controllers. */
  async start(signal: AbortSignal): Promise<void> {
    for (const factory of this.#caches) factory.start(signal);
    for (const factory of this.#caches) await factory.waitForCacheSync();
    for (const controller of this.#controllers) controller.start();
  }

  /**
   * Sends a request to a Kubernetes Service, by its name in the cluster's DNS
   * and a port: `a.b.svc.cluster.local:80`.
   *
   * @throws {Error} when nobody is ready behind it
   */
  async send(
    from: string,
    target: string,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    const [host = '', port = '80'] = target.split(':');
    const destination = { host, port: { number: Number(port) } };
    const found = backendsOf(destination, this.#listers);
    if (found.length === 0) {
      throw new Error(`dial tcp ${target}: connect: connection refused`);
    }
    const address = this.#sim.chance.pick(found);
    return this.network.call(from, address, request);
  }

  /** A request of somebody outside, as `curl` sends one. */
  async request(request: HttpRequest): Promise<HttpResponse> {
    return this.network.call('user', gatewayAddress, request);
  }
}

function cachesOf(
  sim: Sim,
  memory: MemoryStore,
  options: ClientOptions,
): {
  readonly store: ReturnType<MemoryStore['client']>;
  readonly caches: SharedInformerFactory;
} {
  const store = memory.client(sim, {
    answerAfter: (verb) => (verb === 'list' ? 0 : 2),
    ...options,
  });
  return { store, caches: new SharedInformerFactory(sim, store, 0) };
}
