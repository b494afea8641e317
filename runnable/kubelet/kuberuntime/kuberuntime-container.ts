/**
 * Containers: start one, look at them, remove one.
 */
import { sortBy } from '../../sim/sort-by.ts';
import type { Container, Pod, UID } from '../api/v1.ts';
import type {
  ContainerConfig,
  CriContainer,
  PodSandboxConfig,
} from '../apis/cri/services.ts';
import { findContainerStatusByName } from '../container/runtime.ts';
import type { ContainerStatus, PodStatus } from '../container/runtime.ts';
import { ReasonError } from '../container/sync-result.ts';
import { errorf } from '../klog.ts';
import { asError } from '../util/errors.ts';
import {
  buildContainerLogsDirectory,
  buildContainerLogsPath,
} from './helpers.ts';
import { killContainer, runHandler } from './kill-container.ts';
import {
  getContainerHash,
  getContainerName,
  getPodName,
  getPodNamespace,
  getRestartCount,
  newContainerAnnotations,
  newContainerLabels,
} from './labels.ts';
import { legacyContainerLogsDir, legacyLogSymlink } from './legacy.ts';
import { recordContainerEvent } from './record-container-event.ts';
import type { RuntimeContext } from './runtime-context.ts';

/** Where and for which sync a container is started. */
export interface StartOptions {
  readonly podSandboxID: string;
  readonly podSandboxConfig: PodSandboxConfig;
  readonly pod: Pod;
  readonly podStatus: PodStatus;
  readonly pullSecrets: readonly string[];
}

/**
 * Starts a container in four steps: image, create, start, post-start hook.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.startContainer
 * @omits the internal pre-start hook, which pins CPUs
 * @throws {ReasonError} with the reason that the container's status will show
 * @story as {container.name}
 * @story No back-off holds `{container.name}` up, so its image is looked for, and then it is created and started.
 */
export async function startContainer(
  m: RuntimeContext,
  options: StartOptions,
  container: Container,
): Promise<void> {
  const { podSandboxID, podSandboxConfig, pod, podStatus } = options;
  const image = await ensureImage(m, options, container);

  const status = findContainerStatusByName(podStatus, container.name);
  const restartCount = status === undefined ? 0 : status.restartCount + 1;
  const config = makeConfig(m, options, container, { restartCount, image });
  const containerID = await reported(
    m,
    { pod, container, containerID: '' },
    'CreateContainerError',
    () =>
      m.runtimeService.createContainer(podSandboxID, config, podSandboxConfig),
  );
  const of = { pod, container, containerID };
  recordContainerEvent(m, of, 'Normal', 'Created', 'Created container');

  await reported(m, of, 'RunContainerError', () =>
    m.runtimeService.startContainer(containerID),
  );
  recordContainerEvent(m, of, 'Normal', 'Started', 'Started container');
  linkLog(m, of, `${podSandboxConfig.logDirectory}/${config.logPath}`);

  const postStart = container.lifecycle?.postStart;
  if (postStart === undefined) return;
  try {
    await runHandler(m, containerID, postStart);
  } catch (thrown) {
    const { message } = asError(thrown);
    recordContainerEvent(m, of, 'Warning', 'FailedPostStartHook', message);
    await killAfterHook(m, of);
    throw new ReasonError(`PostStartHookError: ${message}`, message);
  }
}

interface Of {
  readonly pod: Pod;
  readonly container: Container;
  readonly containerID: string;
}

/** A failure of `step` becomes an event and gets its reason. */
async function reported<T>(
  m: RuntimeContext,
  of: Of,
  reason: string,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (thrown) {
    const { message } = asError(thrown);
    recordContainerEvent(m, of, 'Warning', 'Failed', `Error: ${message}`);
    throw new ReasonError(reason, message);
  }
}

async function ensureImage(
  m: RuntimeContext,
  { pod, pullSecrets }: StartOptions,
  container: Container,
): Promise<string> {
  try {
    return await m.imagePuller.ensureImageExists(pod, container, pullSecrets);
  } catch (thrown) {
    if (!(thrown instanceof ReasonError)) throw thrown;
    const of = { pod, container, containerID: '' };
    const text = `Error: ${thrown.reason}`;
    recordContainerEvent(m, of, 'Warning', 'Failed', text);
    throw thrown;
  }
}

