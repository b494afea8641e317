/**
 * One node with a whole kubelet on it, an API server and a container runtime
 * that does what the scenario says.
 */
import { pods } from '../../apiserver/kinds.ts';
import { MemoryStore } from '../../apiserver/memory-store.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { Pod, PodSpec } from '../../kubelet/api/v1.ts';
import { PodContainerManager } from '../../kubelet/cm/pod-container-manager.ts';
import { newSourceApiserver } from '../../kubelet/config/apiserver.ts';
import { newSourceFile } from '../../kubelet/config/file.ts';
import type { ManifestPorts } from '../../kubelet/config/common.ts';
import { FileSystem } from '../../kubelet/container/os.ts';
import { CRI } from '../../kubelet/cri/cri.ts';
import { ContainerMachine } from '../../kubelet/cri/machine.ts';
import type { MachineScript } from '../../kubelet/cri/machine.ts';
import { Kubelet } from '../../kubelet/kubelet.ts';
import type { Dependencies } from '../../kubelet/dependencies.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import { apiserverSource, fileSource } from '../../kubelet/types/pod-update.ts';

export const nodeName = 'node-1';
export const manifestDir = '/etc/kubernetes/manifests';

/** What may be arranged of the kubelet, and of the world around it. */
export interface NodeOptions extends Pick<
  Dependencies,
  | 'containerGCPolicy'
  | 'getSecret'
  | 'maxPods'
  | 'plegChannelCapacity'
  | 'volumes'
> {
  readonly script?: MachineScript;
  /** Reads static pods from `manifestDir` too. */
  readonly manifests?: ManifestPorts;
}

export class NodeWorld {
  readonly sim: Sim;
  readonly start: Instant;
  readonly store: MemoryStore;
  readonly os = new FileSystem();
  readonly machine: ContainerMachine;
  readonly containerManager = new PodContainerManager();
  kubelet: Kubelet;
  #process: Sim;
  readonly #options: NodeOptions;
  readonly #user: Store;

  constructor(sim: Sim, options: NodeOptions = {}) {
    this.sim = sim;
    this.start = sim.now();
    this.#options = options;
    this.store = new MemoryStore(sim);
    this.#user = this.store.client(sim);
    this.machine = new ContainerMachine(sim, this.os, options.script);
    this.#process = sim.process();
    this.kubelet = this.#newKubelet();
  }

  #newKubelet(): Kubelet {
    const cri = new CRI(this.#process, this.machine);
    return new Kubelet({
      sim: this.#process,
      node: { name: nodeName, labels: {}, hostIP: '192.168.1.10' },
      store: this.store.client(this.#process),
      runtimeService: cri,
      imageService: cri,
      os: this.os,
      containerManager: this.containerManager,
      ...this.#options,
    });
  }

  /** Starts the sources and the kubelet. */
  startKubelet(): void {
    const sim = this.#process;
    const { podConfig } = this.kubelet;
    const { manifests } = this.#options;
    if (manifests !== undefined) {
      newSourceFile({
        sim,
        ports: manifests,
        os: this.os,
        path: manifestDir,
        nodeName,
        updates: podConfig.channel(fileSource),
      });
    }
    newSourceApiserver(
      sim,
      this.store.client(sim),
      nodeName,
      podConfig.channel(apiserverSource),
    );
    const { kubelet } = this;
    sim.go('loop', () => kubelet.run());
  }

  /** Kills the kubelet and starts another; containers go on. */
  restartKubelet(): void {
    this.killKubelet();
    this.#process = this.sim.process();
    this.kubelet = this.#newKubelet();
    this.startKubelet();
  }

  killKubelet(): void {
    this.#process.kill();
  }

  /** Pods as a user or a scheduler sees them. */
  get pods(): ResourceClient<Pod> {
    return this.#user.resource<Pod>(pods);
  }

  /** Creates a pod that is assigned to the node. */
  async createPod(name: string, spec: PodSpec): Promise<Pod> {
    return this.pods.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' } as Pod['metadata'],
      spec: { nodeName, terminationGracePeriodSeconds: 30, ...spec },
      status: {},
    });
  }

  async deletePod(name: string, gracePeriodSeconds?: number): Promise<void> {
    const options =
      gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    await this.pods.delete('default', name, options);
  }

  /** The pod as the API has it; undefined when it is gone. Takes no time. */
  pod(name: string): Pod | undefined {
    return this.store.peek<Pod>(pods, 'default', name);
  }

  /** Waits until so long after the start of the run. */
  async at(moment: Milliseconds): Promise<void> {
    await this.sim.sleep(this.start + moment - this.sim.now());
  }

  /** Looks every tenth of a second until something is so. */
  async waitFor(
    reached: () => boolean,
    limit: Milliseconds = 600_000,
  ): Promise<boolean> {
    const end = this.sim.now() + limit;
    while (!reached()) {
      if (this.sim.now() >= end) return false;
      await this.sim.sleep(100);
    }
    return true;
  }

  /** Reasons of the events so far, in order. */
  get reasons(): string[] {
    return this.kubelet.recorder.events.map(({ reason }) => reason);
  }
}
