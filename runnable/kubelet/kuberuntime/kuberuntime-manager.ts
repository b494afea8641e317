/**
 * Between the kubelet and the container runtime: lists and inspects pods, and
 * makes real what a pod's spec describes.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager
 */
import type { Backoff } from '../../client-go/util/flowcontrol/backoff.ts';
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Container, Pod, UID } from '../api/v1.ts';
import type { RuntimeService } from '../apis/cri/services.ts';
import {
  convertPodStatusToRunningPod,
  isHostNetworkPod,
} from '../container/helpers.ts';
import type { FileSystem } from '../container/os.ts';
import type { Pod as RuntimePod, PodStatus } from '../container/runtime.ts';
import {
  PodSyncResult,
  ReasonError,
  SyncResult,
} from '../container/sync-result.ts';
import type { ImageManager } from '../images/image-manager.ts';
import { errorf, v4f } from '../klog.ts';
import type { Manager as ResultsManager } from '../prober/results/results-manager.ts';
import { asError } from '../util/errors.ts';
import * as format from '../util/format/pod.ts';
import { computePodActions } from './compute-pod-actions.ts';
import type { PodActions } from './compute-pod-actions.ts';
import { doBackOff } from './do-back-off.ts';
import {
  pruneInitContainersBeforeStart,
  purgeInitContainers,
} from './init-containers.ts';
import { killContainer, killPodWithSyncResult } from './kill-container.ts';
import { removeContainer, startContainer } from './kuberuntime-container.ts';
import {
  createPodSandbox,
  determinePodSandboxIP,
  generatePodSandboxConfig,
} from './kuberuntime-sandbox.ts';
import { getPods, getPodStatus } from './kuberuntime-pods.ts';
import type { RuntimeContext } from './runtime-context.ts';

export class KubeGenericRuntimeManager implements RuntimeContext {
  readonly sim: Sim;
  readonly recorder: EventRecorder;
  readonly runtimeService: RuntimeService;
  readonly imagePuller: ImageManager;
  readonly os: FileSystem;
  readonly livenessManager: ResultsManager;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kuberuntime/kuberuntime_manager.go NewKubeGenericRuntimeManager
   */
  constructor(context: RuntimeContext) {
    this.sim = context.sim;
    this.recorder = context.recorder;
    this.runtimeService = context.runtimeService;
    this.imagePuller = context.imagePuller;
    this.os = context.os;
    this.livenessManager = context.livenessManager;
  }

  /** All pods that the runtime knows; with `all`, dead ones too. */
  getPods(all: boolean): Promise<RuntimePod[]> {
    return getPods(this, all);
  }

  /** Inspects one pod. */
  getPodStatus(id: UID, name: string, namespace: string): Promise<PodStatus> {
    return getPodStatus(this, { id, name, namespace });
  }

  /**
   * Makes real what the pod's spec describes, in six steps, and waits for no
   * container to end.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.SyncPod
   * @omits the API status, which upstream takes as its second argument and
   *   does not look at
   * @story The worker asks the runtime manager to make real what the pod's spec describes.
   * @story returns: `syncPod` returns; it waits for no container to finish.
   */
  async syncPod(
    pod: Pod,
    podStatus: PodStatus,
    pullSecrets: readonly string[],
    backOff: Backoff,
  ): Promise<PodSyncResult> {
    const result = new PodSyncResult();
    const changes = computePodActions(pod, podStatus, (containerID) =>
      this.livenessManager.get(containerID),
    );
    if (changes.createSandbox && changes.sandboxID !== '') {
      this.recorder.event(
        pod,
        'Normal',
        'SandboxChanged',
        'Pod sandbox changed, it will be killed and re-created.',
      );
    }

    if (changes.killPod) {
      const running = convertPodStatusToRunningPod(podStatus);
      const killed = await killPodWithSyncResult(this, pod, running, undefined);
      result.addPodSyncResult(killed);
      if (killed.error() !== undefined) return result;
      if (changes.createSandbox) {
        await purgeInitContainers(this, pod, podStatus);
      }
    } else if (!(await this.#killOutdated(pod, changes, result))) {
      return result;
    }
    await pruneInitContainersBeforeStart(this, pod, podStatus);

    let podSandboxID = changes.sandboxID;
    if (changes.createSandbox) {
      const id = await this.#createSandbox(pod, podStatus, changes, result);
      if (id === undefined) return result;
      podSandboxID = id;
    }
    const configPodSandboxResult = new SyncResult(
      'ConfigPodSandbox',
      podSandboxID,
    );
    result.addSyncResult(configPodSandboxResult);
    const podSandboxConfig = generatePodSandboxConfig(pod, changes.attempt);

    const start = (container: Container): Promise<boolean> =>
      this.#start(
        { podSandboxID, podSandboxConfig, pod, podStatus, pullSecrets },
        container,
        backOff,
        result,
      );
    const init = changes.nextInitContainerToStart;
    if (init !== undefined && !(await start(init))) return result;

    for (const index of changes.containersToStart) {
      const container = pod.spec.containers[index];
      if (container !== undefined) await start(container);
    }
    return result;
  }

