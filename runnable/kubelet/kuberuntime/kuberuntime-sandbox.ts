/**
 * The sandbox: a pod's own network and namespaces, made before any container.
 */
import type { Pod } from '../api/v1.ts';
import type {
  CriPodSandboxStatus,
  PodSandbox,
  PodSandboxConfig,
} from '../apis/cri/services.ts';
import {
  hasPrivilegedContainer,
  isHostNetworkPod,
} from '../container/helpers.ts';
import type { PodSandboxStatus } from '../container/runtime.ts';
import { v2f } from '../klog.ts';
import * as format from '../util/format/pod.ts';
import { asError } from '../util/errors.ts';
import { buildPodLogsDirectory, networkNamespaceForPod } from './helpers.ts';
import { newPodLabels } from './labels.ts';
import type { RuntimeContext } from './runtime-context.ts';

/**
 * Makes the pod's log directory and lets the runtime make the sandbox.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_sandbox.go kubeGenericRuntimeManager.createPodSandbox
 * @omits the runtime handler of the alpha feature RuntimeClass
 * @throws {Error} when the directory or the sandbox cannot be made
 * @story Before the sandbox, `createPodSandbox` makes the log directory that the sandbox's config names.
 */
export async function createPodSandbox(
  m: RuntimeContext,
  pod: Pod,
  attempt: number,
): Promise<string> {
  const podSandboxConfig = generatePodSandboxConfig(pod, attempt);
  try {
    m.os.mkdirAll(podSandboxConfig.logDirectory, '0755');
  } catch (thrown) {
    throw new Error(
      `Create pod log directory for pod "${format.pod(pod)}" failed: ${asError(thrown).message}`,
      { cause: thrown },
    );
  }
  try {
    return await m.runtimeService.runPodSandbox(podSandboxConfig);
  } catch (thrown) {
    throw new Error(
      `CreatePodSandbox for pod "${format.pod(pod)}" failed: ${asError(thrown).message}`,
      { cause: thrown },
    );
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_sandbox.go kubeGenericRuntimeManager.generatePodSandboxConfig
 * @omits DNS, sysctls, the cgroup parent and the security context but for the
 *   network mode and whether any container is privileged
 */
export function generatePodSandboxConfig(
  pod: Pod,
  attempt: number,
): PodSandboxConfig {
  const { name, namespace, uid, annotations } = pod.metadata;
  v2f(`Generating sandbox config for pod "${format.pod(pod)}"`);
  return {
    metadata: { name, namespace, uid, attempt },
    labels: newPodLabels(pod),
    annotations: { ...annotations },
    hostname: isHostNetworkPod(pod) ? '' : (pod.spec.hostname ?? name),
    logDirectory: buildPodLogsDirectory(uid),
    portMappings: pod.spec.containers.flatMap(({ ports = [] }) =>
      ports.map(({ containerPort, hostPort = 0 }) => ({
        containerPort,
        hostPort,
      })),
    ),
    networkMode: networkNamespaceForPod(pod),
    privileged: hasPrivilegedContainer(pod),
  };
}

/**
 * All sandboxes, or only those that are ready.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_sandbox.go kubeGenericRuntimeManager.getKubeletSandboxes
 */
export async function getKubeletSandboxes(
  m: RuntimeContext,
  all: boolean,
): Promise<PodSandbox[]> {
  const sandboxes = await m.runtimeService.listPodSandbox();
  return sandboxes.filter(({ state }) => all || state === 'SANDBOX_READY');
}

/**
 * The sandbox's own address; a pod on the host's network has none here.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_sandbox.go kubeGenericRuntimeManager.determinePodSandboxIP
 */
export function determinePodSandboxIP(status: CriPodSandboxStatus): string {
  return status.networkMode === 'NODE' ? '' : status.ip;
}

/** A sandbox's status in the words of the kubelet. */
export function toPodSandboxStatus(
  status: CriPodSandboxStatus,
): PodSandboxStatus {
  const { id, metadata, state, createdAt, ip, networkMode } = status;
  return { id, ...metadata, state, createdAt, ip, networkMode };
}
