/**
 * The stage of the chapters about scaling: one Revision, the autoscaler's
 * process, and a cluster whose pods have a real queue-proxy in front of a
 * program that takes as long as the scenario says.
 */
import {
  deployments,
  endpoints,
  pods,
  services,
} from '../../../apiserver/kinds.ts';
import type { Store } from '../../../apiserver/store.ts';
import { SharedInformerFactory } from '../../../client-go/informers/factory.ts';
import { ResourceEventHandlerFuncs } from '../../../client-go/tools/cache/controller.ts';
import { DeletedFinalStateUnknown } from '../../../client-go/tools/cache/delta-fifo.ts';
import { backendsOf } from '../../../cluster/backends.ts';
import { Cluster } from '../../../cluster/cluster.ts';
import type { PodPlan } from '../../../cluster/node.ts';
import type { Endpoints, Pod, Service } from '../../../cluster/types.ts';
import type { Deployment } from '../../../knative/apis/apps/v1/types.ts';
import type { PodAutoscalerObject } from '../../../knative/apis/autoscaling/v1alpha1/pa-types.ts';
import { getCondition } from '../../../knative/apis/duck/v1alpha1/condition-set.ts';
import { podAutoscalers } from '../../../knative/apis/resources.ts';
import { Config } from '../../../knative/autoscaler/config.ts';
import type { Message } from '../../../knative/autoscaler/statserver/server.ts';
import { main } from '../../../knative/cmd/autoscaler/main.ts';
import type { AutoscalerProcess } from '../../../knative/cmd/autoscaler/main.ts';
import { QueueProxy } from '../../../knative/cmd/queue/main.ts';
import { ManualWatcher } from '../../../knative/configmap/watcher.ts';
import type {
  Handler,
  HttpRequest,
  HttpResponse,
  Transport,
} from '../../../knative/http/http.ts';
import type { RawConnection } from '../../../knative/websocket/connection.ts';
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import { KnativeStage } from '../stage.ts';
import { loadRevision, namespace, revisionName } from './objects.ts';
import type { Start } from './objects.ts';

/** What the world is like beyond Knative. */
export interface Surroundings {
  /** How long the program works on a request. */
  readonly work: Milliseconds;
  /** How it goes with a pod; ready after 1,750 ms if this says nothing. */
  readonly pods?: PodPlan;
  /** How late the network learns where pods are; 1 ms by default. */
  readonly networkLag?: Milliseconds;
}

/** The real queue-proxy of one pod, in a process that ends with the pod. */
interface Running {
  readonly sim: Sim;
  readonly proxy: QueueProxy;
  isQuitting: boolean;
}

export class ScalingStage extends KnativeStage {
  readonly cluster: Cluster;
  readonly #surroundings: Surroundings;
  readonly #containerConcurrency: number;
  readonly #network: SharedInformerFactory;
  readonly #pods = new Map<string, Running>();
  readonly #cutOff = new Set<string>();
  #autoscaler:
    { readonly sim: Sim; readonly it: AutoscalerProcess } | undefined;

