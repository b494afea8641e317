/**
 * Knative as a whole: the six controllers in one process, the autoscaler in
 * another, and a cluster that makes pods and lets requests in.
 *
 * Nobody of Knative is played. What stands in for Kubernetes and Istio is
 * scaffolding.
 */
import {
  deployments,
  endpoints,
  pods,
  services as k8sServices,
} from '../../apiserver/kinds.ts';
import type { ClientOptions } from '../../apiserver/memory-client.ts';
import type { MemoryStore } from '../../apiserver/memory-store.ts';
import { Cluster } from '../../cluster/cluster.ts';
import type { ClusterOptions } from '../../cluster/cluster.ts';
import type { Handler, HttpRequest, HttpResponse } from '../../cluster/http.ts';
import { ImageRegistry } from '../../cluster/image-registry.ts';
import type { RegistryOptions } from '../../cluster/image-registry.ts';
import type { Pod } from '../../cluster/types.ts';
import type { ClusterIngressObject } from '../../knative/apis/networking/v1alpha1/clusteringress-types.ts';
import type { VirtualServiceObject } from '../../knative/apis/istio/v1alpha3/virtualservice-types.ts';
import {
  clusterIngresses,
  images,
  podAutoscalers,
  virtualServices,
} from '../../knative/apis/resources.ts';
import { revisionLabelKey } from '../../knative/apis/serving/register.ts';
import type { ServiceObject } from '../../knative/apis/serving/v1alpha1/service-types.ts';
import { Config } from '../../knative/autoscaler/config.ts';
import { main as runActivator } from '../../knative/cmd/activator/main.ts';
import { main as runAutoscaler } from '../../knative/cmd/autoscaler/main.ts';
import type { AutoscalerProcess } from '../../knative/cmd/autoscaler/main.ts';
import { newControllers } from '../../knative/cmd/controller/main.ts';
import { QueueProxy } from '../../knative/cmd/queue/main.ts';
import { ManualWatcher } from '../../knative/configmap/watcher.ts';
import { kResourceTypedInformerFactory } from '../../knative/reconciler/v1alpha1/revision/controller.ts';
import { namespace as systemNamespace } from '../../knative/system/names.ts';
import type { Ports } from '../../ports.ts';
import type { Sim } from '../../sim/sim.ts';
import { helloProgram } from './hello-program.ts';
import { KnativeStage } from './stage.ts';

/** What the world is like beyond Knative. */
export interface Surroundings {
  readonly cluster?: Omit<ClusterOptions, 'programs'>;
  readonly registry?: RegistryOptions;
  /** How late the controllers learn of changes. */
  readonly controllers?: ClientOptions;
}

export class ControlPlane extends KnativeStage {
  readonly cluster: Cluster;
  readonly registry: ImageRegistry;
  readonly #ports: Ports;
  readonly #surroundings: Surroundings;
  #autoscaler: AutoscalerProcess | undefined;

  /** @param service what the chapter is about: its name is everybody's */
  constructor(
    sim: Sim,
    ports: Ports,
    service: ServiceObject,
    surroundings: Surroundings = {},
  ) {
    super(sim, service);
    this.#ports = ports;
    this.#surroundings = surroundings;
    this.registry = new ImageRegistry(
      sim,
      (bytes) => ports.sha256(bytes),
      surroundings.registry,
    );
    loadActivatorService(this.store);
    this.cluster = new Cluster(sim, this.store, {
      ...surroundings.cluster,
      programs: (pod) => this.#programs(pod),
    });
  }

  /** Starts everything; nothing is stored yet that anybody would look at. */
  async startAll(): Promise<void> {
    const { signal } = new AbortController();
    await this.cluster.start(signal);
    await this.startAutoscaler();
    await this.startActivator();
    await this.startControllers();
  }

  /**
   * Starts a process with the six controllers.
   *
   * @returns the process, to be killed
   */
  async startControllers(): Promise<Sim> {
    const process = this.sim.process();
    const { signal } = new AbortController();
    await this.start(
      (common, caches) =>
        newControllers(common, caches, {
          registry: this.registry,
          builds: kResourceTypedInformerFactory(common, signal),
          sha256: (bytes) => this.#ports.sha256(bytes),
          parseYaml: (text) => this.#ports.parseYaml(text),
        }),
      this.#surroundings.controllers,
      process,
    );
    return process;
  }

