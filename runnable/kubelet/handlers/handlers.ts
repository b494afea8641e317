/**
 * What the main loop does with pods that came, changed or went. Each handler
 * runs on the loop and hands the work to a worker.
 */
import { parseTime } from '../../apiserver/time.ts';
import { sortBy } from '../../sim/sort-by.ts';
import type { Pod } from '../api/v1.ts';
import { podIsEvicted } from '../eviction/helpers.ts';
import type { Kubelet } from '../kubelet.ts';
import { filterOutTerminatedPods, podIsTerminated } from '../kubelet-pods.ts';
import { v2f } from '../klog.ts';
import type { SyncPodType } from '../pod-worker-options.ts';
import { generatePodReadyCondition } from '../status/generate.ts';
import { isMirrorPod } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';
import * as format from '../util/format/pod.ts';
import { canAdmitPod, rejectPod } from './admission.ts';

/**
 * The oldest of a batch comes first, and so wins where only one can be taken.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.HandlePodAdditions
 * @story when !pods.length: An `ADD` without pods says that the source is there and has none.
 * @story The loop makes each added pod known, has it admitted or refused, and hands it to a worker.
 */
export function handlePodAdditions(kl: Kubelet, pods: readonly Pod[]): void {
  const byAge = sortBy(pods, ({ metadata: { creationTimestamp } }) =>
    creationTimestamp === undefined ? 0 : parseTime(creationTimestamp),
  );
  for (const pod of byAge) {
    const existingPods = kl.podManager.getPods();
    // Even a pod that will be refused is known from here on.
    kl.podManager.addPod(pod);
    if (isMirrorPod(pod)) {
      handleMirrorPod(kl, pod);
      continue;
    }
    if (!podIsTerminated(kl, pod)) {
      const activePods = filterOutTerminatedPods(kl, existingPods);
      const result = canAdmitPod(kl, activePods, pod);
      if (!result.admit) {
        rejectPod(kl, pod, result.reason, result.message);
        continue;
      }
    }
    dispatchWork(kl, pod, 'create', kl.podManager.getMirrorPodByPod(pod));
    kl.probeManager.addPod(pod);
  }
}

/**
 * A pod that is to be deleted comes here too: that is a change like others.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.HandlePodUpdates
 * @story Whether changed or marked for deletion, the pod goes to its worker as an update.
 */
export function handlePodUpdates(kl: Kubelet, pods: readonly Pod[]): void {
  for (const pod of pods) {
    kl.podManager.updatePod(pod);
    if (isMirrorPod(pod)) handleMirrorPod(kl, pod);
    else dispatchWork(kl, pod, 'update', kl.podManager.getMirrorPodByPod(pod));
  }
}

/**
 * The pod is gone from its source.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.HandlePodRemoves
 * @story The pod is gone from its source, so the loop forgets it, and its worker too.
 */
export async function handlePodRemoves(
  kl: Kubelet,
  pods: readonly Pod[],
): Promise<void> {
  for (const pod of pods) {
    kl.podManager.deletePod(pod);
    if (isMirrorPod(pod)) {
      handleMirrorPod(kl, pod);
      continue;
    }
    try {
      await deletePod(kl, pod);
    } catch (thrown) {
      v2f(
        `Failed to delete pod "${format.pod(pod)}", err: ${asError(thrown).message}`,
      );
    }
    kl.probeManager.removePod(pod);
  }
}

/**
 * Only the status in the API changed: no sync, unless somebody else's
 * condition counts for readiness. An evicted pod loses its dead containers.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.HandlePodReconcile
 * @story Only the status in the API changed, so the loop stores the pod; it syncs for readiness gates alone.
 */
export function handlePodReconcile(kl: Kubelet, pods: readonly Pod[]): void {
  for (const pod of pods) {
    kl.podManager.updatePod(pod);
    if (needToReconcilePodReadiness(pod)) {
      dispatchWork(kl, pod, 'sync', kl.podManager.getMirrorPodByPod(pod));
    }
    if (podIsEvicted(pod.status)) {
      const { status, err } = kl.podCache.get(pod.metadata.uid);
      if (err === undefined) {
        kl.containerDeletor.deleteContainersInPod('', status, true);
      }
    }
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.HandlePodSyncs
 */
export function handlePodSyncs(kl: Kubelet, pods: readonly Pod[]): void {
  for (const pod of pods) {
    dispatchWork(kl, pod, 'sync', kl.podManager.getMirrorPodByPod(pod));
  }
}

/**
 * Hands a pod to its worker, unless the pod has ended: then there is nothing
 * to do but to say so.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.dispatchWork
 */
export function dispatchWork(
  kl: Kubelet,
  pod: Pod,
  updateType: SyncPodType,
  mirrorPod: Pod | undefined,
): void {
  if (podIsTerminated(kl, pod)) {
    if (pod.metadata.deletionTimestamp !== undefined) {
      kl.statusManager.terminatePod(pod);
    }
    return;
  }
  kl.podWorkers.updatePod({ pod, mirrorPod, updateType });
}

/**
 * Whatever happens to a mirror pod concerns the static pod behind it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.handleMirrorPod
 */
function handleMirrorPod(kl: Kubelet, mirrorPod: Pod): void {
  const pod = kl.podManager.getPodByMirrorPod(mirrorPod);
  if (pod === undefined) return;
  dispatchWork(kl, pod, 'update', kl.podManager.getMirrorPodByPod(pod));
}

/**
 * Forgets the pod's worker and has whatever still runs killed. Directories
 * and volumes are left to housekeeping.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.deletePod
 * @throws {Error} when sources are missing, or nothing runs
 */
async function deletePod(kl: Kubelet, pod: Pod): Promise<void> {
  if (!kl.sourcesReady.allReady()) {
    throw new Error("skipping delete because sources aren't ready yet");
  }
  const { uid } = pod.metadata;
  kl.podWorkers.forgetWorker(uid);
  const runningPods = await kl.runtimeCache.getPods();
  const runningPod = runningPods.find(({ id }) => id === uid);
  if (runningPod === undefined) throw new Error('pod not found');
  await kl.podKillingCh.send({ apiPod: pod, runningPod });
}

/**
 * Whether the API's Ready condition is not what the readiness gates say.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go NeedToReconcilePodReadiness
 */
function needToReconcilePodReadiness({ spec, status }: Pod): boolean {
  if ((spec.readinessGates ?? []).length === 0) return false;
  const { conditions = [], containerStatuses, phase } = status;
  const computed = generatePodReadyCondition(
    spec,
    conditions,
    containerStatuses,
    phase,
  );
  const found = conditions.find(({ type }) => type === 'Ready');
  return found !== undefined && found.status !== computed.status;
}