/** A configuration that cannot be made is an event with its own reason. */
function makeConfig(
  m: RuntimeContext,
  { pod }: StartOptions,
  container: Container,
  made: { readonly restartCount: number; readonly image: string },
): ContainerConfig {
  try {
    return generateContainerConfig(m, container, pod, made);
  } catch (thrown) {
    const { message } = asError(thrown);
    const of = { pod, container, containerID: '' };
    recordContainerEvent(m, of, 'Warning', 'Failed', `Error: ${message}`);
    throw new ReasonError('CreateContainerConfigError', message);
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.generateContainerConfig
 * @omits mounts, devices, resources and the security context but for
 *   RunAsNonRoot
 */
export function generateContainerConfig(
  m: RuntimeContext,
  container: Container,
  pod: Pod,
  {
    restartCount,
    image,
  }: { readonly restartCount: number; readonly image: string },
): ContainerConfig {
  const { securityContext } = container;
  if (
    securityContext?.runAsNonRoot === true &&
    securityContext.runAsUser === 0
  ) {
    throw new Error("container's runAsUser breaks non-root policy");
  }
  const { uid } = pod.metadata;
  m.os.mkdirAll(buildContainerLogsDirectory(uid, container.name), '0755');
  return {
    name: container.name,
    attempt: restartCount,
    image,
    command: container.command ?? [],
    args: container.args ?? [],
    envs: (container.env ?? []).map(({ name, value = '' }) => ({
      key: name,
      value,
    })),
    labels: newContainerLabels(container, pod),
    annotations: newContainerAnnotations(container, pod, restartCount),
    logPath: buildContainerLogsPath(container.name, restartCount),
  };
}

/** Links the log, if it is there, to where it used to be. */
function linkLog(
  m: RuntimeContext,
  { pod, container, containerID }: Of,
  containerLog: string,
): void {
  if (m.os.stat(containerLog) === undefined) return;
  m.os.mkdirAll(legacyContainerLogsDir, '0755');
  const legacySymlink = legacyLogSymlink({
    containerID,
    containerName: container.name,
    podName: pod.metadata.name,
    podNamespace: pod.metadata.namespace,
  });
  m.os.symlink(containerLog, legacySymlink);
}

async function killAfterHook(m: RuntimeContext, of: Of): Promise<void> {
  const { pod, container, containerID } = of;
  try {
    await killContainer(m, {
      pod,
      containerID,
      containerName: container.name,
      reason: 'FailedPostStartHook',
    });
  } catch (thrown) {
    errorf(
      `Failed to kill container "${container.name}"(id="${containerID}") in pod "${pod.metadata.name}": ${asError(thrown).message}`,
    );
  }
}

/**
 * All containers, or only those that run.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.getKubeletContainers
 */
export async function getKubeletContainers(
  m: RuntimeContext,
  all: boolean,
): Promise<CriContainer[]> {
  const containers = await m.runtimeService.listContainers();
  return containers.filter(({ state }) => all || state === 'running');
}

/**
 * All instances of all containers of a pod, newest first.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.getPodContainerStatuses
 */
export async function getPodContainerStatuses(
  m: RuntimeContext,
  uid: UID,
): Promise<ContainerStatus[]> {
  const containers = await m.runtimeService.listContainers(uid);
  const statuses: ContainerStatus[] = [];
  for (const { id } of containers.toReversed()) {
    const status = await m.runtimeService.containerStatus(id);
    statuses.push({
      id,
      name: getContainerName(status.labels),
      state: status.state,
      createdAt: status.createdAt,
      startedAt: status.startedAt,
      finishedAt: status.finishedAt,
      exitCode: status.exitCode,
      image: status.image,
      imageID: status.imageRef,
      hash: getContainerHash(status.annotations),
      restartCount: getRestartCount(status.annotations),
      reason: status.reason,
      message: status.message,
    });
  }
  return sortBy(statuses, ({ createdAt }) => -createdAt);
}

/**
 * Removes a container and, before it, what is left of its log: should that
 * fail, the container is still there to try again with.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.removeContainer
 * @omits the internal post-stop hook, which gives the CPUs back
 */
export async function removeContainer(
  m: RuntimeContext,
  containerID: string,
): Promise<void> {
  const status = await m.runtimeService.containerStatus(containerID);
  m.os.remove(status.logPath);
  const legacySymlink = legacyLogSymlink({
    containerID,
    containerName: getContainerName(status.labels),
    podName: getPodName(status.labels),
    podNamespace: getPodNamespace(status.labels),
  });
  m.os.remove(legacySymlink);
  await m.runtimeService.removeContainer(containerID);
}
