/**
 * What is to be done about a pod, decided from its spec and its status alone.
 *
 * First the sandbox, then the init containers, then the containers: each
 * question is asked only when the one before it is settled.
 */
import type { Container, Pod } from '../api/v1.ts';
import {
  hashContainer,
  isHostNetworkPod,
  shouldContainerBeRestarted,
} from '../container/helpers.ts';
import { findContainerStatusByName } from '../container/runtime.ts';
import type { ContainerStatus, PodStatus } from '../container/runtime.ts';
import type { Result } from '../prober/results/results-manager.ts';
import { infof, v2f } from '../klog.ts';
import * as format from '../util/format/pod.ts';
import { isInitContainerFailed, networkNamespaceForPod } from './helpers.ts';
import { findNextInitContainerToRun } from './init-containers.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go containerToKillInfo
 */
export interface ContainerToKillInfo {
  readonly container: Container;
  readonly name: string;
  readonly message: string;
}

/**
 * The decision. `containersToStart` holds indexes into the spec.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go podActions
 */
export interface PodActions {
  /** Stop all that runs, sandboxes included; `containersToKill` is unused. */
  killPod: boolean;
  createSandbox: boolean;
  /** The sandbox that is there; empty when there is none. */
  readonly sandboxID: string;
  /** The number of the sandbox to create. */
  readonly attempt: number;
  nextInitContainerToStart: Container | undefined;
  readonly containersToStart: number[];
  /** By container ID. */
  readonly containersToKill: Map<string, ContainerToKillInfo>;
}

export interface SandboxChange {
  readonly changed: boolean;
  readonly attempt: number;
  readonly sandboxID: string;
}

/** The stored result of a container's liveness probe. */
export type LivenessOf = (containerID: string) => Result | undefined;

/**
 * Whether the pod needs another sandbox, and which number it would have.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.podSandboxChanged
 * @story when !newest: No sandbox exists at all, so a new one is needed, as attempt 0.
 * @story when newest.state == 'SANDBOX_NOTREADY': The newest sandbox, `{newest.id}`, is dead, so another one is needed.
 */
export function podSandboxChanged(
  pod: Pod,
  podStatus: PodStatus,
): SandboxChange {
  const [newest] = podStatus.sandboxStatuses;
  if (newest === undefined) {
    v2f(
      `No sandbox for pod "${format.pod(pod)}" can be found. Need to start a new one`,
    );
    return { changed: true, attempt: 0, sandboxID: '' };
  }
  const next = { changed: true, attempt: newest.attempt + 1 };
  const ready = podStatus.sandboxStatuses.filter(
    ({ state }) => state === 'SANDBOX_READY',
  );
  if (ready.length > 1) {
    v2f(
      `More than 1 sandboxes for pod "${format.pod(pod)}" are ready. Need to reconcile them`,
    );
    return { ...next, sandboxID: newest.id };
  }
  if (newest.state !== 'SANDBOX_READY') {
    v2f(
      `No ready sandbox for pod "${format.pod(pod)}" can be found. Need to start a new one`,
    );
    return { ...next, sandboxID: newest.id };
  }
  if (newest.networkMode !== networkNamespaceForPod(pod)) {
    v2f(
      `Sandbox for pod "${format.pod(pod)}" has changed. Need to start a new one`,
    );
    return { ...next, sandboxID: '' };
  }
  if (!isHostNetworkPod(pod) && newest.ip === '') {
    v2f(
      `Sandbox for pod "${format.pod(pod)}" has no IP address. Need to start a new one`,
    );
    return { ...next, sandboxID: newest.id };
  }
  return { changed: false, attempt: newest.attempt, sandboxID: newest.id };
}

/**
 * The table of decisions.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.computePodActions
 * @omits the internal post-stop hook, which gives a dead container's CPUs back
 * @story when firstInit: Because a new sandbox begins with initialization, only `{firstInit.name}` is to start; the containers wait.
 * @story when changed: No sandbox is fit for use, so nothing that ran before counts.
 * @story when changes.killPod: Nothing of the pod is to run any more, so all of it is to be killed.
 * @story when changes.nextInitContainerToStart: Initialization goes on with `{next.name}`; the containers are not looked at.
 * @story when !done: Since an init container is still running, this sync starts nothing and does not look at the containers.
 * @story when changes.containersToStart.length: Initialization is done; these containers are to start, by their index: {changes.containersToStart}.
 * @story What runs is as specified and has failed no probe, so it is kept.
 */
