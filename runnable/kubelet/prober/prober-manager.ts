/**
 * Which containers are probed, and what that says of their readiness.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/prober_manager.go manager
 */
import type { Sim } from '../../sim/sim.ts';
import type { ContainerStatus, Pod, PodStatus, UID } from '../api/v1.ts';
import { errorf } from '../klog.ts';
import { runtimeName } from '../kuberuntime/runtime-context.ts';
import type { StatusManager } from '../status/status-manager.ts';
import type { Prober, ProbeType } from './prober.ts';
import { Manager as ResultsManager } from './results/results-manager.ts';
import { Worker } from './worker.ts';

export interface ProbeManagerConfig {
  readonly statusManager: StatusManager;
  readonly livenessManager: ResultsManager;
  readonly prober: Prober;
}

export class ProbeManager {
  readonly sim: Sim;
  readonly statusManager: StatusManager;
  readonly livenessManager: ResultsManager;
  readonly readinessManager: ResultsManager;
  readonly prober: Prober;
  /** By pod, container and kind of probe. */
  readonly workers = new Map<string, Worker>();

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go NewManager
   */
  constructor(sim: Sim, config: ProbeManagerConfig) {
    this.sim = sim;
    this.statusManager = config.statusManager;
    this.livenessManager = config.livenessManager;
    this.readinessManager = new ResultsManager(sim, 'readinessUpdates');
    this.prober = config.prober;
  }

  /**
   * Starts to hand readiness results on to the status manager.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.Start
   */
  start(): void {
    this.sim.go('readiness', async () => {
      for (;;) await this.#updateReadiness();
    });
  }

  /**
   * Starts a task for each probe of each container.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.AddPod
   */
  addPod(pod: Pod): void {
    for (const container of pod.spec.containers) {
      const types: ProbeType[] = [];
      if (container.readinessProbe !== undefined) types.push('Readiness');
      if (container.livenessProbe !== undefined) types.push('Liveness');
      for (const probeType of types) {
        const worker = new Worker(this, probeType, pod, container);
        const key = keyOf(worker);
        if (this.workers.has(key)) {
          errorf(`${probeType} probe already exists! ${key}`);
          return;
        }
        this.workers.set(key, worker);
        this.sim.go(`probe ${key}`, () => worker.run());
      }
    }
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.RemovePod
   */
  removePod(pod: Pod): void {
    for (const worker of [...this.workers.values()]) {
      if (worker.pod.metadata.uid === pod.metadata.uid) worker.stop();
    }
  }

  /**
   * Ends the probes of all pods but these.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.CleanupPods
   */
  cleanupPods(activePods: readonly Pod[]): void {
    const desiredPods = new Set(activePods.map(({ metadata }) => metadata.uid));
    for (const worker of [...this.workers.values()]) {
      if (!desiredPods.has(worker.pod.metadata.uid)) worker.stop();
    }
  }

  /**
   * Fills in which containers are ready.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.UpdatePodStatus
   */
  updatePodStatus(podUID: UID, podStatus: PodStatus): void {
    for (const c of podStatus.containerStatuses ?? []) {
      c.ready = this.#isReady(podUID, c);
    }
    for (const c of podStatus.initContainerStatuses ?? []) {
      c.ready = c.state.terminated?.exitCode === 0;
    }
  }

  #isReady(podUID: UID, c: ContainerStatus): boolean {
    if (c.state.running === undefined) return false;
    const id = (c.containerID ?? '').replace(`${runtimeName}://`, '');
    const result = this.readinessManager.get(id);
    if (result !== undefined) return result === 'Success';
    return !this.workers.has(`${podUID}/${c.name}/Readiness`);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.removeWorker
   */
  removeWorker(worker: Worker): void {
    this.workers.delete(keyOf(worker));
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober_manager.go manager.updateReadiness
   */
  async #updateReadiness(): Promise<void> {
    const update = await this.readinessManager.updates().recv();
    if (update === undefined) return;
    const { podUID, containerID, result } = update;
    this.statusManager.setContainerReadiness(
      podUID,
      `${runtimeName}://${containerID}`,
      result === 'Success',
    );
  }
}

function keyOf({ pod, container, probeType }: Worker): string {
  return `${pod.metadata.uid}/${container.name}/${probeType}`;
}
