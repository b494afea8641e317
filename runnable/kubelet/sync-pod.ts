/**
 * Makes one pod what it should be: the work of a pod's worker.
 *
 * The order is the lesson. First whoever must not run is stopped, then what a
 * container needs is prepared, and only then the runtime is asked.
 */
import type { Pod, PodStatus } from './api/v1.ts';
import { isHostNetworkPod } from './container/helpers.ts';
import { getPodFullName } from './container/runtime.ts';
import type { PodStatus as RuntimePodStatus } from './container/runtime.ts';
import type { PodSyncResult } from './container/sync-result.ts';
import { canRunPod } from './handlers/admission.ts';
import type { Kubelet } from './kubelet.ts';
import {
  getPullSecretsForPod,
  killPod,
  makePodDataDirs,
  podIsTerminated,
} from './kubelet-pods.ts';
import { generateAPIPodStatus } from './kubelet-status.ts';
import { errorf, v2f } from './klog.ts';
import { networkNotReadyErrorMsg } from './pod-workers.ts';
import type { SyncPodOptions } from './pod-worker-options.ts';
import { isStaticPod } from './types/pod-update.ts';
import { asError } from './util/errors.ts';
import * as format from './util/format/pod.ts';

/**
 * The transaction that a worker runs, for one pod at a time.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncPod
 * @omits latency metrics
 * @throws {Error} whatever kept the pod from being as it should; the worker
 *   tries again later
 * @story as {options.updateType}
 * @story when options.updateType == 'kill': The worker passes the kill on to `syncPod`, which does nothing else this time.
 * @story With the status from the cache in hand, the worker syncs the pod; the request was to {options.updateType}.
 * @story returns: `syncPod` returns without an error after {took}.
 * @story throws: `syncPod` ends with an error, so the worker will try again: {error}
 */
export async function syncPod(
  kl: Kubelet,
  options: SyncPodOptions,
): Promise<void> {
  const { pod, mirrorPod, podStatus, updateType, killPodOptions } = options;
  const { uid } = pod.metadata;
  if (updateType === 'kill') {
    if (killPodOptions === undefined) {
      throw new Error('kill pod options are required if update type is kill');
    }
    kl.statusManager.setPodStatus(
      pod,
      killPodOptions.podStatusFunc(pod, podStatus),
    );
    const { podTerminationGracePeriodSecondsOverride } = killPodOptions;
    await stopPod(kl, pod, podStatus, podTerminationGracePeriodSecondsOverride);
    return;
  }

  const apiPodStatus = generateAPIPodStatus(kl, pod, podStatus);
  podStatus.ip = apiPodStatus.podIP ?? '';
  const runnable = canRunPod(kl, pod);
  if (!runnable.admit) block(apiPodStatus, runnable);
  kl.statusManager.setPodStatus(pod, apiPodStatus);

  if (
    !runnable.admit ||
    pod.metadata.deletionTimestamp !== undefined ||
    apiPodStatus.phase === 'Failed'
  ) {
    await stopPod(kl, pod, podStatus);
    // So that the worker backs off; nobody has to tell it of the others.
    if (!runnable.admit) {
      throw new Error(`pod cannot be run: ${runnable.message}`);
    }
    return;
  }

  const networkErrors = kl.runtimeState.networkErrors();
  if (networkErrors.length > 0 && !isHostNetworkPod(pod)) {
    const text = `${networkNotReadyErrorMsg}: [${networkErrors.join(' ')}]`;
    kl.recorder.event(pod, 'Warning', 'NetworkNotReady', text);
    throw new Error(text);
  }

  if (!podIsTerminated(kl, pod)) {
    await ensureCgroup(kl, pod, podStatus, apiPodStatus);
  }
  if (isStaticPod(pod)) await syncMirrorPod(kl, pod, mirrorPod);

  try {
    makePodDataDirs(kl, pod);
  } catch (thrown) {
    const text = `error making pod data directories: ${asError(thrown).message}`;
    kl.recorder.event(pod, 'Warning', 'Failed', text);
    errorf(
      `Unable to make pod data directories for pod "${format.pod(pod)}": ${asError(thrown).message}`,
    );
    throw thrown;
  }

  if (!podIsTerminated(kl, pod)) await waitForVolumes(kl, pod);

  const pullSecrets = await getPullSecretsForPod(kl, pod);
  const result = await kl.containerRuntime.syncPod(
    pod,
    podStatus,
    pullSecrets,
    kl.backOff,
  );
  kl.reasonCache.update(uid, result);
  const err = worthyError(result);
  if (err !== undefined) throw err;
}

/** What the API is told of a pod that may not run. */
function block(
  apiPodStatus: PodStatus,
  refusal: { readonly reason: string; readonly message: string },
): void {
  apiPodStatus.reason = refusal.reason;
  apiPodStatus.message = refusal.message;
  const { containerStatuses = [], initContainerStatuses = [] } = apiPodStatus;
  for (const { state } of [...initContainerStatuses, ...containerStatuses]) {
    if (state.waiting !== undefined) state.waiting.reason = 'Blocked';
  }
}

