/**
 * From what the runtime says of a pod to what the API is told.
 */
import { deepCopy } from '../apiserver/objects.ts';
import { formatTime } from '../apiserver/time.ts';
import { sortBy } from '../sim/sort-by.ts';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
} from './api/v1.ts';
import {
  isHostNetworkPod,
  shouldContainerBeRestarted,
} from './container/helpers.ts';
import { findContainerStatusByName } from './container/runtime.ts';
import type {
  ContainerStatus as RuntimeContainerStatus,
  PodStatus as RuntimePodStatus,
} from './container/runtime.ts';
import type { Kubelet } from './kubelet.ts';
import { getPhase } from './pod-phase.ts';
import { errorf, v4f } from './klog.ts';
import { runtimeName } from './kuberuntime/runtime-context.ts';
import { qosClassOf } from './qos.ts';
import {
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
} from './status/generate.ts';
import { isConditionByKubelet } from './status/normalize-status.ts';
import * as format from './util/format/pod.ts';

/**
 * The status of a pod for the API.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.generateAPIPodStatus
 */
export function generateAPIPodStatus(
  kl: Kubelet,
  pod: Pod,
  podStatus: RuntimePodStatus,
): PodStatus {
  v4f(`Generating status for "${format.pod(pod)}"`);
  const s = convertStatusToAPIStatus(kl, pod, podStatus);
  for (const handler of kl.podSyncHandlers) {
    const result = handler.shouldEvict(pod);
    if (result === undefined) continue;
    return { ...s, phase: 'Failed', ...result };
  }
  const { containerStatuses = [], initContainerStatuses = [] } = s;
  s.phase = getPhase(pod.spec, [
    ...containerStatuses,
    ...initContainerStatuses,
  ]);
  const apiPhase = pod.status.phase;
  const ended = apiPhase === 'Failed' || apiPhase === 'Succeeded';
  if (ended && s.phase !== apiPhase) {
    errorf(
      `Pod attempted illegal phase transition from ${apiPhase} to ${s.phase}`,
    );
    s.phase = apiPhase;
  }
  kl.probeManager.updatePodStatus(pod.metadata.uid, s);
  const { conditions = [] } = s;
  s.conditions = [
    ...conditions,
    generatePodInitializedCondition(pod.spec, initContainerStatuses, s.phase),
    generatePodReadyCondition(pod.spec, conditions, containerStatuses, s.phase),
    generateContainersReadyCondition(pod.spec, containerStatuses, s.phase),
    { type: 'PodScheduled', status: 'True' },
  ];
  s.hostIP = kl.node.hostIP;
  if (isHostNetworkPod(pod) && s.podIP === '') s.podIP = kl.node.hostIP;
  return s;
}

/**
 * The lists of container statuses, with the address and the class.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.convertStatusToAPIStatus
 */
function convertStatusToAPIStatus(
  kl: Kubelet,
  pod: Pod,
  podStatus: RuntimePodStatus,
): PodStatus {
  const { uid } = pod.metadata;
  const oldPodStatus = kl.statusManager.getPodStatus(uid) ?? pod.status;
  const { containers, initContainers = [] } = pod.spec;
  const convert = (
    list: readonly Container[],
    previous: readonly ContainerStatus[],
    isInitContainer: boolean,
  ): ContainerStatus[] =>
    convertToAPIContainerStatuses(kl, pod, podStatus, {
      containers: list,
      previous,
      hasInitContainers: initContainers.length > 0,
      isInitContainer,
    });
  return {
    podIP: podStatus.ip,
    qosClass: qosClassOf(pod),
    conditions: (pod.status.conditions ?? []).filter(
      (condition) => !isConditionByKubelet(condition),
    ),
    containerStatuses: convert(
      containers,
      oldPodStatus.containerStatuses ?? [],
      false,
    ),
    initContainerStatuses: convert(
      initContainers,
      oldPodStatus.initContainerStatuses ?? [],
      true,
    ),
  };
}

interface Conversion {
  readonly containers: readonly Container[];
  /** What was said of them before. */
  readonly previous: readonly ContainerStatus[];
  readonly hasInitContainers: boolean;
  readonly isInitContainer: boolean;
}

/**
 * The newest instance gives the state, the one before it the last state, and
 * a failure to start takes the place of both.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.convertToAPIContainerStatuses
 */
function convertToAPIContainerStatuses(
  kl: Kubelet,
  pod: Pod,
  podStatus: RuntimePodStatus,
  conversion: Conversion,
): ContainerStatus[] {
  const { containers, hasInitContainers, isInitContainer } = conversion;
  const reason = hasInitContainers ? 'PodInitializing' : 'ContainerCreating';
  const statuses = new Map<string, ContainerStatus>();
  for (const { name, image } of containers) {
    const old = conversion.previous.find((each) => each.name === name);
    statuses.set(
      name,
      old?.state.terminated === undefined
        ? {
            name,
            image,
            imageID: '',
            ready: false,
            state: { waiting: { reason } },
            restartCount: old?.restartCount ?? 0,
            lastState: deepCopy(old?.lastState ?? {}),
          }
        : deepCopy(old),
    );
  }
  const containerSeen = new Map<string, number>();
  for (const cStatus of podStatus.containerStatuses) {
    const { name } = cStatus;
    const seen = containerSeen.get(name) ?? 0;
    const status = statuses.get(name);
    if (status === undefined || seen >= 2) continue;
    containerSeen.set(name, seen + 1);
    if (seen === 0) statuses.set(name, convertContainerStatus(cStatus));
    else status.lastState = convertContainerStatus(cStatus).state;
  }
  for (const container of containers) {
    const status = statuses.get(container.name);
    const { uid } = pod.metadata;
    const newest = findContainerStatusByName(podStatus, container.name);
    const succeeded = newest?.state === 'exited' && newest.exitCode === 0;
    if (isInitContainer && succeeded) continue;
    if (!shouldContainerBeRestarted(container, pod, podStatus)) continue;
    const failure = kl.reasonCache.get(uid, container.name);
    if (failure === undefined || status === undefined) continue;
    if (status.state.terminated !== undefined) status.lastState = status.state;
    const { err, message } = failure;
    status.state = { waiting: { reason: err, message } };
  }
  const list = [...statuses.values()];
  return isInitContainer ? list : sortBy(list, ({ name }) => name);
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.convertToAPIContainerStatuses (part)
 */
function convertContainerStatus(cs: RuntimeContainerStatus): ContainerStatus {
  const { name, image, imageID, restartCount } = cs;
  const containerID = `${runtimeName}://${cs.id}`;
  return {
    name,
    image,
    imageID,
    restartCount,
    containerID,
    ready: false,
    state: convertState(cs, containerID),
    lastState: {},
  };
}

/** A container that is created and does not run shows as terminated. */
function convertState(
  cs: RuntimeContainerStatus,
  containerID: string,
): ContainerState {
  const startedAt = formatTime(cs.startedAt);
  if (cs.state === 'running') return { running: { startedAt } };
  if (cs.state === 'unknown') return { waiting: {} };
  const { exitCode, reason, message } = cs;
  const finishedAt = formatTime(cs.finishedAt);
  return {
    terminated: {
      exitCode,
      reason,
      message,
      startedAt,
      finishedAt,
      containerID,
    },
  };
}
