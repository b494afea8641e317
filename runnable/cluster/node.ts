/**
 * One machine: takes every pod that nobody has, starts it after a while, and
 * stops it when it is deleted.
 *
 * Scaffolding: scheduler and kubelet in a few lines. How long a pod takes and
 * whether it lives is what the scenario says; the part about the kubelet shows
 * how it really goes.
 */
import { pods } from '../apiserver/kinds.ts';
import type { ResourceClient, Store } from '../apiserver/store.ts';
import type { SharedInformerFactory } from '../client-go/informers/factory.ts';
import { ResourceEventHandlerFuncs } from '../client-go/tools/cache/controller.ts';
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';
import { deleteIfThere } from './delete-if-there.ts';
import type { Handler } from './http.ts';
import { IndexBy } from './index-by.ts';
import type { Network, Server } from './network.ts';
import type { ContainerStatus, Pod } from './types.ts';

/** What becomes of a pod. */
export interface PodPlan {
  /** From its binding to its first answer; Infinity: it never gets ready. */
  readonly readyAfter?: Milliseconds;
  /** The first container ends so instead, again and again. */
  readonly exits?: { readonly code: number; readonly message: string };
}

/** What the scenario says about pods. */
export interface NodeOptions {
  /** How it goes with a pod; ready after 1,750 ms if this says nothing. */
  readonly plan?: (pod: Pod) => PodPlan;
  /** The programs inside a pod, by the port they listen on. */
  readonly programs?: (pod: Pod) => Readonly<Record<number, Handler>>;
}

interface Running {
  readonly ip: string;
  readonly servers: ReadonlyMap<string, Server>;
}

const usualDelay = 1750;
const firstBackOff = 10_000;
const longestBackOff = 300_000;

export class Node {
  readonly #sim: Sim;
  readonly #name: string;
  readonly #network: Network;
  readonly #options: NodeOptions;
  /** Pods by their uids. */
  readonly #pods = new IndexBy<Pod>(({ metadata }) => [metadata.uid ?? '']);
  readonly #client: ResourceClient<Pod>;
  readonly #running = new Map<string, Running>();
  readonly #known = new Set<string>();
  readonly #stopping = new Set<string>();

  constructor(
    sim: Sim,
    api: { readonly store: Store; readonly caches: SharedInformerFactory },
    network: Network,
    options: NodeOptions = {},
  ) {
    this.#sim = sim;
    this.#name = `node-${String(sim.count('node'))}`;
    this.#network = network;
    this.#options = options;
    const informer = api.caches.forResource<Pod>(pods);
    informer.addEventHandler(this.#pods.handler());
    this.#client = api.store.resource(pods);
    const look = (pod: Pod): void => {
      this.#look(pod);
    };
    informer.addEventHandler(
      new ResourceEventHandlerFuncs<Pod>({
        addFunc: look,
        updateFunc: (_old, pod) => {
          look(pod);
        },
      }),
    );
  }

  /** How many requests a pod is answering. */
  inFlight(pod: string): number {
    const servers =
      this.#running.get(pod)?.servers ?? new Map<string, Server>();
    return [...servers.values()].reduce((sum, one) => sum + one.inFlight, 0);
  }

  /** Decides what to do about a pod that is new or has changed. */
  #look({ metadata }: Pod): void {
    const { name, uid = '', deletionTimestamp } = metadata;
    if (deletionTimestamp !== undefined) {
      if (this.#stopping.has(uid)) return;
      this.#stopping.add(uid);
      this.#sim.go(`${this.#name} stops ${name}`, () => this.#stop(uid));
    } else if (!this.#known.has(uid)) {
      this.#known.add(uid);
      this.#sim.go(`${this.#name} starts ${name}`, () => this.#start(uid));
    }
  }

  /** The pod as the cache has it, unless it is gone or going. */
  #find(uid: string): Pod | undefined {
    const [pod] = this.#pods.get(uid);
    return pod?.metadata.deletionTimestamp === undefined ? pod : undefined;
  }

