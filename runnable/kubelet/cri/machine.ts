/**
 * The node's containers, as they are whether or not a kubelet looks: images,
 * sandboxes, containers, and what the scenario says of their lives.
 *
 * It outlives the kubelet, as containers do. `cri.ts` is how a kubelet talks
 * to it.
 */
import type { Instant, Milliseconds, Timer } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type {
  ContainerConfig,
  CriContainerStatus,
  CriPodSandboxStatus,
  PodSandboxConfig,
} from '../apis/cri/services.ts';
import type { UID } from '../api/v1.ts';
import type { FileSystem } from '../container/os.ts';
import { getPodUID } from '../kuberuntime/labels.ts';
import { ByPod } from './by-pod.ts';

/** The life of a container, as the scenario has it. */
export interface ContainerScript {
  /** It ends by itself after so long; otherwise it runs until stopped. */
  readonly runs?: Milliseconds;
  /** With which it ends by itself; 0 by default. */
  readonly exitCode?: number;
  /** `Completed`, `Error` or `OOMKilled`; follows from the code by default. */
  readonly reason?: string;
  /** From SIGTERM to its end; at once by default, `never` ignores it. */
  readonly stops?: Milliseconds | 'never';
  readonly createError?: string;
  readonly startError?: string;
}

export interface ImageScript {
  /** Whether it is on the machine from the start. */
  readonly present?: boolean;
  readonly pullTakes?: Milliseconds;
  /** What every pull fails with. */
  readonly error?: string;
}

export interface MachineScript {
  /** Decides on each container that is created; runs for ever by default. */
  readonly container?: (config: ContainerConfig) => ContainerScript;
  /** By name with tag. An image that is not listed is present. */
  readonly images?: Readonly<Record<string, ImageScript>>;
  readonly sandboxTakes?: Milliseconds;
  readonly startTakes?: Milliseconds;
  /** Decides on each command of a probe or hook; 0 at once by default. */
  readonly exec?: (
    container: string,
    command: readonly string[],
  ) => { readonly takes?: Milliseconds; readonly exitCode?: number };
  /** What a call fails with, if it is to fail; asked before each call. */
  readonly fault?: (call: string, subject: string) => string | undefined;
  /** How long a call takes beyond what is said above. */
  readonly delay?: (call: string, subject: string) => Milliseconds;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Sandbox extends Mutable<CriPodSandboxStatus> {
  readonly config: PodSandboxConfig;
}

export interface Container extends Mutable<CriContainerStatus> {
  readonly script: ContainerScript;
}

export class ContainerMachine {
  readonly sim: Sim;
  readonly os: FileSystem;
  script: MachineScript;
  /** By ID, oldest first; so are the containers. */
  readonly sandboxes = new Map<string, Sandbox>();
  readonly containers = new Map<string, Container>();
  readonly #sandboxesByPod = new ByPod<Sandbox>();
  readonly #containersByPod = new ByPod<Container>();
  /** Images on the machine. */
  readonly images = new Set<string>();
  networkReady = true;
  /** The end in sight of each container that has one. */
  readonly #ends = new Map<string, { due: Instant; timer: Timer }>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(sim: Sim, os: FileSystem, script: MachineScript = {}) {
    this.sim = sim;
    this.os = os;
    this.script = script;
    for (const [name, { present }] of Object.entries(script.images ?? {})) {
      if (present === true) this.images.add(name);
    }
  }

  /** The sandboxes of one pod, or all. */
  sandboxesOf(uid?: UID): Sandbox[] {
    return uid === undefined
      ? [...this.sandboxes.values()]
      : this.#sandboxesByPod.of(uid);
  }

  /** The containers of one pod, or all. */
  containersOf(uid?: UID): Container[] {
    return uid === undefined
      ? [...this.containers.values()]
      : this.#containersByPod.of(uid);
  }

  /** Whether an image is there: one that nobody mentioned is. */
  hasImage(name: string): boolean {
    return this.images.has(name) || this.script.images?.[name] === undefined;
  }

  /** A sandbox that is ready. */
  addSandbox(config: PodSandboxConfig, id: string): void {
    const sandbox: Sandbox = {
      id,
      metadata: config.metadata,
      state: 'SANDBOX_READY',
      createdAt: this.sim.now(),
      labels: config.labels,
      ip: config.networkMode === 'NODE' ? '' : this.#address(),
      networkMode: config.networkMode,
      config,
    };
    this.sandboxes.set(id, sandbox);
    this.#sandboxesByPod.add(config.metadata.uid, sandbox);
  }

