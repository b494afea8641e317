/**
 * The latest result of each container's probes, and news of its changes.
 */
import { Channel } from '../../../sim/channel.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { UID } from '../../api/v1.ts';

/** @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/results/results_manager.go Result */
export type Result = 'Success' | 'Failure';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/results/results_manager.go Update
 */
export interface Update {
  readonly containerID: string;
  readonly result: Result;
  readonly podUID: UID;
}

/**
 * One manager per kind of probe.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/results/results_manager.go manager
 * @omits the lock around the map: tasks take turns
 */
export class Manager {
  readonly #cache = new Map<string, Result>();
  readonly #updates: Channel<Update>;

  constructor(sim: Sim, name: string) {
    this.#updates = new Channel<Update>(sim, name, 20);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/results/results_manager.go manager.Get
   */
  get(containerID: string): Result | undefined {
    return this.#cache.get(containerID);
  }

  /**
   * Stores a result; publishes it only if it is another than before, waiting
   * while the channel is full.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/results/results_manager.go manager.Set
   */
  async set(containerID: string, result: Result, podUID: UID): Promise<void> {
    if (this.#cache.get(containerID) === result) return;
    this.#cache.set(containerID, result);
    await this.#updates.send({ containerID, result, podUID });
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/results/results_manager.go manager.Remove
   */
  remove(containerID: string): void {
    this.#cache.delete(containerID);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/results/results_manager.go manager.Updates
   */
  updates(): Channel<Update> {
    return this.#updates;
  }
}
