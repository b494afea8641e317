/**
 * Stopping: a container, all containers of a pod, the pod.
 *
 * Nothing is removed here. A stopped container stays until the deletor or a
 * garbage collection takes it.
 */
import { Channel } from '../../sim/channel.ts';
import { after, receive, select } from '../../sim/select.ts';
import type { Handler, Pod } from '../api/v1.ts';
import { getContainerSpec } from '../container/helpers.ts';
import type { Container, Pod as RunningPod } from '../container/runtime.ts';
import { PodSyncResult, SyncResult } from '../container/sync-result.ts';
import { errorf, v2f } from '../klog.ts';
import { asError } from '../util/errors.ts';
import { restoreSpecsFromContainerLabels } from './labels.ts';
import { recordContainerEvent } from './record-container-event.ts';
import { runtimeName } from './runtime-context.ts';
import type { RuntimeContext } from './runtime-context.ts';

/** No container gets less, unless the killer says so expressly. */
export const minimumGracePeriodInSeconds = 2;

export interface KillContainer {
  /** Undefined when only the runtime knows the container. */
  readonly pod: Pod | undefined;
  readonly containerID: string;
  readonly containerName: string;
  readonly reason: string;
  /** In seconds; 0 kills at once. */
  readonly gracePeriodOverride?: number | undefined;
}

/**
 * Runs the pre-stop hook, then stops the container; the hook's time counts
 * against the grace period.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.killContainer
 * @omits the internal pre-stop hook
 * @throws {Error} when the pod's spec has no such container, or the runtime
 *   cannot stop it
 */
export async function killContainer(
  m: RuntimeContext,
  options: KillContainer,
): Promise<void> {
  const { containerID, containerName, reason, gracePeriodOverride } = options;
  const { pod, container } = await specsOf(m, options);
  let gracePeriod = gracePeriodOf(pod);
  v2f(
    `Killing container "${runtimeName}://${containerID}" with ${gracePeriod} second grace period`,
  );
  const preStop = container.lifecycle?.preStop;
  if (preStop !== undefined && gracePeriod > 0) {
    gracePeriod -= await executePreStopHook(m, options, preStop, gracePeriod);
  }
  if (gracePeriod < minimumGracePeriodInSeconds) {
    gracePeriod = minimumGracePeriodInSeconds;
  }
  if (gracePeriodOverride !== undefined) {
    gracePeriod = gracePeriodOverride;
    v2f(
      `Killing container "${runtimeName}://${containerID}", but using ${gracePeriod} second grace period override`,
    );
  }
  try {
    await m.runtimeService.stopContainer(containerID, gracePeriod);
  } catch (thrown) {
    errorf(
      `Container "${runtimeName}://${containerID}" termination failed with gracePeriod ${gracePeriod}: ${asError(thrown).message}`,
    );
    throw thrown;
  }
  const message = `Killing container with id ${runtimeName}://${containerID}:${reason}`;
  const of = { pod, container, containerID };
  recordContainerEvent(m, of, 'Normal', 'Killing', message);
  v2f(`Container "${containerName}" exited normally`);
}

/** The pod and the container's spec, or what labels and annotations tell. */
async function specsOf(
  m: RuntimeContext,
  { pod, containerID, containerName }: KillContainer,
): Promise<ReturnType<typeof restoreSpecsFromContainerLabels>> {
  if (pod === undefined) {
    const status = await m.runtimeService.containerStatus(containerID);
    return restoreSpecsFromContainerLabels(status.labels, status.annotations);
  }
  const container = getContainerSpec(pod, containerName);
  if (container === undefined) {
    throw new Error(
      `failed to get containerSpec "${containerName}"(id="${runtimeName}://${containerID}") in pod "${pod.metadata.name}" when killing container`,
    );
  }
  return { pod, container };
}