  /** Step 3: kills what changed or failed its probe; false stops the sync. */
  async #killOutdated(
    pod: Pod,
    changes: PodActions,
    result: PodSyncResult,
  ): Promise<boolean> {
    for (const [containerID, { name, message }] of changes.containersToKill) {
      v4f(
        `Killing unwanted container "${name}"(id="${containerID}") for pod "${format.pod(pod)}"`,
      );
      const killContainerResult = new SyncResult('KillContainer', name);
      result.addSyncResult(killContainerResult);
      try {
        await killContainer(this, {
          pod,
          containerID,
          containerName: name,
          reason: message,
        });
      } catch (thrown) {
        killContainerResult.fail('KillContainerError', asError(thrown).message);
        errorf(
          `killContainer "${name}"(id="${containerID}") for pod "${format.pod(pod)}" failed: ${asError(thrown).message}`,
        );
        return false;
      }
    }
    return true;
  }

  /** Step 4: a new sandbox, and its address; undefined stops the sync. */
  async #createSandbox(
    pod: Pod,
    podStatus: PodStatus,
    changes: PodActions,
    result: PodSyncResult,
  ): Promise<string | undefined> {
    const created = new SyncResult('CreatePodSandbox', format.pod(pod));
    result.addSyncResult(created);
    let id: string;
    try {
      id = await createPodSandbox(this, pod, changes.attempt);
    } catch (thrown) {
      const { message } = asError(thrown);
      created.fail('CreatePodSandboxError', message);
      const text = `Failed create pod sandbox: ${message}`;
      this.recorder.event(pod, 'Warning', 'FailedCreatePodSandBox', text);
      return undefined;
    }
    try {
      const status = await this.runtimeService.podSandboxStatus(id);
      if (!isHostNetworkPod(pod)) podStatus.ip = determinePodSandboxIP(status);
      return id;
    } catch (thrown) {
      const text = `Unable to get pod sandbox status: ${asError(thrown).message}`;
      this.recorder.event(pod, 'Warning', 'FailedPodSandBoxStatus', text);
      result.fail(asError(thrown));
      return undefined;
    }
  }

  /** Steps 5 and 6, for one container; false when it did not start. */
  async #start(
    options: Parameters<typeof startContainer>[1],
    container: Container,
    backOff: Backoff,
    result: PodSyncResult,
  ): Promise<boolean> {
    const startContainerResult = new SyncResult(
      'StartContainer',
      container.name,
    );
    result.addSyncResult(startContainerResult);
    const waiting = doBackOff(this, options, container, backOff);
    if (waiting !== undefined) {
      startContainerResult.fail('CrashLoopBackOff', waiting);
      return false;
    }
    try {
      await startContainer(this, options, container);
      return true;
    } catch (thrown) {
      const { message } = asError(thrown);
      const reason = thrown instanceof ReasonError ? thrown.reason : message;
      startContainerResult.fail(reason, message);
      errorf(`container start failed: ${reason}: ${message}`);
      return false;
    }
  }

  /**
   * Stops all of a pod.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.KillPod
   * @throws {Error} when a container or a sandbox cannot be stopped
   */
  async killPod(
    pod: Pod | undefined,
    runningPod: RuntimePod,
    gracePeriodOverride?: number,
  ): Promise<void> {
    const result = await killPodWithSyncResult(
      this,
      pod,
      runningPod,
      gracePeriodOverride,
    );
    const err = result.error();
    if (err !== undefined) throw err;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.DeleteContainer
   */
  async deleteContainer(containerID: string): Promise<void> {
    await removeContainer(this, containerID);
  }
}
