/**
 * Init containers run one after the other, each to a good end, before any
 * other container starts.
 */
import type { Container, Pod } from '../api/v1.ts';
import { findContainerStatusByName } from '../container/runtime.ts';
import type { ContainerStatus, PodStatus } from '../container/runtime.ts';
import { errorf } from '../klog.ts';
import { asError } from '../util/errors.ts';
import * as format from '../util/format/pod.ts';
import { isInitContainerFailed } from './helpers.ts';
import { removeContainer } from './kuberuntime-container.ts';
import type { RuntimeContext } from './runtime-context.ts';

export interface NextInit {
  /** The instance that failed, or the last one that was looked at. */
  readonly status: ContainerStatus | undefined;
  /** The container to start; undefined when there is nothing to start now. */
  readonly next: Container | undefined;
  /** Whether all of them ended well. */
  readonly done: boolean;
}

/**
 * Finds where initialization stands, searching from the last init container
 * back: a status of a later one hides that an earlier one has none.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go findNextInitContainerToRun
 */
export function findNextInitContainerToRun(
  pod: Pod,
  podStatus: PodStatus,
): NextInit {
  const initContainers = pod.spec.initContainers ?? [];
  if (initContainers.length === 0) {
    return { status: undefined, next: undefined, done: true };
  }
  for (const container of initContainers.toReversed()) {
    const status = findContainerStatusByName(podStatus, container.name);
    if (status !== undefined && isInitContainerFailed(status)) {
      return { status, next: container, done: false };
    }
  }
  for (const [index, container] of [...initContainers.entries()].toReversed()) {
    const status = findContainerStatusByName(podStatus, container.name);
    if (status === undefined) continue;
    if (status.state === 'running') {
      return { status: undefined, next: undefined, done: false };
    }
    if (status.state === 'exited') {
      const next = initContainers[index + 1];
      return { status: undefined, next, done: next === undefined };
    }
  }
  return { status: undefined, next: initContainers[0], done: false };
}

/**
 * Removes older dead instances of each init container; the newest stays,
 * because it says how far initialization came.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.pruneInitContainersBeforeStart
 */
export async function pruneInitContainersBeforeStart(
  m: RuntimeContext,
  pod: Pod,
  podStatus: PodStatus,
): Promise<void> {
  for (const { name } of pod.spec.initContainers ?? []) {
    const dead = podStatus.containerStatuses.filter(
      (status) =>
        status.name === name &&
        (status.state === 'exited' || status.state === 'unknown'),
    );
    for (const { id } of dead.slice(1)) await removeInit(m, pod, name, id);
  }
}

/**
 * Removes every instance of every init container: a new sandbox starts
 * initialization again.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.purgeInitContainers
 */
export async function purgeInitContainers(
  m: RuntimeContext,
  pod: Pod,
  podStatus: PodStatus,
): Promise<void> {
  for (const { name } of pod.spec.initContainers ?? []) {
    for (const status of podStatus.containerStatuses) {
      if (status.name === name) await removeInit(m, pod, name, status.id);
    }
  }
}

async function removeInit(
  m: RuntimeContext,
  pod: Pod,
  name: string,
  id: string,
): Promise<void> {
  try {
    await removeContainer(m, id);
  } catch (thrown) {
    errorf(
      `failed to remove pod init container "${name}": ${asError(thrown).message}; Skipping pod "${format.pod(pod)}"`,
    );
  }
}
