/**
 * Housekeeping: every two seconds, whatever should not be there goes.
 */
import type { Pod, UID } from './api/v1.ts';
import type { Pod as RunningPod } from './container/runtime.ts';
import type { Kubelet } from './kubelet.ts';
import { filterOutTerminatedPods, podVolumesExist } from './kubelet-pods.ts';
import { errorf, v4f } from './klog.ts';
import { asError } from './util/errors.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.HandlePodCleanups
 * @throws {Error} when the runtime does not list its pods
 */
export async function handlePodCleanups(kl: Kubelet): Promise<void> {
  // Before the pods: a pod that comes meanwhile is then no orphan.
  const cgroupPods = [...kl.containerManager.cgroups];
  const [allPods, mirrorPods] = kl.podManager.getPodsAndMirrorPods();
  const activePods = filterOutTerminatedPods(kl, allPods);
  const desiredPods = new Set(activePods.map(({ metadata }) => metadata.uid));

  kl.podWorkers.forgetNonExistingPodWorkers(desiredPods);
  kl.probeManager.cleanupPods(activePods);

  const cached = await kl.runtimeCache.getPods();
  for (const pod of cached) {
    if (desiredPods.has(pod.id)) continue;
    await kl.podKillingCh.send({ apiPod: undefined, runningPod: pod });
  }
  removeOrphanedPodStatuses(kl, allPods, mirrorPods);
  const runningPods = await kl.containerRuntime.getPods(false);
  cleanupOrphanedPodDirs(kl, allPods, runningPods);
  try {
    await kl.podManager.deleteOrphanedMirrorPods();
  } catch (thrown) {
    errorf(`Failed cleaning up mirror pods: ${asError(thrown).message}`);
  }
  cleanupOrphanedPodCgroups(kl, cgroupPods, activePods);
  kl.backOff.gc();
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.removeOrphanedPodStatuses
 */
function removeOrphanedPodStatuses(
  kl: Kubelet,
  pods: readonly Pod[],
  mirrorPods: readonly Pod[],
): void {
  const podUIDs = [...pods, ...mirrorPods].map(({ metadata }) => metadata.uid);
  kl.statusManager.removeOrphanedStatuses(new Set(podUIDs));
}

/**
 * Removes the directories of pods that are neither wanted nor running, once
 * none of their volumes is mounted.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_volumes.go Kubelet.cleanupOrphanedPodDirs
 */
function cleanupOrphanedPodDirs(
  kl: Kubelet,
  pods: readonly Pod[],
  runningPods: readonly RunningPod[],
): void {
  const allPods = new Set<UID>([
    ...pods.map(({ metadata }) => metadata.uid),
    ...runningPods.map(({ id }) => id),
  ]);
  for (const uid of kl.os.readDir(kl.getPodsDir())) {
    if (allPods.has(uid)) continue;
    if (podVolumesExist(kl, uid)) {
      v4f(`Orphaned pod "${uid}" found, but volumes are not cleaned up`);
      continue;
    }
    v4f(`Orphaned pod "${uid}" found, removing`);
    kl.os.removeAll(kl.getPodDir(uid));
  }
}

/**
 * Removes the cgroups of pods that are not active, once their volumes are
 * gone.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.cleanupOrphanedPodCgroups
 * @omits a pod whose volumes remain gets the least share of the CPU
 */
function cleanupOrphanedPodCgroups(
  kl: Kubelet,
  cgroupPods: readonly UID[],
  activePods: readonly Pod[],
): void {
  const podSet = new Set(activePods.map(({ metadata }) => metadata.uid));
  for (const uid of cgroupPods) {
    if (podSet.has(uid) || podVolumesExist(kl, uid)) continue;
    kl.containerManager.destroy(uid);
  }
}