  constructor(sim: Sim, start: Start, surroundings: Surroundings) {
    super(sim, {
      apiVersion: 'serving.knative.dev/v1alpha1',
      kind: 'Revision',
      metadata: { name: revisionName, namespace },
    });
    this.#surroundings = surroundings;
    this.#containerConcurrency = start.containerConcurrency ?? 0;
    this.#network = new SharedInformerFactory(
      sim,
      this.reach(sim, surroundings.networkLag),
      0,
    );
    this.cluster = new Cluster(sim, this.store, {
      plan: () => surroundings.pods ?? {},
      programs: (pod) => this.#programs(pod),
    });
    loadRevision(sim, this.store, start);
  }

  /** The API as a process reaches it; lists are answered at once. */
  reach(sim: Sim, deliverAfter: Milliseconds = 1): Store {
    return this.store.client(sim, {
      answerAfter: (verb) => (verb === 'list' ? 0 : 2),
      deliverAfter,
    });
  }

  /** Reads what was put into the store, so that a recording knows of it. */
  override async survey(): Promise<void> {
    await super.survey();
    const api = this.store.client(this.sim, { answerAfter: 0 });
    await api.resource(podAutoscalers).get(namespace, revisionName);
    await api
      .resource(deployments)
      .get(namespace, `${revisionName}-deployment`);
    await api.resource(services).get(namespace, `${revisionName}-service`);
  }

  /** Starts the Kubernetes side and the network. */
  async startCluster(): Promise<void> {
    const { signal } = new AbortController();
    this.#network.forResource<Endpoints>(endpoints);
    this.#network.forResource<Service>(services);
    this.#followPods();
    this.#network.start(signal);
    await this.#network.waitForCacheSync();
    await this.cluster.start(signal);
  }

  /** Starts the autoscaler, or starts it again. */
  async startAutoscaler(): Promise<void> {
    const sim = this.sim.process();
    const it = await main({
      sim,
      store: this.reach(sim),
      config: new Config(),
      configMapWatcher: new ManualWatcher(),
    });
    this.#autoscaler = { sim, it };
  }

  /** The autoscaler still hears of a pod that had nothing to do and is gone. */
  rememberZero(): void {
    const stat = {
      time: this.sim.now(),
      podName: `${revisionName}-deployment-00000`,
      averageConcurrentRequests: 0,
      requestCount: 0,
    };
    const content = { key: `${namespace}/${revisionName}`, stat };
    this.#autoscaler?.it.statsServer.handler({ type: 'binary', content });
  }

  /** The autoscaler is gone between two lines, with all that it remembers. */
  killAutoscaler(): void {
    this.#autoscaler?.sim.kill();
    this.#autoscaler?.it.statsServer.break();
    this.#autoscaler = undefined;
  }

  /** Connects somebody who measures with the autoscaler. */
  async dial(client: Sim, name: string): Promise<RawConnection<Message>> {
    const server = this.#autoscaler?.it.statsServer;
    if (server === undefined) throw new Error('connect: connection refused');
    const connection = server.accept(client, name);
    return {
      closed: () => connection.closed(),
      writeMessage: (message) => {
        // What the network swallows, nobody is told of.
        if (!this.#cutOff.has(name)) connection.writeMessage(message);
      },
    };
  }

  /** From now on the network swallows what this pod sends to the autoscaler. */
  cutOff(pod: string): void {
    this.#cutOff.add(pod);
  }

  /**
   * Sends a request to a k8s Service: to one of the pods that the network
   * knows to be ready.
   */
  transportFrom(from: string): Transport {
    return (target, request) => this.#send(from, target, request);
  }

  async #send(
    from: string,
    target: string,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    const [host = '', port = '80'] = target.split(':');
    const found = backendsOf(
      { host, port: { number: Number(port) } },
      {
        services: this.#network.forResource<Service>(services).lister(),
        endpoints: this.#network.forResource<Endpoints>(endpoints).lister(),
      },
    );
    if (found.length === 0) {
      throw new Error(`dial tcp ${target}: connect: connection refused`);
    }
    const address = this.sim.chance.pick(found);
    return this.cluster.network.call(from, address, request);
  }

  /** A pod that is told to go stops reporting; one that is gone is no more. */
  #followPods(): void {
    const informer = this.#network.forResource<Pod>(pods);
    informer.addEventHandler(
      new ResourceEventHandlerFuncs<Pod>({
        addFunc: () => undefined,
        updateFunc: (_old, { metadata }) => {
          if (metadata.deletionTimestamp !== undefined) {
            this.#quit(metadata.name);
          }
        },
        deleteFunc: (obj) => {
          const pod = obj instanceof DeletedFinalStateUnknown ? obj.obj : obj;
          this.#pods.get(pod.metadata.name)?.sim.kill();
          this.#pods.delete(pod.metadata.name);
        },
      }),
    );
  }

  /** What the kubelet asks of a pod before it stops its containers. */
  #quit(name: string): void {
    const running = this.#pods.get(name);
    if (running === undefined || running.isQuitting) return;
    running.isQuitting = true;
    const path = '/quitquitquit';
    const request = { method: 'GET', path, host: '', headers: [], body: '' };
    running.sim.go(`pod ${name} quits`, async () => {
      await running.proxy.serveAdmin(request, () => Promise.resolve());
    });
  }

  /** The programs of a pod that becomes ready: only the queue-proxy listens. */
  #programs({ metadata, spec }: Pod): Readonly<Record<number, Handler>> {
    const { name } = metadata;
    if (spec?.containers === undefined) return {};
    const sim = this.sim.process();
    const proxy = new QueueProxy({
      sim,
      podName: name,
      servingRevisionKey: `${namespace}/${revisionName}`,
      containerConcurrency: this.#containerConcurrency,
      revisionTimeoutSeconds: 300,
      proxy: () => this.#serve(sim),
      tcpProbe: () => Promise.resolve(true),
      dial: () => this.dial(sim, name),
    });
    this.#pods.set(name, { sim, proxy, isQuitting: false });
    return { 8012: (request) => proxy.serveHTTP(request) };
  }

  /** The program: works for a while, and greets. */
  async #serve(sim: Sim): Promise<HttpResponse> {
    await sim.sleep(this.#surroundings.work);
    return { status: 200, headers: [], body: 'Hello Go Sample v1!\n' };
  }

  /** The pods that are ready, the oldest first. */
  get podNames(): readonly string[] {
    return [...this.#pods.keys()];
  }

  get podAutoscaler(): PodAutoscalerObject | undefined {
    return this.store.peek(podAutoscalers, namespace, revisionName);
  }

  /** What the PodAutoscaler says of itself. */
  get active(): string {
    const { status } = this.podAutoscaler ?? {};
    return getCondition(status, 'Active')?.status ?? 'Unknown';
  }

  /** How many pods are asked for. */
  get replicas(): number {
    const name = `${revisionName}-deployment`;
    const found = this.store.peek<Deployment>(deployments, namespace, name);
    return found?.spec?.replicas ?? 0;
  }

  /** How many pods are ready. */
  get ready(): number {
    const name = `${revisionName}-service`;
    const found = this.store.peek<Endpoints>(endpoints, namespace, name);
    return (found?.subsets ?? []).reduce(
      (sum, { addresses = [] }) => sum + addresses.length,
      0,
    );
  }

  /** What the autoscaler has decided; undefined while it is not there. */
  get desired(): number | undefined {
    const scaler = this.#autoscaler?.it.multiScaler;
    return scaler?.get(namespace, revisionName)?.status.desiredScale;
  }

  /** How it decides at the moment; undefined while it is not there. */
  get mode(): string | undefined {
    const key = `${namespace}/${revisionName}`;
    const scaler = this.#autoscaler?.it.autoscalers.get(key);
    if (scaler === undefined) return undefined;
    return scaler.panicking ? 'panic' : 'stable';
  }
}
