/**
 * The Container Runtime Interface: what the kubelet asks of whoever runs its
 * containers. It is a gRPC protocol; the kubelet's side of it is here.
 *
 * Every call is asynchronous and may fail. A sandbox is a pod's network and
 * other namespaces; containers live in a sandbox.
 *
 * @omits streaming, statistics, updates and the parts of the configurations
 *   that this runtime ignores
 */
import type { Instant } from '../../../sim/clock.ts';
import type {
  ContainerState,
  NamespaceMode,
  SandboxState,
} from '../../container/runtime.ts';
import type { UID } from '../../api/v1.ts';
import type { Labels } from '../../kuberuntime/labels.ts';

export interface PodSandboxMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: UID;
  readonly attempt: number;
}

export interface PodSandboxConfig {
  readonly metadata: PodSandboxMetadata;
  readonly hostname: string;
  readonly logDirectory: string;
  readonly portMappings: readonly {
    readonly containerPort: number;
    readonly hostPort: number;
  }[];
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly networkMode: NamespaceMode;
  readonly privileged: boolean;
}

export interface PodSandbox {
  readonly id: string;
  readonly metadata: PodSandboxMetadata;
  readonly state: SandboxState;
  readonly createdAt: Instant;
  readonly labels: Labels;
}

export interface CriPodSandboxStatus extends PodSandbox {
  readonly ip: string;
  readonly networkMode: NamespaceMode;
}

export interface ContainerConfig {
  readonly name: string;
  /** The restart count. */
  readonly attempt: number;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly envs: readonly { readonly key: string; readonly value: string }[];
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Below the sandbox's log directory. */
  readonly logPath: string;
}

export interface CriContainer {
  readonly id: string;
  readonly podSandboxID: string;
  readonly name: string;
  readonly attempt: number;
  readonly image: string;
  readonly imageRef: string;
  readonly state: ContainerState;
  readonly createdAt: Instant;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface CriContainerStatus extends CriContainer {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
  /** The whole path of its log. */
  readonly logPath: string;
}

/** Whether the runtime and the pods' network can be used. */
export interface RuntimeStatus {
  readonly runtimeReady: boolean;
  readonly networkReady: boolean;
  /** Why the network is not ready. */
  readonly reason: string;
}

export interface RuntimeService {
  status(): Promise<RuntimeStatus>;
  /** Creates and starts a sandbox. */
  runPodSandbox(config: PodSandboxConfig): Promise<string>;
  /** Stops it and all in it; stopping twice is no error. */
  stopPodSandbox(podSandboxID: string): Promise<void>;
  removePodSandbox(podSandboxID: string): Promise<void>;
  podSandboxStatus(podSandboxID: string): Promise<CriPodSandboxStatus>;
  listPodSandbox(podUID?: UID): Promise<PodSandbox[]>;
  createContainer(
    podSandboxID: string,
    config: ContainerConfig,
    sandboxConfig: PodSandboxConfig,
  ): Promise<string>;
  startContainer(containerID: string): Promise<void>;
  /** Asks it to stop, and kills it after `timeout` seconds. */
  stopContainer(containerID: string, timeout: number): Promise<void>;
  removeContainer(containerID: string): Promise<void>;
  listContainers(podUID?: UID): Promise<CriContainer[]>;
  containerStatus(containerID: string): Promise<CriContainerStatus>;
  /** Runs a command in a container and waits for its exit code. */
  execSync(containerID: string, command: readonly string[]): Promise<number>;
}

export interface ImageManagerService {
  /** The reference of an image that is present, or `undefined`. */
  imageStatus(image: string): Promise<string | undefined>;
  /** Fetches an image and returns its reference. */
  pullImage(image: string, pullSecrets: readonly string[]): Promise<string>;
}
