/**
 * The conditions that the kubelet writes about a pod.
 */
import type {
  ContainerStatus,
  PodCondition,
  PodPhase,
  PodSpec,
} from '../api/v1.ts';

type Conditions = readonly PodCondition[];

/**
 * Whether every container is ready; unready ones are named.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/generate.go GenerateContainersReadyCondition
 */
export function generateContainersReadyCondition(
  spec: PodSpec,
  containerStatuses: readonly ContainerStatus[] | undefined,
  podPhase: PodPhase | undefined,
): PodCondition {
  const type = 'ContainersReady';
  if (containerStatuses === undefined) {
    return { type, status: 'False', reason: 'UnknownContainerStatuses' };
  }
  const { unknown, not } = sorted(spec.containers, containerStatuses);
  if (podPhase === 'Succeeded' && unknown.length === 0) {
    return { type, status: 'False', reason: 'PodCompleted' };
  }
  const message = messageOf(unknown, 'unready', not);
  if (message === '') return { type, status: 'True' };
  return { type, status: 'False', reason: 'ContainersNotReady', message };
}

/**
 * Whether containers and readiness gates are all ready.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/generate.go GeneratePodReadyCondition
 */
export function generatePodReadyCondition(
  spec: PodSpec,
  conditions: Conditions,
  containerStatuses: readonly ContainerStatus[] | undefined,
  podPhase: PodPhase | undefined,
): PodCondition {
  const containersReady = generateContainersReadyCondition(
    spec,
    containerStatuses,
    podPhase,
  );
  if (containersReady.status !== 'True') {
    return { ...containersReady, type: 'Ready' };
  }
  const unready: string[] = [];
  for (const { conditionType } of spec.readinessGates ?? []) {
    const found = conditions.find(({ type }) => type === conditionType);
    if (found === undefined) {
      unready.push(
        `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      );
    } else if (found.status !== 'True') {
      unready.push(
        `the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`,
      );
    }
  }
  if (unready.length === 0) return { type: 'Ready', status: 'True' };
  return {
    type: 'Ready',
    status: 'False',
    reason: 'ReadinessGatesNotReady',
    message: unready.join(', '),
  };
}

/**
 * Whether all init containers ended well.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/generate.go GeneratePodInitializedCondition
 */
export function generatePodInitializedCondition(
  spec: PodSpec,
  containerStatuses: readonly ContainerStatus[] | undefined,
  podPhase: PodPhase | undefined,
): PodCondition {
  const type = 'Initialized';
  const { initContainers = [] } = spec;
  if (containerStatuses === undefined && initContainers.length > 0) {
    return { type, status: 'False', reason: 'UnknownContainerStatuses' };
  }
  const { unknown, not } = sorted(initContainers, containerStatuses ?? []);
  if (podPhase === 'Succeeded' && unknown.length === 0) {
    return { type, status: 'True', reason: 'PodCompleted' };
  }
  const message = messageOf(unknown, 'incomplete', not);
  if (message === '') return { type, status: 'True' };
  return { type, status: 'False', reason: 'ContainersNotInitialized', message };
}

function sorted(
  containers: readonly { readonly name: string }[],
  statuses: readonly ContainerStatus[],
): { readonly unknown: string[]; readonly not: string[] } {
  const unknown: string[] = [];
  const not: string[] = [];
  for (const { name } of containers) {
    const status = statuses.find((each) => each.name === name);
    if (status === undefined) unknown.push(name);
    else if (!status.ready) not.push(name);
  }
  return { unknown, not };
}

function messageOf(
  unknown: readonly string[],
  word: string,
  not: readonly string[],
): string {
  const parts: string[] = [];
  if (unknown.length > 0) {
    parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  }
  if (not.length > 0) {
    parts.push(`containers with ${word} status: [${not.join(' ')}]`);
  }
  return parts.join(', ');
}