  /** Starts the autoscaler's process. */
  async startAutoscaler(): Promise<void> {
    const sim = this.sim.process();
    this.#autoscaler = await runAutoscaler({
      sim,
      store: this.store.client(sim, {
        answerAfter: (verb) => (verb === 'list' ? 0 : 2),
      }),
      config: new Config(),
      configMapWatcher: new ManualWatcher(),
    });
  }

  /** Starts the activator's process, which listens where its Service says. */
  async startActivator(): Promise<void> {
    const sim = this.sim.process();
    const podName = 'activator-00001';
    const { handler } = await runActivator({
      sim,
      store: this.store.client(sim, {
        answerAfter: (verb) => (verb === 'list' ? 0 : 2),
      }),
      podName,
      transport: (target, request) =>
        this.cluster.send('activator-upstream', target, request),
      dial: async () => this.#dial(sim, podName),
    });
    for (const address of activatorAddresses) {
      const listening = { address, side: 'activator', task: 'activator' };
      this.cluster.network.listen(listening, handler);
    }
  }

  /** Asks the gateway for a host. */
  async curl(host: string): Promise<HttpResponse> {
    const headers = [['user-agent', 'curl/7.64.0']] as const;
    const request = { method: 'GET', path: '/', host, headers, body: '' };
    return this.cluster.request(request);
  }

  /** In each pod the queue-proxy stands before the program. */
  #programs(pod: Pod): Readonly<Record<number, Handler>> {
    const { name, namespace = '', labels = {} } = pod.metadata;
    const sim = this.sim.process();
    const program = helloProgram(pod);
    const environment = environmentOf(pod, 'queue-proxy');
    const proxy = new QueueProxy({
      sim,
      podName: name,
      servingRevisionKey: `${namespace}/${labels[revisionLabelKey] ?? ''}`,
      containerConcurrency: Number(environment.get('CONTAINER_CONCURRENCY')),
      revisionTimeoutSeconds: Number(
        environment.get('REVISION_TIMEOUT_SECONDS'),
      ),
      proxy: program,
      tcpProbe: () => Promise.resolve(true),
      dial: async () => this.#dial(sim, name),
    });
    return { 8012: (request) => throughProxy(proxy, request) };
  }

  #dial(
    sim: Sim,
    name: string,
  ): ReturnType<AutoscalerProcess['statsServer']['accept']> {
    const server = this.#autoscaler?.statsServer;
    if (server === undefined) throw new Error('connect: connection refused');
    return server.accept(sim, name);
  }

  /** Also reads what the lower controllers write. */
  override async survey(): Promise<void> {
    await super.survey();
    const api = this.store.client(this.sim, { answerAfter: 0 });
    for (const gvr of [
      ...[deployments, endpoints, pods, k8sServices],
      ...[clusterIngresses, images, podAutoscalers, virtualServices],
    ]) {
      for (const { metadata } of this.store.peekAll(gvr)) {
        const { namespace = '', name } = metadata;
        await api.resource(gvr).get(namespace, name);
      }
    }
  }

  get ingress(): ClusterIngressObject | undefined {
    return this.store.peekAll<ClusterIngressObject>(clusterIngresses)[0];
  }

  get virtualService(): VirtualServiceObject | undefined {
    return this.store.peekAll<VirtualServiceObject>(virtualServices)[0];
  }
}

/** What the environment of a container says. */
function environmentOf(
  { spec }: Pod,
  container: string,
): ReadonlyMap<string, string> {
  const found = spec?.containers?.find(({ name }) => name === container);
  const variables = found?.env ?? [];
  return new Map(variables.map(({ name, value = '' }) => [name, value]));
}

/** Where the activator listens: for HTTP/1 and for HTTP/2. */
const activatorAddresses = ['10.0.0.2:8080', '10.0.0.2:8081'];

/** What Knative's own manifests say of the activator. */
function loadActivatorService(store: MemoryStore): void {
  const metadata = { name: 'activator-service', namespace: systemNamespace() };
  const ports = [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'http2', port: 81, targetPort: 8081 },
  ];
  store.load(k8sServices, [
    { apiVersion: 'v1', kind: 'Service', metadata, ...{ spec: { ports } } },
  ]);
  const listening = ports.map(({ name, targetPort: port }) => ({ name, port }));
  const subsets = [{ addresses: [{ ip: '10.0.0.2' }], ports: listening }];
  store.load(endpoints, [
    { apiVersion: 'v1', kind: 'Endpoints', metadata, ...{ subsets } },
  ]);
}

/**
 * A request that has reached a pod.
 *
 * @story Inside the pod `queue-proxy` counts the request in and hands it to the
 *   program.
 */
function throughProxy(
  proxy: QueueProxy,
  request: HttpRequest,
): Promise<HttpResponse> {
  return proxy.serveHTTP(request);
}
