/**
 * Questions about pods, and the kill that all ways of killing end in.
 */
import type { ContainerStatus, Pod, PodStatus, UID } from './api/v1.ts';
import { convertPodStatusToRunningPod } from './container/helpers.ts';
import type {
  Pod as RunningPod,
  PodStatus as RuntimePodStatus,
} from './container/runtime.ts';
import { podIsEvicted } from './eviction/helpers.ts';
import type { Kubelet } from './kubelet.ts';
import { v2f, warningf } from './klog.ts';
import * as format from './util/format/pod.ts';

export interface KillPod {
  /** Undefined when only the runtime knows the pod. */
  readonly pod: Pod | undefined;
  /** What to kill, or else the status to find it in. */
  readonly runningPod?: RunningPod;
  readonly status?: RuntimePodStatus;
  /** In seconds. */
  readonly gracePeriodOverride?: number | undefined;
}

/**
 * Kills all containers of a pod and brings the cgroups up to date.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.killPod
 * @throws {Error} what the runtime says
 */
export async function killPod(kl: Kubelet, options: KillPod): Promise<void> {
  const { pod, runningPod, status, gracePeriodOverride } = options;
  if (runningPod === undefined && status === undefined) {
    throw new Error(
      'one of the two arguments must be non-nil: runningPod, status',
    );
  }
  const p =
    runningPod ??
    (status === undefined ? undefined : convertPodStatusToRunningPod(status));
  if (p === undefined) return;
  await kl.containerRuntime.killPod(pod, p, gracePeriodOverride);
  kl.containerManager.updateQOSCgroups();
}

/**
 * Whether a pod has ended, or is to end and runs nothing.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.podIsTerminated
 */
export function podIsTerminated(kl: Kubelet, pod: Pod): boolean {
  const status = kl.statusManager.getPodStatus(pod.metadata.uid) ?? pod.status;
  if (status.phase === 'Failed' || status.phase === 'Succeeded') return true;
  return (
    pod.metadata.deletionTimestamp !== undefined &&
    notRunning(status.containerStatuses ?? [])
  );
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.IsPodTerminated
 */
export function isPodTerminated(kl: Kubelet, uid: UID): boolean {
  const pod = kl.podManager.getPodByUID(uid);
  return pod === undefined || podIsTerminated(kl, pod);
}

/**
 * Whether nothing of the pod need be kept: it is gone, was evicted, or is to
 * be deleted and runs nothing.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.IsPodDeleted
 */
export function isPodDeleted(kl: Kubelet, uid: UID): boolean {
  const pod = kl.podManager.getPodByUID(uid);
  if (pod === undefined) return true;
  const status = kl.statusManager.getPodStatus(uid);
  if (status === undefined) return podIsEvicted(pod.status);
  const deleted = pod.metadata.deletionTimestamp !== undefined;
  return (
    podIsEvicted(status) ||
    (deleted && notRunning(status.containerStatuses ?? []))
  );
}

/**
 * Whether nothing is left of a deleted pod that its API object stands for.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.PodResourcesAreReclaimed
 */
export function podResourcesAreReclaimed(
  kl: Kubelet,
  pod: Pod,
  status: PodStatus,
): boolean {
  const name = format.pod(pod);
  const { uid } = pod.metadata;
  if (!notRunning(status.containerStatuses ?? [])) {
    v2f(`Pod "${name}" is terminated, but some containers are still running`);
    return false;
  }
  const { status: runtimeStatus, err } = kl.podCache.get(uid);
  if (err !== undefined) {
    v2f(
      `Pod "${name}" is terminated, Error getting runtimeStatus from the podCache: ${err.message}`,
    );
    return false;
  }
  if (runtimeStatus.containerStatuses.length > 0) {
    v2f(
      `Pod "${name}" is terminated, but some containers have not been cleaned up`,
    );
    return false;
  }
  if (podVolumesExist(kl, uid)) {
    v2f(
      `Pod "${name}" is terminated, but some volumes have not been cleaned up`,
    );
    return false;
  }
  if (kl.containerManager.exists(pod)) {
    v2f(
      `Pod "${name}" is terminated, but pod cgroup sandbox has not been cleaned up`,
    );
    return false;
  }
  return true;
}

/**
 * Whether no container runs; of an empty list that is true.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go notRunning
 */
export function notRunning(statuses: readonly ContainerStatus[]): boolean {
  return statuses.every(
    ({ state }) =>
      state.terminated !== undefined || state.waiting !== undefined,
  );
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.filterOutTerminatedPods
 */
export function filterOutTerminatedPods(
  kl: Kubelet,
  pods: readonly Pod[],
): Pod[] {
  return pods.filter((pod) => !podIsTerminated(kl, pod));
}

/**
 * Whether a volume of the pod is still mounted.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_volumes.go Kubelet.podVolumesExist
 */
export function podVolumesExist(kl: Kubelet, uid: UID): boolean {
  if (kl.volumeManager.getMountedVolumesForPod(uid).length > 0) return true;
  const volumesDir = `${kl.getPodDir(uid)}/volumes/`;
  return [...kl.os.mounts].some((path) => path.startsWith(volumesDir));
}

/**
 * Fetches what registries want to see; what is missing is left out.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.getPullSecretsForPod
 * @story returns: Of the pull secrets that the pod names, those that exist are {result}; what is missing is left out.
 */
export async function getPullSecretsForPod(
  kl: Kubelet,
  pod: Pod,
): Promise<string[]> {
  const pullSecrets: string[] = [];
  for (const { name } of pod.spec.imagePullSecrets ?? []) {
    const { namespace } = pod.metadata;
    if (await kl.getSecret(namespace, name)) {
      pullSecrets.push(name);
      continue;
    }
    warningf(
      `Unable to retrieve pull secret ${namespace}/${name} for ${namespace}/${pod.metadata.name} due to secrets "${name}" not found.  The image pull may not succeed.`,
    );
  }
  return pullSecrets;
}

/**
 * The pod's own directories, in upstream's order.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.makePodDataDirs
 * @throws {Error} when the disk refuses
 * @story `makePodDataDirs` makes three directories: the pod's own, and in it one for volumes and one for plugins.
 */
export function makePodDataDirs(kl: Kubelet, pod: Pod): void {
  const podDir = kl.getPodDir(pod.metadata.uid);
  kl.os.mkdirAll(podDir, '0750');
  kl.os.mkdirAll(`${podDir}/volumes`, '0750');
  kl.os.mkdirAll(`${podDir}/plugins`, '0750');
}
