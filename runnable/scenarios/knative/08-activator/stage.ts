/**
 * The stage of this chapter: a gateway, the real activator, the autoscaler's
 * process, the real revision controller, and a cluster.
 *
 * The route controller is played: when a Revision is active again, the
 * scenario writes the VirtualService that it would have written.
 */
import {
  configMaps,
  deployments,
  endpoints,
  services,
} from '../../../apiserver/kinds.ts';
import type { KObject } from '../../../apiserver/store.ts';
import { ImageRegistry } from '../../../cluster/image-registry.ts';
import type {
  Endpoints,
  Service,
  VirtualService,
} from '../../../cluster/types.ts';
import type { HttpResponse } from '../../../knative/http/http.ts';
import {
  images,
  podAutoscalers,
  revisions,
  virtualServices,
} from '../../../knative/apis/resources.ts';
import { main } from '../../../knative/cmd/activator/main.ts';
import type { ActivatorProcess } from '../../../knative/cmd/activator/main.ts';
import type { BreakerParams } from '../../../knative/queue/breaker.ts';
import {
  kResourceTypedInformerFactory,
  newController,
} from '../../../knative/reconciler/v1alpha1/revision/controller.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { namespace, revisionName } from '../scaling/objects.ts';
import { ScalingStage } from '../scaling/stage.ts';
import type { Surroundings } from '../scaling/stage.ts';

const system = 'knative-serving';
const host = 'helloworld-go.default.example.com';
const activatorAddress = '10.0.1.1';
const inactiveFor = 40_000;

export interface World extends Surroundings {
  readonly containerConcurrency?: number;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Limits of the activator; upstream's where nothing is said. */
  readonly breakerParams?: BreakerParams;
}

export class Stage extends ScalingStage {
  readonly #world: World;
  readonly #registry: ImageRegistry;
  #activator: ActivatorProcess | undefined;

  constructor(sim: Sim, ports: Ports, world: World) {
    const { containerConcurrency = 0, annotations = {} } = world;
    super(
      sim,
      {
        containerConcurrency,
        annotations,
        replicas: 0,
        active: 'False',
        since: sim.now() - inactiveFor,
      },
      world,
    );
    this.#world = world;
    this.#registry = new ImageRegistry(sim, (bytes) => ports.sha256(bytes));
    this.store.load(services, [activatorService()]);
    this.store.load(endpoints, [activatorEndpoints()]);
    this.store.load(virtualServices, [virtualService('activator')]);
  }

  /** Starts everybody. */
  async open(): Promise<void> {
    await this.survey();
    await this.startCluster();
    await this.startAutoscaler();
    await this.#startRevisionController();
    await this.#startActivator();
  }

  async #startRevisionController(): Promise<void> {
    const { signal } = new AbortController();
    await this.start((common, caches) => ({
      revision: newController(
        common,
        {
          revisions: caches.forResource(revisions),
          podAutoscalers: caches.forResource(podAutoscalers),
          images: caches.forResource(images),
          deployments: caches.forResource(deployments),
          services: caches.forResource(services),
          endpoints: caches.forResource(endpoints),
          configMaps: caches.forResource(configMaps),
        },
        {
          registry: this.#registry,
          builds: kResourceTypedInformerFactory(common, signal),
        },
      ),
    }));
  }

  async #startActivator(): Promise<void> {
    const { breakerParams } = this.#world;
    const activator = await main({
      sim: this.sim,
      store: this.reach(this.sim),
      podName: 'activator-1',
      transport: this.transportFrom('activator-upstream'),
      dial: () => this.dial(this.sim, 'activator-1'),
      ...(breakerParams === undefined ? {} : { breakerParams }),
    });
    this.#activator = activator;
    this.cluster.network.listen(
      {
        address: `${activatorAddress}:8080`,
        side: 'activator',
        task: 'activator request',
      },
      activator.handler,
    );
  }

  /** The last pod's last measurement comes, and then a request is due. */
  async afterTheLast(): Promise<void> {
    await this.at(1500);
    this.rememberZero();
    await this.at(5000);
  }

  /** What a user asks for with `curl`. */
  async curl(): Promise<HttpResponse> {
    return this.cluster.request({
      method: 'GET',
      path: '/',
      host,
      headers: [],
      body: '',
    });
  }

  /** Sends the traffic to the pods, as the route controller would have it. */
  async writeRoute(): Promise<void> {
    const client = this.reach(this.sim).resource<VirtualService>(
      virtualServices,
    );
    const { metadata } = await client.get(system, 'route-helloworld-go');
    await client.update({ ...virtualService('revision'), metadata });
  }

  /** How many requests the activator lets through at once. */
  get capacity(): number | undefined {
    const key = `${namespace}/${revisionName}`;
    return this.#activator?.throttler.capacities.get(key);
  }
}

const ports = [{ name: 'http', port: 80, targetPort: 8080 }];

function activatorService(): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'activator-service', namespace: system },
    spec: { ports },
  };
}

function activatorEndpoints(): Endpoints {
  const addresses = [{ ip: activatorAddress }];
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'activator-service', namespace: system },
    subsets: [{ addresses, ports: [{ name: 'http', port: 8080 }] }],
  };
}

/** Where the gateway sends requests for the host. */
function virtualService(
  to: 'activator' | 'revision',
): VirtualService & KObject {
  const name =
    to === 'activator'
      ? `activator-service.${system}`
      : `${revisionName}-service.${namespace}`;
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'VirtualService',
    metadata: { name: 'route-helloworld-go', namespace: system },
    spec: {
      gateways: ['knative-ingress-gateway'],
      hosts: [host],
      http: [
        {
          match: [{}],
          route: [
            {
              destination: {
                host: `${name}.svc.cluster.local`,
                port: { number: 80 },
              },
              weight: 100,
            },
          ],
          ...(to === 'revision'
            ? {}
            : {
                appendHeaders: {
                  'knative-serving-namespace': namespace,
                  'knative-serving-revision': revisionName,
                },
              }),
        },
      ],
    },
  };
}
