/**
 * The control groups of pods, as a record: which exist and which were removed.
 *
 * @differs no kernel: a cgroup is an entry of a set
 */
import type { Pod, UID } from '../api/v1.ts';

export class PodContainerManager {
  /** Pods that have a cgroup. */
  readonly cgroups = new Set<UID>();
  /** How often the cgroups of the QoS classes were brought up to date. */
  qosUpdates = 0;
  /** Pods whose cgroup cannot be made, with the reason. */
  readonly failing = new Map<UID, string>();

  exists(pod: Pod): boolean {
    return this.cgroups.has(pod.metadata.uid);
  }

  /** @throws {Error} when the scenario says that the kernel refuses */
  ensureExists(pod: Pod): void {
    const { uid } = pod.metadata;
    const refusal = this.failing.get(uid);
    if (refusal !== undefined) {
      throw new Error(
        `failed to create container for [kubepods ${uid}] : ${refusal}`,
      );
    }
    this.cgroups.add(uid);
  }

  destroy(uid: UID): void {
    this.cgroups.delete(uid);
  }

  updateQOSCgroups(): void {
    this.qosUpdates += 1;
  }
}
