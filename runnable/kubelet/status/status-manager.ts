/**
 * Tells the API how the pods are, and has the last word on a deleted one.
 *
 * It remembers which version of a status the API has. One task writes: at once
 * what comes through its channel, every ten seconds what was missed.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager
 */
import { pods } from '../../apiserver/kinds.ts';
import { deepCopy } from '../../apiserver/objects.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import { formatTime } from '../../apiserver/time.ts';
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { receive, select } from '../../sim/select.ts';
import type { Sim } from '../../sim/sim.ts';
import { Ticker } from '../../sim/ticker.ts';
import type {
  ContainerStatus,
  Pod,
  PodCondition,
  PodStatus,
  UID,
} from '../api/v1.ts';
import { errorf, v4f, warningf } from '../klog.ts';
import type { PodManager } from '../pod/pod-manager.ts';
import * as format from '../util/format/pod.ts';
import {
  generateContainersReadyCondition,
  generatePodReadyCondition,
} from './generate.ts';
import {
  checkContainerStateTransition,
  isPodStatusByKubeletEqual,
  normalizeStatus,
} from './normalize-status.ts';
import { syncBatch, syncPod } from './sync-status.ts';

const channelCapacity = 1000;
const syncPeriod: Milliseconds = 10_000;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go versionedPodStatus
 */
export interface VersionedPodStatus {
  readonly status: PodStatus;
  readonly version: number;
  readonly podName: string;
  readonly podNamespace: string;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go podStatusSyncRequest
 */
export interface PodStatusSyncRequest {
  readonly podUID: UID;
  readonly status: VersionedPodStatus;
}

/** Says whether nothing of a pod is left that the API object stands for. */
export type PodResourcesAreReclaimed = (pod: Pod, status: PodStatus) => boolean;

export class StatusManager {
  readonly podStatuses = new Map<UID, VersionedPodStatus>();
  readonly podStatusChannel: Channel<PodStatusSyncRequest>;
  /** The version that the API has, by the UID that it knows. */
  readonly apiStatusVersions = new Map<UID, number>();
  readonly #sim: Sim;
  readonly client: ResourceClient<Pod> | undefined;
  readonly podManager: PodManager;
  readonly podResourcesAreReclaimed: PodResourcesAreReclaimed;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go NewManager
   */
  constructor(
    sim: Sim,
    store: Store | undefined,
    podManager: PodManager,
    podResourcesAreReclaimed: PodResourcesAreReclaimed,
  ) {
    this.#sim = sim;
    this.client = store?.resource<Pod>(pods);
    this.podManager = podManager;
    this.podResourcesAreReclaimed = podResourcesAreReclaimed;
    this.podStatusChannel = new Channel(
      sim,
      'podStatusChannel',
      channelCapacity,
    );
  }