  /** From 10.0.0.5 on, as on a node where the system has the first few. */
  #address(): string {
    const host = 4 + this.sim.count('pod address');
    return `10.0.${host >> 8}.${host & 255}`;
  }

  /** A container that is created and does not run yet. */
  addContainer(
    sandbox: Pick<Sandbox, 'config' | 'id'>,
    config: ContainerConfig,
    id: string,
  ): void {
    const { labels, annotations, name, attempt, image } = config;
    const container: Container = {
      id,
      podSandboxID: sandbox.id,
      name,
      attempt,
      image,
      imageRef: `sha256:${image}`,
      state: 'created',
      createdAt: this.sim.now(),
      startedAt: 0,
      finishedAt: 0,
      exitCode: 0,
      reason: '',
      message: '',
      labels,
      annotations,
      logPath: `${sandbox.config.logDirectory}/${config.logPath}`,
      script: this.script.container?.(config) ?? {},
    };
    this.containers.set(id, container);
    this.#containersByPod.add(getPodUID(labels), container);
  }

  /**
   * Sets a created container going.
   *
   * @story on state: Container `{container.id}` runs, the one for `{container.name}`.
   */
  run(container: Container): void {
    container.state = 'running';
    container.startedAt = this.sim.now();
    this.os.create(container.logPath);
    const { runs, exitCode = 0, reason } = container.script;
    if (runs !== undefined) this.#endIn(container, runs, exitCode, reason);
  }

  /**
   * Ends a running container now.
   *
   * @story on state: Container `{id}` ends with exit code {exitCode}; the kubelet does not know it yet.
   */
  exit(id: string, exitCode: number, reason?: string): void {
    const container = this.containers.get(id);
    if (container?.state !== 'running') return;
    this.#end(container, exitCode, reason);
  }

  /**
   * Asks a container to end, and ends it when it does not within `timeout`
   * seconds.
   */
  stop(container: Container, timeout: number): void {
    const { stops = 0 } = container.script;
    const limit = timeout * 1000;
    const obeys = stops !== 'never' && stops <= limit;
    if (obeys) this.#endIn(container, stops, 143);
    else this.#endIn(container, limit, 137);
  }

  /**
   * The sandbox dies, and what runs in it.
   *
   * @story as {id}
   * @story Sandbox `{id}` goes down, and with it whatever still runs in it.
   */
  killSandbox(id: string): void {
    const sandbox = this.sandboxes.get(id);
    if (sandbox === undefined) return;
    sandbox.state = 'SANDBOX_NOTREADY';
    sandbox.ip = '';
    for (const container of this.#in(sandbox)) this.exit(container.id, 137);
  }

  /** A sandbox goes for good, and the containers in it. */
  removeSandbox(id: string): void {
    const sandbox = this.sandboxes.get(id);
    if (sandbox === undefined) return;
    for (const container of this.#in(sandbox)) {
      this.removeContainer(container.id);
    }
    this.sandboxes.delete(id);
    this.#sandboxesByPod.delete(sandbox.metadata.uid, sandbox);
  }

  removeContainer(id: string): void {
    const container = this.containers.get(id);
    if (container === undefined) return;
    this.containers.delete(id);
    this.#containersByPod.delete(getPodUID(container.labels), container);
  }

  #in({ id, metadata }: Sandbox): Container[] {
    return this.containersOf(metadata.uid).filter(
      ({ podSandboxID }) => podSandboxID === id,
    );
  }

  /** Calls `ended` once the container does not run. */
  whenEnded(container: Container, ended: () => void): void {
    if (container.state !== 'running') {
      ended();
      return;
    }
    const waiting = this.#waiting.get(container.id) ?? [];
    this.#waiting.set(container.id, [...waiting, ended]);
  }

  /** Of two ends in sight the sooner one comes. */
  #endIn(
    container: Container,
    delay: Milliseconds,
    exitCode: number,
    reason?: string,
  ): void {
    if (delay === 0) {
      this.#end(container, exitCode, reason);
      return;
    }
    const due = this.sim.now() + delay;
    const other = this.#ends.get(container.id);
    if (other !== undefined && other.due <= due) return;
    other?.timer.stop();
    const timer = this.sim.clock.after(delay, () => {
      this.exit(container.id, exitCode, reason);
    });
    this.#ends.set(container.id, { due, timer });
  }

  #end(container: Container, exitCode: number, reason?: string): void {
    this.#ends.get(container.id)?.timer.stop();
    this.#ends.delete(container.id);
    container.state = 'exited';
    container.exitCode = exitCode;
    container.reason = reason ?? (exitCode === 0 ? 'Completed' : 'Error');
    container.finishedAt = this.sim.now();
    const waiting = this.#waiting.get(container.id) ?? [];
    this.#waiting.delete(container.id);
    for (const ended of waiting) ended();
  }
}
