/**
 * What each source said last, and what the next word of it changes.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go podStorage
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import { deepCopy } from '../../apiserver/objects.ts';
import type { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod, UID } from '../api/v1.ts';
import { getPodFullName } from '../container/runtime.ts';
import { v4f, warningf } from '../klog.ts';
import {
  configFirstSeenAnnotationKey,
  configSourceAnnotationKey,
} from '../types/pod-update.ts';
import type { PodOperation, PodUpdate } from '../types/pod-update.ts';
import * as format from '../util/format/pod.ts';
import { checkAndUpdatePod } from './classify.ts';
import { whereListsDiffer } from './where-lists-differ.ts';

/**
 * What the kubelet is told of a change. It uses `incremental` alone.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go PodConfigNotificationMode
 */
export type PodConfigNotificationMode =
  'snapshot' | 'snapshotAndUpdates' | 'incremental';

/** The pods of one change, sorted by what happened to them. */
interface Merged {
  readonly adds: Pod[];
  readonly updates: Pod[];
  readonly deletes: Pod[];
  readonly removes: Pod[];
  readonly reconciles: Pod[];
  readonly restores: Pod[];
}

export class PodStorage {
  /** By source, then by UID. Pods of two sources are never compared. */
  readonly #pods = new Map<string, Map<UID, Pod>>();
  readonly #sourcesSeen = new Set<string>();
  /** The list of each source's last `SET`, as it was given. */
  readonly #lastSet = new Map<string, readonly Pod[]>();
  readonly #sim: Sim;
  readonly #mode: PodConfigNotificationMode;
  readonly #updates: Channel<PodUpdate>;
  readonly #recorder: EventRecorder;
  /** The end of the merge before this one. */
  #updateLock: Promise<void> = Promise.resolve();

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go newPodStorage
   */
  constructor(
    sim: Sim,
    mode: PodConfigNotificationMode,
    updates: Channel<PodUpdate>,
    recorder: EventRecorder,
  ) {
    this.#sim = sim;
    this.#mode = mode;
    this.#updates = updates;
    this.#recorder = recorder;
  }

  /**
   * Takes a source's word and sends on what follows from it, in a fixed order.
   *
   * One merge begins when the one before has sent everything, so a slow main
   * loop holds all sources up.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go podStorage.Merge
   */
  async merge(source: string, change: PodUpdate): Promise<void> {
    const updateLock = this.#updateLock;
    this.#updateLock = this.#mergeAfter(updateLock, source, change);
    await this.#updateLock;
  }