  /**
   * Starts the one task that writes to the API.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.Start
   */
  start(): void {
    if (this.client === undefined) return;
    const syncTicker = new Ticker(this.#sim, 'syncTicker', syncPeriod);
    this.#sim.go('status manager', async () => {
      for (;;) {
        const chosen = await select(this.#sim, 'statusManager.Start', {
          request: receive(this.#sim, this.podStatusChannel),
          tick: receive(this.#sim, syncTicker.channel),
        });
        if (chosen.which === 'tick') await syncBatch(this);
        else if (chosen.value !== undefined) {
          await syncPod(this, chosen.value.podUID, chosen.value.status);
        }
      }
    });
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.GetPodStatus
   */
  getPodStatus(uid: UID): PodStatus | undefined {
    const translated = this.podManager.translatePodUID(uid);
    return this.podStatuses.get(translated)?.status;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.SetPodStatus
   */
  setPodStatus(pod: Pod, status: PodStatus): void {
    const forced = pod.metadata.deletionTimestamp !== undefined;
    this.#updateStatusInternal(pod, deepCopy(status), forced);
  }

  /**
   * Takes a readiness probe's result over into the conditions.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.SetContainerReadiness
   */
  setContainerReadiness(
    podUID: UID,
    containerID: string,
    ready: boolean,
  ): void {
    const pod = this.podManager.getPodByUID(podUID);
    const old = this.podStatuses.get(podUID);
    if (pod === undefined) {
      v4f(`Pod "${podUID}" has been deleted, no need to update readiness`);
      return;
    }
    if (old === undefined) {
      warningf(
        `Container readiness changed before pod has synced: "${format.pod(pod)}" - "${containerID}"`,
      );
      return;
    }
    const status = deepCopy(old.status);
    const container = findContainerStatus(status, containerID);
    if (container === undefined) {
      warningf(
        `Container readiness changed for unknown container: "${format.pod(pod)}" - "${containerID}"`,
      );
      return;
    }
    if (container.ready === ready) return;
    container.ready = ready;
    const { containerStatuses, phase, conditions = [] } = status;
    const put = (condition: PodCondition): void => {
      const index = conditions.findIndex(({ type }) => type === condition.type);
      if (index >= 0) conditions[index] = condition;
      else conditions.push(condition);
    };
    put(
      generatePodReadyCondition(pod.spec, conditions, containerStatuses, phase),
    );
    put(generateContainersReadyCondition(pod.spec, containerStatuses, phase));
    this.#updateStatusInternal(pod, { ...status, conditions }, false);
  }

  /**
   * Declares every container of a pod as terminated.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.TerminatePod
   * @story as {pod.metadata.uid}
   */
  terminatePod(pod: Pod): void {
    const cached = this.podStatuses.get(pod.metadata.uid);
    const status = deepCopy(cached?.status ?? pod.status);
    const terminate = (each: ContainerStatus): void => {
      each.state = { terminated: each.state.terminated ?? { exitCode: 0 } };
    };
    status.containerStatuses?.forEach(terminate);
    status.initContainerStatuses?.forEach(terminate);
    this.#updateStatusInternal(pod, status, true);
  }

  /**
   * Stores a status under the next version; a full channel leaves it for later.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.updateStatusInternal
   * @story on chan.send: The status of pod `{name}` is stored under its next version, and the writer is told.
   */
  #updateStatusInternal(
    pod: Pod,
    given: PodStatus,
    forceUpdate: boolean,
  ): void {
    const { uid, name, namespace } = pod.metadata;
    const cached = this.podStatuses.get(uid);
    const mirror = this.podManager.getMirrorPodByPod(pod);
    const oldStatus = cached?.status ?? mirror?.status ?? pod.status;
    const { restartPolicy } = pod.spec;
    const illegal =
      checkContainerStateTransition(
        oldStatus.containerStatuses ?? [],
        given.containerStatuses ?? [],
        restartPolicy,
      ) ??
      checkContainerStateTransition(
        oldStatus.initContainerStatuses ?? [],
        given.initContainerStatuses ?? [],
        restartPolicy,
      );
    if (illegal !== undefined) {
      errorf(`Status update on pod ${namespace}/${name} aborted: ${illegal}`);
      return;
    }
    const now = formatTime(this.#sim.now());
    const status = normalizeStatus(pod, {
      ...given,
      conditions: (given.conditions ?? []).map((condition) =>
        updateLastTransitionTime(condition, oldStatus, now),
      ),
      startTime: oldStatus.startTime ?? given.startTime ?? now,
    });
    const same =
      cached !== undefined && isPodStatusByKubeletEqual(cached.status, status);
    if (same && !forceUpdate) {
      v4f(`Ignoring same status for pod "${format.pod(pod)}"`);
      return;
    }
    const versioned = {
      status,
      version: (cached?.version ?? 0) + 1,
      podName: name,
      podNamespace: namespace,
    };
    this.podStatuses.set(uid, versioned);
    this.podStatusChannel.trySend({ podUID: uid, status: versioned });
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/status/status_manager.go manager.RemoveOrphanedStatuses
   */
  removeOrphanedStatuses(podUIDs: ReadonlySet<UID>): void {
    for (const uid of [...this.podStatuses.keys()]) {
      if (!podUIDs.has(uid)) this.podStatuses.delete(uid);
    }
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go findContainerStatus
 */
function findContainerStatus(
  status: PodStatus,
  containerID: string,
): ContainerStatus | undefined {
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
  ].find((each) => each.containerID === containerID);
}

/**
 * A condition that did not change keeps the time of its last change.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go updateLastTransitionTime
 */
function updateLastTransitionTime(
  condition: PodCondition,
  oldStatus: PodStatus,
  now: string,
): PodCondition {
  const old = (oldStatus.conditions ?? []).find(
    ({ type }) => type === condition.type,
  );
  const lastTransitionTime =
    old?.status === condition.status ? (old.lastTransitionTime ?? now) : now;
  return { ...condition, lastTransitionTime };
}
