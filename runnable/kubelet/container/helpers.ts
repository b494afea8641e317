/**
 * Small decisions about containers that several parts of the kubelet share.
 */
import { sortedJson } from '../util/sorted-json.ts';
import type { Container as ApiContainer, Pod as ApiPod } from '../api/v1.ts';
import { findContainerStatusByName } from './runtime.ts';
import type {
  Container,
  ContainerState,
  Pod,
  PodSandboxStatus,
  PodStatus,
} from './runtime.ts';

/**
 * Whether a container that does not run is to be started again.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go ShouldContainerBeRestarted
 */
export function shouldContainerBeRestarted(
  container: ApiContainer,
  pod: ApiPod,
  podStatus: PodStatus,
): boolean {
  const status = findContainerStatusByName(podStatus, container.name);
  if (status === undefined) return true;
  if (status.state === 'running') return false;
  if (status.state === 'unknown' || status.state === 'created') return true;
  const { restartPolicy } = pod.spec;
  if (restartPolicy === 'Never') return false;
  if (restartPolicy === 'OnFailure') return status.exitCode !== 0;
  return true;
}

/**
 * A number that changes whenever any field of the container's spec does.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go HashContainer
 * @differs FNV-1a runs over sorted JSON instead of Go's dump of the struct, so
 *   the numbers are others
 */
export function hashContainer(container: ApiContainer): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(sortedJson(container))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * The container's spec by name, init containers last.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go GetContainerSpec
 */
export function getContainerSpec(
  pod: ApiPod,
  containerName: string,
): ApiContainer | undefined {
  const { containers, initContainers = [] } = pod.spec;
  return [...containers, ...initContainers].find(
    ({ name }) => name === containerName,
  );
}

/**
 * What a kill needs to know of an inspected pod: its running containers and
 * all its sandboxes.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go ConvertPodStatusToRunningPod
 */
export function convertPodStatusToRunningPod(podStatus: PodStatus): Pod {
  const containers = podStatus.containerStatuses
    .filter(({ state }) => state === 'running')
    .map(({ id, name, image, imageID, hash, state }) => ({
      id,
      name,
      image,
      imageID,
      hash,
      state,
    }));
  const { id, name, namespace } = podStatus;
  const sandboxes = podStatus.sandboxStatuses.map(asContainer);
  return { id, name, namespace, containers, sandboxes };
}

function asContainer({ id, state }: PodSandboxStatus): Container {
  return {
    id,
    name: '',
    image: '',
    imageID: '',
    hash: 0,
    state: sandboxToContainerState(state),
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go SandboxToContainerState
 */
export function sandboxToContainerState(
  state: PodSandboxStatus['state'],
): ContainerState {
  return state === 'SANDBOX_READY' ? 'running' : 'exited';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go IsHostNetworkPod
 */
export function isHostNetworkPod(pod: ApiPod): boolean {
  return pod.spec.hostNetwork === true;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/helpers.go HasPrivilegedContainer
 */
export function hasPrivilegedContainer(pod: ApiPod): boolean {
  return pod.spec.containers.some(
    ({ securityContext }) => securityContext?.privileged === true,
  );
}
