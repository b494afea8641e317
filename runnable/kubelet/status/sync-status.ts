/**
 * The half of the status manager that writes to the API.
 */
import type { Pod, PodStatus, UID } from '../api/v1.ts';
import { v2f, v4f, warningf } from '../klog.ts';
import { isNotFound } from '../pod/mirror-client.ts';
import { isMirrorPod, isStaticPod } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';
import * as format from '../util/format/pod.ts';
import {
  isPodStatusByKubeletEqual,
  mergePodStatus,
  normalizeStatus,
} from './normalize-status.ts';
import type {
  PodStatusSyncRequest,
  StatusManager,
  VersionedPodStatus,
} from './status-manager.ts';

/**
 * Finds what the API does not have, or has otherwise, and what may go.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager.syncBatch
 */
export async function syncBatch(m: StatusManager): Promise<void> {
  const podToMirror = m.podManager.podToMirror();
  const mirrors = new Set(podToMirror.values());
  for (const uid of [...m.apiStatusVersions.keys()]) {
    if (!m.podStatuses.has(uid) && !mirrors.has(uid)) {
      m.apiStatusVersions.delete(uid);
    }
  }
  const updated: PodStatusSyncRequest[] = [];
  for (const [uid, status] of m.podStatuses) {
    const pod = m.podManager.getPodByUID(uid);
    const mirrorUID = podToMirror.get(uid);
    // A static pod has no status in the API before it has a mirror there.
    if (pod !== undefined && isStaticPod(pod) && mirrorUID === undefined)
      continue;
    const syncedUID = mirrorUID ?? uid;
    if (needsUpdate(m, syncedUID, status)) {
      updated.push({ podUID: uid, status });
    } else if (needsReconcile(m, uid, status.status)) {
      m.apiStatusVersions.delete(syncedUID);
      updated.push({ podUID: uid, status });
    }
  }
  for (const { podUID, status } of updated) await syncPod(m, podUID, status);
}

/**
 * Writes one status, and deletes the pod's object if it has had its time.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager.syncPod
 */
export async function syncPod(
  m: StatusManager,
  uid: UID,
  status: VersionedPodStatus,
): Promise<void> {
  if (!needsUpdate(m, uid, status)) {
    v4f(`Status for pod "${uid}" is up-to-date; skipping`);
    return;
  }
  const client = m.client;
  if (client === undefined) return;
  const { podNamespace, podName } = status;
  try {
    let pod = await client.get(podNamespace, podName);
    const translatedUID = m.podManager.translatePodUID(pod.metadata.uid);
    if (translatedUID !== uid) {
      v2f(
        `Pod "${format.pod(pod)}" was deleted and then recreated, skipping status update; old UID "${uid}", new UID "${translatedUID}"`,
      );
      m.podStatuses.delete(uid);
      return;
    }
    const body = { status: patchOf(pod.status, status.status) };
    pod = await client.patch(
      podNamespace,
      podName,
      { type: 'merge', body },
      'status',
    );
    m.apiStatusVersions.set(pod.metadata.uid, status.version);
    if (!canBeDeleted(m, pod, status.status)) return;
    await client.delete(podNamespace, podName, {
      gracePeriodSeconds: 0,
      uid: pod.metadata.uid,
    });
    v2f(`Pod "${format.pod(pod)}" fully terminated and removed from etcd`);
    m.podStatuses.delete(uid);
  } catch (thrown) {
    if (isNotFound(thrown)) {
      v4f(`Pod "${podName}" (${uid}) does not exist on the server`);
      return;
    }
    warningf(
      `Failed to update status for pod "${podName}_${podNamespace}(${uid})": ${asError(thrown).message}`,
    );
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager.needsUpdate
 */
export function needsUpdate(
  m: StatusManager,
  uid: UID,
  status: VersionedPodStatus,
): boolean {
  const latest = m.apiStatusVersions.get(uid);
  if (latest === undefined || latest < status.version) return true;
  const pod = m.podManager.getPodByUID(uid);
  return pod !== undefined && canBeDeleted(m, pod, status.status);
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager.canBeDeleted
 */
function canBeDeleted(m: StatusManager, pod: Pod, status: PodStatus): boolean {
  if (pod.metadata.deletionTimestamp === undefined) return false;
  if (isMirrorPod(pod)) return false;
  return m.podResourcesAreReclaimed(pod, status);
}

/**
 * Whether the API's status, as the kubelet last heard of it, differs.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/status/status_manager.go manager.needsReconcile
 */
function needsReconcile(
  m: StatusManager,
  uid: UID,
  status: PodStatus,
): boolean {
  const pod = m.podManager.getPodByUID(uid);
  if (pod === undefined) return false;
  const mirror = isStaticPod(pod)
    ? m.podManager.getMirrorPodByPod(pod)
    : undefined;
  if (isStaticPod(pod) && mirror === undefined) return false;
  const inAPI = normalizeStatus(pod, (mirror ?? pod).status);
  return !isPodStatusByKubeletEqual(inAPI, status);
}

/** What makes the old status the new one: a field that is gone is null. */
function patchOf(
  oldStatus: PodStatus,
  newStatus: PodStatus,
): Record<string, unknown> {
  const merged = mergePodStatus(oldStatus, newStatus);
  const gone = Object.keys(oldStatus).filter((key) => !(key in merged));
  return {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...merged,
  };
}
