/**
 * Removes dead containers soon after their death, and keeps the newest one of
 * each name: its logs and its exit code are still of use.
 */
import { Channel } from '../sim/channel.ts';
import { sortBy } from '../sim/sort-by.ts';
import type { Sim } from '../sim/sim.ts';
import type { ContainerStatus, PodStatus } from './container/runtime.ts';
import { warningf } from './klog.ts';
import { asError } from './util/errors.ts';

/** How many removals wait; more are left to the garbage collection. */
export const containerDeletorBufferLimit = 50;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_container_deletor.go podContainerDeletor
 */
export class PodContainerDeletor {
  readonly worker: Channel<string>;
  readonly #containersToKeep: number;

  /**
   * Starts the task that removes one container after the other.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_container_deletor.go newPodContainerDeletor
   */
  constructor(
    sim: Sim,
    runtime: { deleteContainer(containerID: string): Promise<void> },
    containersToKeep: number,
  ) {
    this.#containersToKeep = containersToKeep;
    this.worker = new Channel(
      sim,
      'podContainerDeletor',
      containerDeletorBufferLimit,
    );
    sim.go('container deletor', async () => {
      for (;;) {
        const id = await this.worker.recv();
        if (id === undefined) return;
        try {
          await runtime.deleteContainer(id);
        } catch (thrown) {
          warningf(
            `[pod_container_deletor] DeleteContainer returned error for (id=${id}): ${asError(thrown).message}`,
          );
        }
      }
    });
  }

  /**
   * Hands the dead containers that nobody needs to the remover; never waits.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_container_deletor.go podContainerDeletor.deleteContainersInPod
   * @story when removeAll: on chan.send: The pod is not coming back, so all its dead containers are to go; `{id}` is handed to the deletor.
   * @story on chan.send: Of the dead instances the newest stays; an older one, `{id}`, is handed to the deletor.
   */
  deleteContainersInPod(
    filterContainerID: string,
    podStatus: PodStatus,
    removeAll: boolean,
  ): void {
    const candidates = getContainersToDeleteInPod(
      removeAll ? '' : filterContainerID,
      podStatus,
      removeAll ? 0 : this.#containersToKeep,
    );
    for (const { id } of candidates) {
      if (this.worker.trySend(id)) continue;
      warningf(`Failed to issue the request to remove container ${id}`);
    }
  }
}

/**
 * Of the exited containers, those beyond the newest `containersToKeep`; with a
 * filter, of that container's name alone.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_container_deletor.go getContainersToDeleteInPod
 */
export function getContainersToDeleteInPod(
  filterContainerID: string,
  podStatus: PodStatus,
  containersToKeep: number,
): ContainerStatus[] {
  const { containerStatuses } = podStatus;
  const matched = containerStatuses.find(({ id }) => id === filterContainerID);
  if (filterContainerID !== '' && matched === undefined) {
    warningf(`Container "${filterContainerID}" not found in pod's containers`);
    return [];
  }
  const candidates = containerStatuses.filter(
    ({ state, name }) =>
      state === 'exited' && (matched === undefined || name === matched.name),
  );
  if (candidates.length <= containersToKeep) return [];
  return sortBy(candidates, ({ createdAt }) => -createdAt).slice(
    containersToKeep,
  );
}
