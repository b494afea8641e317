/**
 * Keys, paths and conversions of the runtime manager.
 */
import type { CriContainer, PodSandbox } from '../apis/cri/services.ts';
import type { Container as ApiContainer, Pod, UID } from '../api/v1.ts';
import {
  hashContainer,
  isHostNetworkPod,
  sandboxToContainerState,
} from '../container/helpers.ts';
import type {
  Container,
  ContainerStatus,
  NamespaceMode,
} from '../container/runtime.ts';
import { getContainerHash, getContainerName } from './labels.ts';

/** Below it every pod has a directory of logs. */
export const podLogsRootDirectory = '/var/log/pods';

/**
 * An init container in state unknown counts as failed: nobody knows what it
 * did, so it has to run again.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go isInitContainerFailed
 */
export function isInitContainerFailed(status: ContainerStatus): boolean {
  if (status.state === 'exited' && status.exitCode !== 0) return true;
  return status.state === 'unknown';
}

/**
 * The key of a container's back-off. A changed spec makes another key, so it
 * starts afresh.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go getStableKey
 */
export function getStableKey(pod: Pod, container: ApiContainer): string {
  const { name, namespace, uid } = pod.metadata;
  const hash = hashContainer(container).toString(16);
  return `${name}_${namespace}_${uid}_${container.name}_${hash}`;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go BuildPodLogsDirectory
 */
export function buildPodLogsDirectory(podUID: UID): string {
  return `${podLogsRootDirectory}/${podUID}`;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go BuildContainerLogsDirectory
 */
export function buildContainerLogsDirectory(
  podUID: UID,
  containerName: string,
): string {
  return `${buildPodLogsDirectory(podUID)}/${containerName}`;
}

/**
 * Below the pod's log directory.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go buildContainerLogsPath
 */
export function buildContainerLogsPath(
  containerName: string,
  restartCount: number,
): string {
  return `${containerName}/${restartCount}.log`;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go networkNamespaceForPod
 */
export function networkNamespaceForPod(pod: Pod): NamespaceMode {
  return isHostNetworkPod(pod) ? 'NODE' : 'POD';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go kubeGenericRuntimeManager.toKubeContainer
 */
export function toKubeContainer(container: CriContainer): Container {
  return {
    id: container.id,
    name: getContainerName(container.labels),
    image: container.image,
    imageID: container.imageRef,
    hash: getContainerHash(container.annotations),
    state: container.state,
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/helpers.go kubeGenericRuntimeManager.sandboxToKubeContainer
 */
export function sandboxToKubeContainer(sandbox: PodSandbox): Container {
  return {
    id: sandbox.id,
    name: '',
    image: '',
    imageID: '',
    hash: 0,
    state: sandboxToContainerState(sandbox.state),
  };
}
