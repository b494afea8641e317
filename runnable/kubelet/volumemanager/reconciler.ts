/**
 * Brings the volumes that are nearer to those that should be, ten times a
 * second while there is any.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/volumemanager/reconciler/reconciler.go reconciler
 * @differs populator and reconciler are one task, which rests while no volume
 *   is wanted or mounted
 */
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod, UID, Volume } from '../api/v1.ts';
import { errorf } from '../klog.ts';
import { ExponentialBackoff } from './exponential-backoff.ts';
import type { VolumeManagerConfig } from './volume-manager.ts';

const reconcilerLoopSleepPeriod: Milliseconds = 100;

interface VolumeToMount {
  readonly pod: Pod;
  readonly volume: Volume;
}

interface MountedVolume {
  readonly uid: UID;
  readonly name: string;
  readonly path: string;
  readonly unmountTakes: Milliseconds;
}

export class Reconciler {
  readonly #sim: Sim;
  readonly #config: VolumeManagerConfig;
  readonly #desiredStateOfWorld = new Map<string, VolumeToMount>();
  readonly #actualStateOfWorld = new Map<string, MountedVolume>();
  readonly #attached = new Set<string>();
  /** Operations under way, one for each volume at most. */
  readonly #pending = new Set<string>();
  /** Of volumes whose last operation failed. */
  readonly #backoff = new Map<string, ExponentialBackoff>();
  /** How often mounting failed, by volume. */
  readonly #failures = new Map<string, number>();
  readonly #wake: Channel<true>;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/reconciler/reconciler.go NewReconciler
   */
  constructor(sim: Sim, config: VolumeManagerConfig) {
    this.#sim = sim;
    this.#config = config;
    this.#wake = new Channel(sim, 'volumes', 1);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/reconciler/reconciler.go reconciler.Run
   */
  run(): void {
    this.#syncStates();
    this.#sim.go('volumes', async () => {
      for (;;) {
        this.#findAndAddNewPods();
        await this.#findAndRemoveDeletedPods();
        this.#reconcile();
        const idle =
          this.#desiredStateOfWorld.size === 0 &&
          this.#actualStateOfWorld.size === 0 &&
          this.#pending.size === 0;
        if (idle) await this.#wake.recv();
        else await this.#sim.sleep(reconcilerLoopSleepPeriod);
      }
    });
  }

  /**
   * Finds what a former kubelet mounted: the disk remembers it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/reconciler/reconciler.go reconciler.syncStates
   */
  #syncStates(): void {
    const { os, podsDir } = this.#config;
    for (const path of os.mounts) {
      if (!path.startsWith(`${podsDir}/`)) continue;
      const [uid = ''] = path.slice(podsDir.length + 1).split('/');
      const name = path.slice(path.lastIndexOf('/') + 1);
      const key = `${uid}/${name}`;
      this.#attached.add(key);
      this.#actualStateOfWorld.set(key, { uid, name, path, unmountTakes: 0 });
    }
  }

  /**
   * Looks at the pods again soon.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go desiredStateOfWorldPopulator.ReprocessPod
   */
  reprocessPod(): void {
    if (this.#wake.canSend()) this.#wake.trySend(true);
  }

  isAttached(uid: UID, volume: string): boolean {
    return this.#attached.has(`${uid}/${volume}`);
  }

  /** Names of the volumes that are mounted for a pod. */
  mountedVolumes(uid: UID): string[] {
    return [...this.#actualStateOfWorld.values()]
      .filter((mounted) => mounted.uid === uid)
      .map(({ name }) => name);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go desiredStateOfWorldPopulator.findAndAddNewPods
   */
  #findAndAddNewPods(): void {
    for (const pod of this.#config.getPods()) {
      const { uid } = pod.metadata;
      const added = (pod.spec.volumes ?? []).filter(
        ({ name }) => !this.#desiredStateOfWorld.has(`${uid}/${name}`),
      );
      if (added.length === 0 || this.#config.isPodTerminated(uid)) continue;
      for (const volume of added) {
        this.#desiredStateOfWorld.set(`${uid}/${volume.name}`, { pod, volume });
      }
    }
  }

  /**
   * A pod's volumes are not wanted any more once it is gone or has ended and
   * none of its containers runs.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go desiredStateOfWorldPopulator.findAndRemoveDeletedPods
   */
  async #findAndRemoveDeletedPods(): Promise<void> {
    const unwanted = [...this.#desiredStateOfWorld].filter(([, { pod }]) =>
      this.#config.isPodTerminated(pod.metadata.uid),
    );
    if (unwanted.length === 0) return;
    let running: readonly UID[];
    try {
      running = await this.#config.runningPods();
    } catch {
      // Asked again in a tenth of a second.
      return;
    }
    for (const [key, { pod }] of unwanted) {
      if (running.includes(pod.metadata.uid)) continue;
      this.#desiredStateOfWorld.delete(key);
    }
  }

  /**
   * First what is to go, then what is to come.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/volumemanager/reconciler/reconciler.go reconciler.reconcile
   */
  #reconcile(): void {
    for (const [key, mounted] of this.#actualStateOfWorld) {
      if (this.#desiredStateOfWorld.has(key) || this.#pending.has(key))
        continue;
      this.#operate(key, 'unmount', () => this.#unmount(key, mounted));
    }
    for (const [key, wanted] of this.#desiredStateOfWorld) {
      if (this.#actualStateOfWorld.has(key) || this.#pending.has(key)) continue;
      const backoff = this.#backoff.get(key);
      if (backoff?.safeToRetry(this.#sim.now()) === false) continue;
      this.#operate(key, 'mount', () => this.#mount(key, wanted));
    }
  }

  /**
   * Starts one operation on a volume, as a task of its own.
   *
   * @story on task.start: The volume manager sets out to {verb} volume `{key}`, as a task of its own.
   */
  #operate(key: string, verb: string, work: () => Promise<void>): void {
    this.#pending.add(key);
    this.#sim.go(`${verb} ${key}`, async () => {
      await work();
      this.#pending.delete(key);
    });
  }

  async #mount(key: string, wanted: VolumeToMount): Promise<void> {
    const { pod, volume } = wanted;
    const { os, podsDir, script } = this.#config;
    const { uid } = pod.metadata;
    const {
      attachTakes = 0,
      mountTakes = 0,
      failures = 0,
      unmountTakes = 0,
    } = script(pod, volume);
    if (!this.#attached.has(key)) {
      if (attachTakes === 'never') {
        this.#failed(
          key,
          wanted,
          'Volume not attached according to node status',
        );
        return;
      }
      if (attachTakes > 0) await this.#sim.sleep(attachTakes);
      this.#attached.add(key);
    }
    if (mountTakes > 0) await this.#sim.sleep(mountTakes);
    const failed = this.#failures.get(key) ?? 0;
    if (failed < failures) {
      this.#failures.set(key, failed + 1);
      this.#failed(key, wanted, 'MountVolume.SetUp failed');
      return;
    }
    const volumesDir = `${podsDir}/${uid}/volumes/${pluginOf(volume)}`;
    os.mkdirAll(volumesDir, '0750');
    const path = `${volumesDir}/${volume.name}`;
    os.mount(volume.name, path);
    this.#actualStateOfWorld.set(key, {
      uid,
      name: volume.name,
      path,
      unmountTakes,
    });
    this.#backoff.delete(key);
  }

  /**
   * The log hears of it and nobody else; the next attempt has to wait.
   *
   * @story on log: Volume `{key}` cannot be had yet, and only the log is told; the next attempt is due after a rest that doubles.
   */
  #failed(key: string, { pod, volume }: VolumeToMount, error: string): void {
    const { name, uid } = pod.metadata;
    const text = `${error} for volume "${volume.name}" pod "${name}" (UID: "${uid}")`;
    const backoff = this.#backoff.get(key) ?? new ExponentialBackoff();
    this.#backoff.set(key, backoff);
    errorf(backoff.update(this.#sim.now(), key, text));
  }

  async #unmount(key: string, mounted: MountedVolume): Promise<void> {
    const { path, unmountTakes } = mounted;
    if (unmountTakes > 0) await this.#sim.sleep(unmountTakes);
    this.#config.os.remove(path);
    this.#actualStateOfWorld.delete(key);
    this.#attached.delete(key);
    this.#failures.delete(key);
  }
}

/** The directory name of the kind of volume: `kubernetes.io~empty-dir`. */
function pluginOf(volume: Volume): string {
  const source =
    Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
  const dashed = source.replaceAll(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  return `kubernetes.io~${dashed}`;
}
