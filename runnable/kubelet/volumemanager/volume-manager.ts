/**
 * Volumes as they should be and as they are, and the way from one to the
 * other: attach to the node, mount into the pod's directory, and back.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/volumemanager/volume_manager.go volumeManager
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod, UID, Volume } from '../api/v1.ts';
import type { FileSystem } from '../container/os.ts';
import { v2f } from '../klog.ts';
import { Reconciler } from './reconciler.ts';

const podAttachAndMountRetryInterval: Milliseconds = 300;
const podAttachAndMountTimeout: Milliseconds = 123_000;

/** How a volume behaves, as the scenario has it. */
export interface VolumeScript {
  readonly attachTakes?: Milliseconds | 'never';
  readonly mountTakes?: Milliseconds;
  readonly unmountTakes?: Milliseconds;
  /** How often mounting fails before it succeeds. */
  readonly failures?: number;
}

export interface VolumeManagerConfig {
  readonly os: FileSystem;
  /** The pods that the node should have. */
  readonly getPods: () => readonly Pod[];
  readonly isPodTerminated: (uid: UID) => boolean;
  /** Pods with a container that runs. */
  readonly runningPods: () => Promise<readonly UID[]>;
  readonly podsDir: string;
  readonly script: (pod: Pod, volume: Volume) => VolumeScript;
}

export class VolumeManager {
  readonly #sim: Sim;
  readonly #reconciler: Reconciler;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/volume_manager.go NewVolumeManager
   */
  constructor(sim: Sim, config: VolumeManagerConfig) {
    this.#sim = sim;
    this.#reconciler = new Reconciler(sim, config);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/volume_manager.go volumeManager.Run
   */
  run(): void {
    this.#reconciler.run();
  }

  /**
   * Waits until all volumes of a pod are where its containers look for them.
   * It holds up one worker, and what goes wrong meanwhile is not told.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/volume_manager.go volumeManager.WaitForAttachAndMount
   * @throws {Error} after two minutes and three seconds
   * @story as {pod.metadata.uid}
   * @story when !pod.spec.volumes: Pod `{pod.metadata.name}` has no volumes, so there is nothing to wait for.
   * @story The worker waits until all volumes of pod `{pod.metadata.name}` are mounted, and looks every 300 ms.
   * @story returns: After {took} the volumes are mounted, and the worker goes on.
   * @story throws: The worker has waited for {took} and gives up: {error}
   */
  async waitForAttachAndMount(pod: Pod): Promise<void> {
    const expectedVolumes = getExpectedVolumes(pod);
    if (expectedVolumes.length === 0) return;
    const { uid, name, namespace } = pod.metadata;
    v2f(`Waiting for volumes to attach and mount for pod "${name}"`);
    this.#reconciler.reprocessPod();
    const deadline = this.#sim.now() + podAttachAndMountTimeout;
    for (;;) {
      const unmountedVolumes = this.#getUnmountedVolumes(uid, expectedVolumes);
      if (unmountedVolumes.length === 0) break;
      if (this.#sim.now() >= deadline) {
        const unattached = expectedVolumes.filter(
          (volume) => !this.#reconciler.isAttached(uid, volume),
        );
        throw new Error(
          `timeout expired waiting for volumes to attach or mount for pod "${namespace}"/"${name}". list of unmounted volumes=[${unmountedVolumes.join(' ')}]. list of unattached volumes=[${unattached.join(' ')}]`,
        );
      }
      await this.#sim.sleep(podAttachAndMountRetryInterval);
    }
    v2f(`All volumes are attached and mounted for pod "${name}"`);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/volume_manager.go volumeManager.GetMountedVolumesForPod
   */
  getMountedVolumesForPod(uid: UID): string[] {
    return this.#reconciler.mountedVolumes(uid);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/volume_manager.go volumeManager.getUnmountedVolumes
   */
  #getUnmountedVolumes(uid: UID, expected: readonly string[]): string[] {
    const mounted = new Set(this.getMountedVolumesForPod(uid));
    return expected.filter((volume) => !mounted.has(volume));
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/volumemanager/volume_manager.go getExpectedVolumes
 */
function getExpectedVolumes(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).map(({ name }) => name);
}