export function computePodActions(
  pod: Pod,
  podStatus: PodStatus,
  livenessOf: LivenessOf,
): PodActions {
  const { changed, attempt, sandboxID } = podSandboxChanged(pod, podStatus);
  const changes: PodActions = {
    killPod: changed,
    createSandbox: changed,
    sandboxID,
    attempt,
    nextInitContainerToStart: undefined,
    containersToStart: [],
    containersToKill: new Map(),
  };
  if (changed) {
    if (!shouldRestartOnFailure(pod) && attempt !== 0) {
      changes.createSandbox = false;
      return changes;
    }
    const [firstInit] = pod.spec.initContainers ?? [];
    if (firstInit !== undefined) {
      changes.nextInitContainerToStart = firstInit;
      return changes;
    }
    for (const [index, container] of pod.spec.containers.entries()) {
      const succeeded = containerSucceeded(container, podStatus);
      if (succeeded && pod.spec.restartPolicy === 'OnFailure') continue;
      changes.containersToStart.push(index);
    }
    return changes;
  }

  const { status, next, done } = findNextInitContainerToRun(pod, podStatus);
  if (!done) {
    if (next === undefined) return changes;
    const initFailed = status !== undefined && isInitContainerFailed(status);
    if (initFailed && !shouldRestartOnFailure(pod)) {
      changes.killPod = true;
      return changes;
    }
    if (status?.state === 'unknown') {
      const message = `Init container is in "${status.state}" state, try killing it before restart`;
      kill(changes, next, status, message);
    }
    changes.nextInitContainerToStart = next;
    return changes;
  }

  let keepCount = 0;
  for (const [index, container] of pod.spec.containers.entries()) {
    const containerStatus = findContainerStatusByName(
      podStatus,
      container.name,
    );
    if (containerStatus?.state !== 'running') {
      if (!shouldContainerBeRestarted(container, pod, podStatus)) continue;
      infof(
        `Container ${container.name} is dead, but RestartPolicy says that we should restart it.`,
      );
      changes.containersToStart.push(index);
      if (containerStatus?.state === 'unknown') {
        const message = `Container is in "${containerStatus.state}" state, try killing it before restart`;
        kill(changes, container, containerStatus, message);
      }
      continue;
    }
    let reason = '';
    let restart = shouldRestartOnFailure(pod);
    const expectedHash = hashContainer(container);
    if (containerStatus.hash !== expectedHash) {
      reason = `Container spec hash changed (${containerStatus.hash} vs ${expectedHash}).`;
      // A new specification is carried out whatever the restart policy says.
      restart = true;
    } else if (livenessOf(containerStatus.id) === 'Failure') {
      reason = 'Container failed liveness probe.';
    } else {
      keepCount += 1;
      continue;
    }
    if (restart) {
      reason = `${reason}. Container will be killed and recreated.`;
      changes.containersToStart.push(index);
    }
    kill(changes, container, containerStatus, reason);
  }
  if (keepCount === 0 && changes.containersToStart.length === 0) {
    changes.killPod = true;
  }
  return changes;
}

function kill(
  changes: PodActions,
  container: Container,
  { id, name }: ContainerStatus,
  message: string,
): void {
  changes.containersToKill.set(id, { container, name, message });
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go shouldRestartOnFailure
 */
function shouldRestartOnFailure(pod: Pod): boolean {
  return pod.spec.restartPolicy !== 'Never';
}

/**
 * Whether the newest instance ended with exit code 0.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go containerSucceeded
 */
function containerSucceeded(
  container: Container,
  podStatus: PodStatus,
): boolean {
  const status = findContainerStatusByName(podStatus, container.name);
  if (status === undefined || status.state === 'running') return false;
  return status.exitCode === 0;
}
