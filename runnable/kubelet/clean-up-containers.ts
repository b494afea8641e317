/**
 * After a container's death: how many of the dead are to stay.
 */
import type { Pod, UID } from './api/v1.ts';
import type { PodStatus } from './container/runtime.ts';
import { podIsEvicted } from './eviction/helpers.ts';
import type { Kubelet } from './kubelet.ts';
import { notRunning } from './kubelet-pods.ts';
import { generateAPIPodStatus } from './kubelet-status.ts';

/**
 * Has the older dead containers of that name removed; of a pod that is over,
 * all of them.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.cleanUpContainersInPod
 * @story as {exitedContainerID}
 */
export function cleanUpContainersInPod(
  kl: Kubelet,
  podID: UID,
  exitedContainerID: string,
): void {
  const { status, err } = kl.podCache.get(podID);
  if (err !== undefined) return;
  const pod = kl.podManager.getPodByUID(podID);
  const removeAll = pod !== undefined && isOver(kl, pod, status);
  kl.containerDeletor.deleteContainersInPod(
    exitedContainerID,
    status,
    removeAll,
  );
}

/**
 * Evicted by the API's word, or to be deleted and running nothing by the
 * runtime's: two sources for one question.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.cleanUpContainersInPod (part)
 */
function isOver(kl: Kubelet, pod: Pod, podStatus: PodStatus): boolean {
  const apiPodStatus = generateAPIPodStatus(kl, pod, podStatus);
  const deleted = pod.metadata.deletionTimestamp !== undefined;
  return (
    podIsEvicted(pod.status) ||
    (deleted && notRunning(apiPodStatus.containerStatuses ?? []))
  );
}