/** In seconds: the deletion's, else the pod's own, else the minimum. */
function gracePeriodOf({ metadata, spec }: Pod): number {
  return (
    metadata.deletionGracePeriodSeconds ??
    spec.terminationGracePeriodSeconds ??
    minimumGracePeriodInSeconds
  );
}

/**
 * Runs the hook for at most the grace period.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.executePreStopHook
 * @returns how many whole seconds it took
 */
async function executePreStopHook(
  m: RuntimeContext,
  { containerID }: KillContainer,
  preStop: Handler,
  gracePeriod: number,
): Promise<number> {
  const { sim } = m;
  const start = sim.now();
  const done = new Channel<true>(sim, `preStop/${containerID}`, 1);
  sim.go(`preStop ${containerID}`, async () => {
    try {
      await runHandler(m, containerID, preStop);
    } catch (thrown) {
      errorf(`preStop hook for container failed: ${asError(thrown).message}`);
    }
    done.trySend(true);
  });
  const chosen = await select(sim, 'executePreStopHook', {
    timeout: after(sim, gracePeriod * 1000),
    done: receive(sim, done),
  });
  if (chosen.which === 'timeout') {
    v2f(
      `preStop hook for container "${containerID}" did not complete in ${gracePeriod} seconds`,
    );
  }
  return Math.floor((sim.now() - start) / 1000);
}

/**
 * Carries a hook out in the container.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/handlers.go HandlerRunner.Run
 * @omits HTTP hooks: a hook is a command here
 * @throws {Error} when the command ends with another code than 0
 */
export async function runHandler(
  m: RuntimeContext,
  containerID: string,
  handler: Handler,
): Promise<void> {
  if (handler.exec === undefined) {
    throw new Error('Invalid handler: expected an exec handler');
  }
  const { command } = handler.exec;
  const code = await m.runtimeService.execSync(containerID, command);
  if (code !== 0) {
    throw new Error(`command '${command.join(' ')}' exited with ${code}: `);
  }
}

/**
 * Kills all running containers of a pod at the same time, one task each.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.killContainersWithSyncResult
 */
async function killContainersWithSyncResult(
  m: RuntimeContext,
  pod: Pod | undefined,
  runningPod: RunningPod,
  gracePeriodOverride: number | undefined,
): Promise<SyncResult[]> {
  const results: SyncResult[] = [];
  const kill = async ({ id, name }: Container): Promise<void> => {
    const result = new SyncResult('KillContainer', name);
    try {
      await killContainer(m, {
        pod,
        containerID: id,
        containerName: name,
        reason: 'Need to kill Pod',
        gracePeriodOverride,
      });
    } catch (thrown) {
      result.fail('KillContainerError', asError(thrown).message);
    }
    results.push(result);
  };
  const tasks = runningPod.containers.map((container) =>
    m.sim.go(`kill ${container.id}`, () => kill(container)),
  );
  await Promise.all(tasks.map(({ done }) => done));
  return results;
}

/**
 * Kills all containers of a pod, waits for them, then stops its sandboxes,
 * whether or not every kill succeeded.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.killPodWithSyncResult
 * @story All that runs in the pod is stopped, first its containers, then its sandboxes; for a new pod that is nothing.
 */
export async function killPodWithSyncResult(
  m: RuntimeContext,
  pod: Pod | undefined,
  runningPod: RunningPod,
  gracePeriodOverride: number | undefined,
): Promise<PodSyncResult> {
  const result = new PodSyncResult();
  const killed = await killContainersWithSyncResult(
    m,
    pod,
    runningPod,
    gracePeriodOverride,
  );
  result.addSyncResult(...killed);
  const killSandboxResult = new SyncResult('KillPodSandbox', runningPod.id);
  result.addSyncResult(killSandboxResult);
  for (const { id } of runningPod.sandboxes) {
    try {
      await m.runtimeService.stopPodSandbox(id);
    } catch (thrown) {
      killSandboxResult.fail('KillPodSandboxError', asError(thrown).message);
      errorf(`Failed to stop sandbox "${id}"`);
    }
  }
  return result;
}