  /**
   * @story on chan.send: Compared with what the `{source}` source said before, this is `{update.op}`, and `configCh` takes it to the loop.
   */
  async #mergeAfter(
    updateLock: Promise<void>,
    source: string,
    change: PodUpdate,
  ): Promise<void> {
    await updateLock;
    const seenBefore = this.#sourcesSeen.has(source);
    const merged = this.#merge(source, change);
    const firstSet = !seenBefore && this.#sourcesSeen.has(source);
    for (const update of this.#toSend(source, merged, firstSet)) {
      await this.#updates.send(deepCopy(update));
    }
  }

  /** What the mode wants sent, in the order of sending. */
  #toSend(source: string, merged: Merged, firstSet: boolean): PodUpdate[] {
    const { adds, updates, deletes, removes, reconciles, restores } = merged;
    const all: PodUpdate[] = [];
    const send = (op: PodOperation, pods: readonly Pod[]): void => {
      all.push({ op, pods, source });
    };
    const some = (op: PodOperation, pods: readonly Pod[]): void => {
      if (pods.length > 0) send(op, pods);
    };
    if (this.#mode === 'incremental') {
      some('REMOVE', removes);
      some('ADD', adds);
      some('UPDATE', updates);
      some('DELETE', deletes);
      some('RESTORE', restores);
      const nothing = adds.length + updates.length + deletes.length === 0;
      // An empty ADD says that the source is there and has no pods.
      if (firstSet && nothing) send('ADD', adds);
      some('RECONCILE', reconciles);
      return all;
    }
    const outline = removes.length > 0 || adds.length > 0 || firstSet;
    const inner = updates.length > 0 || deletes.length > 0;
    if (outline || (this.#mode === 'snapshot' && inner)) {
      send('SET', this.mergedState());
    }
    if (this.#mode === 'snapshotAndUpdates') {
      some('UPDATE', updates);
      some('DELETE', deletes);
    }
    return all;
  }

  /**
   * Sorts the pods of a change by what happened to them.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go podStorage.merge
   */
  #merge(source: string, { op, pods: refs }: PodUpdate): Merged {
    const merged: Merged = {
      adds: [],
      updates: [],
      deletes: [],
      removes: [],
      reconciles: [],
      restores: [],
    };
    const stored = this.#pods.get(source) ?? new Map<UID, Pod>();
    this.#pods.set(source, stored);
    const before = this.#lastSet.get(source) ?? [...stored.values()];
    this.#lastSet.delete(source);
    switch (op) {
      case 'ADD':
      case 'UPDATE':
      case 'DELETE':
        this.#updatePods(source, refs, stored, merged);
        break;
      case 'REMOVE':
        for (const { metadata } of refs) {
          const existing = stored.get(metadata.uid);
          if (existing === undefined) continue;
          stored.delete(metadata.uid);
          merged.removes.push(existing);
        }
        break;
      case 'SET': {
        this.#markSourceSet(source);
        this.#lastSet.set(source, refs);
        const differing = whereListsDiffer(before, refs);
        const kept = this.#updatePods(source, differing.now, stored, merged);
        for (const { metadata } of differing.before) {
          const existing = stored.get(metadata.uid);
          if (existing === undefined || kept.has(metadata.uid)) continue;
          stored.delete(metadata.uid);
          merged.removes.push(existing);
        }
        break;
      }
      case 'RESTORE':
        v4f(`Restoring pods for source ${source}`);
        merged.restores.push(...refs);
        break;
      default:
        warningf(`Received invalid update type: ${op}`);
    }
    return merged;
  }

  /**
   * Compares each pod with the stored one, or stores it.
   *
   * @returns the UIDs of the pods that were not left out
   */
  #updatePods(
    source: string,
    refs: readonly Pod[],
    stored: Map<UID, Pod>,
    merged: Merged,
  ): Set<UID> {
    const kept = new Set<UID>();
    for (const given of this.#filterInvalidPods(refs, source)) {
      const { uid } = given.metadata;
      kept.add(uid);
      const existing = stored.get(uid);
      const ref: Pod = deepCopy(given);
      ref.metadata.annotations = {
        ...ref.metadata.annotations,
        [configSourceAnnotationKey]: source,
      };
      if (existing === undefined) {
        this.#recordFirstSeenTime(ref);
        stored.set(uid, ref);
        merged.adds.push(ref);
        continue;
      }
      const classified = checkAndUpdatePod(existing, ref);
      if (classified === 'update') merged.updates.push(existing);
      if (classified === 'reconcile') merged.reconciles.push(existing);
      if (classified === 'delete') merged.deletes.push(existing);
    }
    return kept;
  }

  /**
   * Leaves out a pod whose name came before in the same change.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go filterInvalidPods
   */
  #filterInvalidPods(pods: readonly Pod[], source: string): Pod[] {
    const names = new Set<string>();
    return pods.filter((pod, index) => {
      const name = getPodFullName(pod);
      if (!names.has(name)) {
        names.add(name);
        return true;
      }
      const text = `Duplicate value: "${pod.metadata.name}"`;
      warningf(
        `Pod[${index + 1}] (${format.pod(pod)}) from ${source} failed validation due to duplicate pod name "${pod.metadata.name}", ignoring`,
      );
      this.#recorder.event(
        pod,
        'Warning',
        'FailedValidation',
        `Error validating pod ${format.pod(pod)} from ${source} due to duplicate pod name "${pod.metadata.name}", ignoring: metadata.name: ${text}`,
      );
      return false;
    });
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go recordFirstSeenTime
   * @differs the time is a number of milliseconds, not RFC 3339
   */
  #recordFirstSeenTime(pod: Pod): void {
    v4f(`Receiving a new pod "${format.pod(pod)}"`);
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      [configFirstSeenAnnotationKey]: String(this.#sim.now()),
    };
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go podStorage.markSourceSet
   */
  #markSourceSet(source: string): void {
    this.#sourcesSeen.add(source);
  }

  /**
   * Whether each of these sources has said what it has, all of it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go podStorage.seenSources
   */
  seenSources(sources: readonly string[]): boolean {
    return sources.every((source) => this.#sourcesSeen.has(source));
  }

  /**
   * All pods of all sources.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go podStorage.MergedState
   */
  mergedState(): Pod[] {
    return [...this.#pods.values()].flatMap((pods) => [...pods.values()]);
  }
}
