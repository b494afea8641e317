/**
 * Pods as the runtime has them: listed and inspected.
 */
import { sortBy } from '../../sim/sort-by.ts';
import type { UID } from '../api/v1.ts';
import type { Pod as RuntimePod, PodStatus } from '../container/runtime.ts';
import { sandboxToKubeContainer, toKubeContainer } from './helpers.ts';
import {
  getKubeletContainers,
  getPodContainerStatuses,
} from './kuberuntime-container.ts';
import {
  determinePodSandboxIP,
  getKubeletSandboxes,
  toPodSandboxStatus,
} from './kuberuntime-sandbox.ts';
import { getPodName, getPodNamespace, getPodUID } from './labels.ts';
import type { RuntimeContext } from './runtime-context.ts';

/**
 * All pods that the runtime knows; with `all`, dead ones too.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.GetPods
 */
export async function getPods(
  m: RuntimeContext,
  all: boolean,
): Promise<RuntimePod[]> {
  const pods = new Map<
    UID,
    { -readonly [K in keyof RuntimePod]: RuntimePod[K] }
  >();
  for (const sandbox of await getKubeletSandboxes(m, all)) {
    const { uid: id, name, namespace } = sandbox.metadata;
    const pod = pods.get(id) ?? {
      id,
      name,
      namespace,
      containers: [],
      sandboxes: [],
    };
    pod.sandboxes = [...pod.sandboxes, sandboxToKubeContainer(sandbox)];
    pods.set(id, pod);
  }
  for (const container of await getKubeletContainers(m, all)) {
    const id = getPodUID(container.labels);
    const pod = pods.get(id) ?? {
      id,
      name: getPodName(container.labels),
      namespace: getPodNamespace(container.labels),
      containers: [],
      sandboxes: [],
    };
    pod.containers = [...pod.containers, toKubeContainer(container)];
    pods.set(id, pod);
  }
  return [...pods.values()];
}

/**
 * Inspects one pod: sandboxes and containers newest first, and its address.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.GetPodStatus
 */
export async function getPodStatus(
  m: RuntimeContext,
  { id, name, namespace }: Pick<PodStatus, 'id' | 'name' | 'namespace'>,
): Promise<PodStatus> {
  const listed = await m.runtimeService.listPodSandbox(id);
  const newestFirst = sortBy(
    listed.toReversed(),
    ({ createdAt }) => -createdAt,
  );
  const sandboxStatuses = [];
  let ip = '';
  for (const [index, sandbox] of newestFirst.entries()) {
    const status = await m.runtimeService.podSandboxStatus(sandbox.id);
    sandboxStatuses.push(toPodSandboxStatus(status));
    // Only the newest sandbox can have the pod's address.
    if (index === 0 && status.state === 'SANDBOX_READY') {
      ip = determinePodSandboxIP(status);
    }
  }
  const containerStatuses = await getPodContainerStatuses(m, id);
  return { id, name, namespace, ip, sandboxStatuses, containerStatuses };
}
