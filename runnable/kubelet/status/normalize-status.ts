/**
 * Comparing statuses: what counts as the same, what may not follow.
 */
import { deepCopy, deepEqual } from '../../apiserver/objects.ts';
import { sortBy } from '../../sim/sort-by.ts';
import type {
  ContainerStatus,
  Pod,
  PodCondition,
  PodStatus,
  RestartPolicy,
} from '../api/v1.ts';

/** All messages of a pod's terminated containers share so many characters. */
const maxTerminationMessages = 12_288;

/**
 * Conditions that are the kubelet's to write.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/pod_status.go PodConditionByKubelet
 */
const podConditionsByKubelet: readonly string[] = [
  'PodScheduled',
  'Ready',
  'Initialized',
  'Unschedulable',
  'ContainersReady',
];

/** Whether the kubelet, and nobody else, writes this condition. */
export function isConditionByKubelet({ type }: PodCondition): boolean {
  return podConditionsByKubelet.includes(type);
}

/**
 * A status in the form in which two are compared: times in whole seconds, as
 * the API stores them, statuses in order, messages cut.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go normalizeStatus
 */
export function normalizeStatus(pod: Pod, given: PodStatus): PodStatus {
  const status = deepCopy(given);
  const { containers, initContainers = [] } = pod.spec;
  const bytes = Math.floor(
    maxTerminationMessages / (containers.length + initContainers.length),
  );
  const normal = (each: ContainerStatus): ContainerStatus => ({
    ...each,
    state: cut(each.state, bytes),
    lastState: cut(each.lastState, bytes),
  });
  const { containerStatuses, initContainerStatuses } = status;
  if (status.startTime !== undefined)
    status.startTime = seconds(status.startTime);
  if (containerStatuses !== undefined) {
    status.containerStatuses = sortBy(
      containerStatuses.map(normal),
      ({ name }) => name,
    );
  }
  if (initContainerStatuses !== undefined) {
    const order = initContainers.map(({ name }) => name);
    status.initContainerStatuses = sortBy(
      initContainerStatuses.map(normal),
      ({ name }) => order.indexOf(name),
    );
  }
  return status;
}

function cut(
  state: ContainerStatus['state'],
  bytes: number,
): ContainerStatus['state'] {
  const { terminated } = state;
  if ((terminated?.message ?? '').length <= bytes) return state;
  const message = terminated?.message?.slice(0, bytes);
  return { terminated: { exitCode: 0, ...terminated, message: message ?? '' } };
}

/** Without what is below a second. */
function seconds(time: string): string {
  return time.replace(/\.\d+/, '');
}

/**
 * Whether two statuses say the same, in the kubelet's own conditions by their
 * status alone.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go isPodStatusByKubeletEqual
 */
export function isPodStatusByKubeletEqual(a: PodStatus, b: PodStatus): boolean {
  const own = ({ conditions = [] }: PodStatus): PodCondition[] =>
    conditions.filter(isConditionByKubelet);
  for (const condition of own(a)) {
    const other = (b.conditions ?? []).find(
      ({ type }) => type === condition.type,
    );
    if (other?.status !== condition.status) return false;
  }
  return deepEqual({ ...a, conditions: [] }, { ...b, conditions: [] });
}

/**
 * Whether a terminated container would come back to life: the name of it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go checkContainerStateTransition
 * @returns what is wrong; undefined when nothing is
 */
export function checkContainerStateTransition(
  oldStatuses: readonly ContainerStatus[],
  newStatuses: readonly ContainerStatus[],
  restartPolicy: RestartPolicy | undefined,
): string | undefined {
  if (restartPolicy === 'Always') return undefined;
  for (const { name, state } of oldStatuses) {
    if (state.terminated === undefined) continue;
    const { exitCode } = state.terminated;
    if (exitCode !== 0 && restartPolicy === 'OnFailure') continue;
    const next = newStatuses.find((each) => each.name === name);
    if (next !== undefined && next.state.terminated === undefined) {
      return `terminated container ${name} attempted illegal transition to non-terminated state`;
    }
  }
  return undefined;
}

/**
 * The API's status with the kubelet's put over it; other conditions stay.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go mergePodStatus
 */
export function mergePodStatus(
  oldPodStatus: PodStatus,
  newPodStatus: PodStatus,
): PodStatus {
  const foreign = (oldPodStatus.conditions ?? []).filter(
    (condition) => !isConditionByKubelet(condition),
  );
  const own = (newPodStatus.conditions ?? []).filter(isConditionByKubelet);
  const { conditions: _given, ...rest } = newPodStatus;
  const conditions = [...foreign, ...own];
  return conditions.length === 0 ? rest : { ...rest, conditions };
}