  async #start(uid: string): Promise<void> {
    const pod = this.#find(uid);
    if (pod === undefined) return;
    const { podIP } = pod.status ?? {};
    if (podIP !== undefined) {
      // It ran before anybody looked.
      this.#listen(pod, podIP);
      return;
    }
    const { readyAfter = usualDelay, exits } = this.#options.plan?.(pod) ?? {};
    await this.#bind(pod);
    const ip = `10.0.0.${String(this.#sim.count('pod address') + 4)}`;
    const begin = Math.min(readyAfter, usualDelay) / 2;
    await this.#sim.sleep(begin, 'while images are pulled');
    const pulled = this.#find(uid);
    if (pulled === undefined) return;
    await this.#report(pulled, ip, false);
    if (exits !== undefined) return this.#crash(uid, exits);
    if (readyAfter === Infinity) return;
    await this.#sim.sleep(readyAfter - begin, 'until the probe succeeds');
    const ready = this.#find(uid);
    if (ready === undefined) return;
    this.#listen(ready, ip);
    await this.#report(ready, ip, true);
  }

  /**
   * @story on store.update: The scheduler binds pod {pod.metadata.name} to a node,
   *   which starts to work.
   */
  async #bind(pod: Pod): Promise<void> {
    const spec = { ...pod.spec, nodeName: this.#name };
    await this.#client.update({ ...pod, spec });
  }

  /** Lets the pod's programs listen. */
  #listen(pod: Pod, ip: string): void {
    const { name, uid = '' } = pod.metadata;
    const programs = Object.entries(this.#options.programs?.(pod) ?? {});
    const servers = new Map<string, Server>();
    for (const [port, handler] of programs) {
      const address = `${ip}:${port}`;
      const listening = { address, side: 'pod', task: `pod ${name}` };
      servers.set(address, this.#network.listen(listening, handler));
    }
    this.#running.set(uid, { ip, servers });
  }

  /**
   * @story when ready: on store.updateStatus: Its readiness probe is answered, so
   *   the node reports pod {pod.metadata.name} as Ready.
   * @story on store.updateStatus: The containers of pod {pod.metadata.name} run
   *   and have an address; they are not ready yet.
   */
  async #report(pod: Pod, ip: string, ready: boolean): Promise<void> {
    await this.#client.updateStatus({
      ...pod,
      status: {
        phase: 'Running',
        podIP: ip,
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
        containerStatuses: (pod.spec?.containers ?? []).map(
          ({ name = '', image = '' }) => {
            const state = { running: {} };
            return { name, image, ready, restartCount: 0, state };
          },
        ),
      },
    });
  }

  /** A container that ends as soon as it is started, with longer pauses. */
  async #crash(
    uid: string,
    exits: { readonly code: number; readonly message: string },
  ): Promise<void> {
    for (let count = 1, pause = firstBackOff; ; count++) {
      const pod = this.#find(uid);
      if (pod === undefined) return;
      await this.#reportExit(pod, exits, count);
      await this.#sim.sleep(pause, 'before the container is started again');
      pause = Math.min(pause * 2, longestBackOff);
    }
  }

  /**
   * @story on store.updateStatus: The container of pod {pod.metadata.name} has
   *   ended with code {exits.code}, and the node will start it again later.
   */
  async #reportExit(
    pod: Pod,
    exits: { readonly code: number; readonly message: string },
    restartCount: number,
  ): Promise<void> {
    const { code, message } = exits;
    const terminated = { exitCode: code, reason: 'Error', message };
    const [first, ...others] = pod.status?.containerStatuses ?? [];
    if (first === undefined) return;
    const ended: ContainerStatus = {
      ...first,
      restartCount,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated },
    };
    await this.#client.updateStatus({
      ...pod,
      status: { ...pod.status, containerStatuses: [ended, ...others] },
    });
  }

  /** Lets a pod finish its requests, and takes it away. */
  async #stop(uid: string): Promise<void> {
    const [pod] = this.#pods.get(uid);
    const running = this.#running.get(uid);
    for (const [address, server] of running?.servers ?? []) {
      await server.drained();
      this.#network.close(address);
    }
    this.#running.delete(uid);
    if (pod === undefined) return;
    await deleteIfThere(this.#client, pod, { gracePeriodSeconds: 0 });
  }
}