/** Kills all that runs of a pod; a failure is an event and an error. */
async function stopPod(
  kl: Kubelet,
  pod: Pod,
  status: RuntimePodStatus,
  gracePeriodOverride?: number,
): Promise<void> {
  try {
    await killPod(kl, { pod, status, gracePeriodOverride });
  } catch (thrown) {
    const text = `error killing pod: ${asError(thrown).message}`;
    kl.recorder.event(pod, 'Warning', 'FailedKillPod', text);
    throw new Error(text, { cause: thrown });
  }
}

/**
 * A pod's containers live in its cgroup. Containers that run outside it, from
 * the time before there were any, are killed and start anew inside.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncPod (part)
 * @story The pod's cgroup is made unless it is there; containers that run outside it would be killed.
 */
async function ensureCgroup(
  kl: Kubelet,
  pod: Pod,
  podStatus: RuntimePodStatus,
  apiPodStatus: PodStatus,
): Promise<void> {
  const { containerManager } = kl;
  const firstSync = (apiPodStatus.containerStatuses ?? []).every(
    ({ state }) => state.running === undefined,
  );
  let podKilled = false;
  if (!containerManager.exists(pod) && !firstSync) {
    try {
      await killPod(kl, { pod, status: podStatus });
      podKilled = true;
    } catch (thrown) {
      errorf(
        `killPod for pod "${format.pod(pod)}" (podStatus=${podStatus.id}) failed: ${asError(thrown).message}`,
      );
    }
  }
  if (podKilled && pod.spec.restartPolicy === 'Never') return;
  if (containerManager.exists(pod)) return;
  containerManager.updateQOSCgroups();
  try {
    containerManager.ensureExists(pod);
  } catch (thrown) {
    const text = `unable to ensure pod container exists: ${asError(thrown).message}`;
    kl.recorder.event(pod, 'Warning', 'FailedCreatePodContainer', text);
    throw new Error(
      `failed to ensure that the pod: ${pod.metadata.uid} cgroups exist and are correctly applied: ${asError(thrown).message}`,
      { cause: thrown },
    );
  }
}

/**
 * Shows a static pod in the API as it is now. What fails is only logged: the
 * pod itself needs no API.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncPod (part)
 * @story when !mirrorPod: Static pod `{pod.metadata.name}` has no mirror in the API, so one is created.
 * @story when mirrorPod.metadata.deletionTimestamp: The mirror of `{pod.metadata.name}` is on its way out, so it is deleted and created anew.
 * @story Static pod `{pod.metadata.name}` has a mirror, which is replaced only if it is outdated.
 */
async function syncMirrorPod(
  kl: Kubelet,
  pod: Pod,
  mirrorPod: Pod | undefined,
): Promise<void> {
  const podFullName = getPodFullName(pod);
  const { mirrorClient } = kl.podManager;
  let deleted = false;
  if (mirrorPod !== undefined) {
    const leaving = mirrorPod.metadata.deletionTimestamp !== undefined;
    if (leaving || !kl.podManager.isMirrorPodOf(mirrorPod, pod)) {
      v2f(
        `Deleting mirror pod "${format.pod(mirrorPod)}" because it is outdated`,
      );
      await mirrorClient.deleteMirrorPod(podFullName);
      deleted = true;
    }
  }
  if (mirrorPod !== undefined && !deleted) return;
  if (kl.node.deletionTimestamp !== undefined) return;
  v2f(`Creating a mirror pod for static pod "${format.pod(pod)}"`);
  try {
    await mirrorClient.createMirrorPod(pod);
  } catch (thrown) {
    errorf(
      `Failed creating a mirror pod for "${format.pod(pod)}": ${asError(thrown).message}`,
    );
  }
}

async function waitForVolumes(kl: Kubelet, pod: Pod): Promise<void> {
  try {
    await kl.volumeManager.waitForAttachAndMount(pod);
  } catch (thrown) {
    const text = `Unable to mount volumes for pod "${format.pod(pod)}": ${asError(thrown).message}`;
    kl.recorder.event(pod, 'Warning', 'FailedMount', text);
    errorf(`${text}; skipping pod`);
    throw thrown;
  }
}

/**
 * Errors that are nothing but back-off were not to count. But every entry that
 * is no back-off counts as worthy, successes too, and there is always one: so
 * they do count, and the worker tries again in ten seconds.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncPod (part)
 */
function worthyError(result: PodSyncResult): Error | undefined {
  const err = result.error();
  if (err === undefined) return undefined;
  const backOff = ['CrashLoopBackOff', 'ImagePullBackOff'];
  const all = result.syncResults.every(({ error = '' }) =>
    backOff.includes(error),
  );
  return all ? undefined : err;
}
