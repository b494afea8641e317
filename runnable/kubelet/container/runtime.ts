/**
 * What the kubelet knows of pods, sandboxes and containers that exist: the
 * words of the runtime's side, as `api/v1.ts` has those of the API's side.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go Runtime
 * @differs a container ID is the runtime's bare ID everywhere inside, and gets
 *   its `TYPE://` prefix only in the API status
 */
import type { Instant } from '../../sim/clock.ts';
import type { Pod as ApiPod, UID } from '../api/v1.ts';

export type ContainerState = 'created' | 'running' | 'exited' | 'unknown';

/** One container in a list: an entry of `Pod`. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly hash: number;
  readonly state: ContainerState;
}

/**
 * A pod as the runtime lists it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go Pod
 */
export interface Pod {
  readonly id: UID;
  readonly name: string;
  readonly namespace: string;
  readonly containers: readonly Container[];
  /** Sandboxes in the clothes of containers, with a state made to match. */
  readonly sandboxes: readonly Container[];
}

/**
 * One container, inspected.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go ContainerStatus
 */
export interface ContainerStatus {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly exitCode: number;
  readonly image: string;
  readonly imageID: string;
  /** Of the container's spec at its creation. */
  readonly hash: number;
  readonly restartCount: number;
  readonly reason: string;
  readonly message: string;
}

export type SandboxState = 'SANDBOX_READY' | 'SANDBOX_NOTREADY';
export type NamespaceMode = 'POD' | 'NODE';

/** One sandbox, inspected. */
export interface PodSandboxStatus {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: UID;
  /** How many sandboxes the pod had before this one. */
  readonly attempt: number;
  readonly state: SandboxState;
  readonly createdAt: Instant;
  readonly ip: string;
  readonly networkMode: NamespaceMode;
}

/**
 * A pod, inspected. Both lists are newest first.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go PodStatus
 */
export interface PodStatus {
  readonly id: UID;
  readonly name: string;
  readonly namespace: string;
  ip: string;
  readonly containerStatuses: readonly ContainerStatus[];
  readonly sandboxStatuses: readonly PodSandboxStatus[];
}

/** What the runtime says of a pod it has never heard of. */
export function emptyPodStatus(id: UID): PodStatus {
  return {
    id,
    name: '',
    namespace: '',
    ip: '',
    containerStatuses: [],
    sandboxStatuses: [],
  };
}

/**
 * The newest instance of a container, for the list is newest first.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go PodStatus.FindContainerStatusByName
 */
export function findContainerStatusByName(
  podStatus: PodStatus,
  name: string,
): ContainerStatus | undefined {
  return podStatus.containerStatuses.find((status) => status.name === name);
}

/**
 * A pod's name as the kubelet's maps and log lines have it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go GetPodFullName
 */
export function getPodFullName(pod: ApiPod): string {
  return `${pod.metadata.name}_${pod.metadata.namespace}`;
}
