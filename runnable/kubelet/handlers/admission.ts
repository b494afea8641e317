/**
 * May this pod come, and may it run.
 */
import type { Pod } from '../api/v1.ts';
import { hasPrivilegedContainer } from '../container/helpers.ts';
import type { Kubelet } from '../kubelet.ts';
import type { PodAdmitResult } from '../lifecycle/interfaces.ts';
import {
  apiserverSource,
  configSourceAnnotationKey,
} from '../types/pod-update.ts';

/** What only pods of certain sources may do. */
export interface Capabilities {
  readonly allowPrivileged: boolean;
  readonly hostNetworkSources: readonly string[];
  readonly hostPIDSources: readonly string[];
  readonly hostIPCSources: readonly string[];
}

/**
 * Asks every handler, once in a pod's life; the first refusal counts.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.canAdmitPod
 */
export function canAdmitPod(
  kl: Kubelet,
  pods: readonly Pod[],
  pod: Pod,
): PodAdmitResult {
  for (const handler of kl.admitHandlers) {
    const result = handler.admit({ pod, otherPods: pods });
    if (!result.admit) return result;
  }
  return { admit: true };
}

/**
 * Refuses a pod for good: an event, and a status that ends it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.rejectPod
 * @story as {pod.metadata.uid}
 * @story Pod `{pod.metadata.name}` is refused: {reason}. It ends as Failed and never gets a worker.
 */
export function rejectPod(
  kl: Kubelet,
  pod: Pod,
  reason: string,
  message: string,
): void {
  kl.recorder.event(pod, 'Warning', reason, message);
  kl.statusManager.setPodStatus(pod, {
    phase: 'Failed',
    reason,
    message: `Pod ${message}`,
  });
}

/**
 * Asks again before every sync, for what may change while a pod runs.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.canRunPod
 */
export function canRunPod(kl: Kubelet, pod: Pod): PodAdmitResult {
  for (const handler of kl.softAdmitHandlers) {
    const result = handler.admit({ pod, otherPods: [] });
    if (!result.admit) return result;
  }
  const message = missingCapability(pod, kl.capabilities);
  if (message === undefined) return { admit: true };
  return { admit: false, reason: 'Forbidden', message };
}

/** What the pod wants and its source may not have. */
function missingCapability(
  { metadata, spec }: Pod,
  capabilities: Capabilities,
): string | undefined {
  const { annotations = {} } = metadata;
  const source = annotations[configSourceAnnotationKey] ?? apiserverSource;
  const { hostNetworkSources, hostPIDSources, hostIPCSources } = capabilities;
  const name = `pod with UID "${metadata.uid}"`;
  if (spec.hostNetwork === true && !hostNetworkSources.includes(source)) {
    return `${name} specified host networking, but is disallowed`;
  }
  if (spec.hostPID === true && !hostPIDSources.includes(source)) {
    return `${name} specified host PID, but is disallowed`;
  }
  if (spec.hostIPC === true && !hostIPCSources.includes(source)) {
    return `${name} specified host ipc, but is disallowed`;
  }
  const pod = { metadata, spec } as Pod;
  if (hasPrivilegedContainer(pod) && !capabilities.allowPrivileged) {
    return `${name} specified privileged container, but is disallowed`;
  }
  return undefined;
}
