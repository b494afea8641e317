/**
 * What the last inspection saw and what this one sees, side by side, and the
 * events that follow from the difference.
 */
import type { UID } from '../api/v1.ts';
import type { Container, Pod } from '../container/runtime.ts';
import { v4f } from '../klog.ts';
import type { PodLifecycleEvent } from './pleg.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go plegContainerState
 */
export type PlegContainerState =
  'running' | 'exited' | 'unknown' | 'non-existent';

/**
 * A container that is created and does not run yet counts as unknown.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go convertState
 */
export function convertState(state: Container['state']): PlegContainerState {
  return state === 'created' ? 'unknown' : state;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go podRecord
 */
interface PodRecord {
  old: Pod | undefined;
  current: Pod | undefined;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go podRecords
 */
export class PodRecords {
  readonly #records = new Map<UID, PodRecord>();

  ids(): UID[] {
    return [...this.#records.keys()];
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go getOld
   */
  getOld(id: UID): Pod | undefined {
    return this.#records.get(id)?.old;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go getCurrent
   */
  getCurrent(id: UID): Pod | undefined {
    return this.#records.get(id)?.current;
  }

  /**
   * Fills in what is seen now; whoever is not seen has no current side.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go setCurrent
   */
  setCurrent(pods: readonly Pod[]): void {
    for (const record of this.#records.values()) record.current = undefined;
    for (const pod of pods) {
      const record = this.#records.get(pod.id);
      if (record === undefined) {
        this.#records.set(pod.id, { old: undefined, current: pod });
      } else {
        record.current = pod;
      }
    }
  }

  /**
   * What was seen now is old from here on; a pod that is gone is forgotten.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go update
   */
  update(id: UID): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    if (record.current === undefined) {
      this.#records.delete(id);
      return;
    }
    record.old = record.current;
    record.current = undefined;
  }
}

/**
 * The containers and sandboxes of both sides, each once, old ones first.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go getContainersFromPods
 */
export function getContainersFromPods(
  ...pods: readonly (Pod | undefined)[]
): Container[] {
  const byID = new Map<string, Container>();
  for (const pod of pods) {
    if (pod === undefined) continue;
    for (const container of [...pod.containers, ...pod.sandboxes]) {
      if (!byID.has(container.id)) byID.set(container.id, container);
    }
  }
  return [...byID.values()];
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go computeEvents
 */
export function computeEvents(
  oldPod: Pod | undefined,
  newPod: Pod | undefined,
  containerID: string,
): PodLifecycleEvent[] {
  const id = newPod?.id ?? oldPod?.id ?? '';
  const oldState = getContainerState(oldPod, containerID);
  const newState = getContainerState(newPod, containerID);
  return generateEvents(id, containerID, oldState, newState);
}

/**
 * The table of transitions. What is gone without having been seen dead has
 * died as well, so that nobody who counts deaths misses it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go generateEvents
 */
export function generateEvents(
  id: UID,
  data: string,
  oldState: PlegContainerState,
  newState: PlegContainerState,
): PodLifecycleEvent[] {
  if (newState === oldState) return [];
  v4f(`GenericPLEG: ${id}/${data}: ${oldState} -> ${newState}`);
  switch (newState) {
    case 'running':
      return [{ id, type: 'ContainerStarted', data }];
    case 'exited':
      return [{ id, type: 'ContainerDied', data }];
    case 'unknown':
      return [{ id, type: 'ContainerChanged', data }];
    case 'non-existent':
      if (oldState === 'exited')
        return [{ id, type: 'ContainerRemoved', data }];
      return [
        { id, type: 'ContainerDied', data },
        { id, type: 'ContainerRemoved', data },
      ];
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go getContainerState
 */
function getContainerState(
  pod: Pod | undefined,
  containerID: string,
): PlegContainerState {
  const found =
    pod?.containers.find(({ id }) => id === containerID) ??
    pod?.sandboxes.find(({ id }) => id === containerID);
  return found === undefined ? 'non-existent' : convertState(found.state);
}
