/**
 * The pod lifecycle event generator: asks the runtime for everything once a
 * second, and tells the main loop what is not as it was.
 *
 * It sees states, not changes. What came and went between two inspections was
 * never there.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/generic.go GenericPLEG
 */
import { Channel } from '../../sim/channel.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim, Task } from '../../sim/sim.ts';
import type { UID } from '../api/v1.ts';
import type { Cache } from '../container/cache.ts';
import { emptyPodStatus } from '../container/runtime.ts';
import type { Pod, PodStatus } from '../container/runtime.ts';
import { errorf, v4f } from '../klog.ts';
import { asError } from '../util/errors.ts';
import { formatDuration } from '../util/duration.ts';
import { until } from '../util/wait.ts';
import type { PodLifecycleEvent } from './pleg.ts';
import {
  computeEvents,
  getContainersFromPods,
  PodRecords,
} from './pod-records.ts';

/** The longest that the last relist may lie back. */
const relistThreshold: Milliseconds = 180_000;

/** What PLEG asks of the runtime manager. */
export interface PlegRuntime {
  getPods(all: boolean): Promise<Pod[]>;
  getPodStatus(id: UID, name: string, namespace: string): Promise<PodStatus>;
}

export interface GenericPLEGConfig {
  readonly runtime: PlegRuntime;
  readonly channelCapacity: number;
  readonly relistPeriod: Milliseconds;
  readonly cache: Cache;
}

export class GenericPLEG {
  readonly #sim: Sim;
  readonly #config: GenericPLEGConfig;
  readonly #eventChannel: Channel<PodLifecycleEvent>;
  readonly #podRecords = new PodRecords();
  /** Pods whose last inspection failed. */
  #podsToReinspect = new Map<UID, Pod | undefined>();
  #relistTime: Instant | undefined;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go NewGenericPLEG
   */
  constructor(sim: Sim, config: GenericPLEGConfig) {
    this.#sim = sim;
    this.#config = config;
    this.#eventChannel = new Channel(sim, 'plegCh', config.channelCapacity);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.Watch
   */
  watch(): Channel<PodLifecycleEvent> {
    return this.#eventChannel;
  }

  /**
   * Relists for ever, each pass a period after the end of the last.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.Start
   */
  start(): Task {
    return until(this.#sim, 'pleg', this.#config.relistPeriod, () =>
      this.relist(),
    );
  }

  /**
   * Why nobody should trust the cache; undefined while all is well.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.Healthy
   */
  healthy(): Error | undefined {
    if (this.#relistTime === undefined) {
      return new Error('pleg has yet to be successful');
    }
    const elapsed = this.#sim.now() - this.#relistTime;
    if (elapsed <= relistThreshold) return undefined;
    return new Error(
      `pleg was last seen active ${formatDuration(elapsed)} ago; threshold is ${formatDuration(relistThreshold)}`,
    );
  }

  /**
   * One pass: list, compare, inspect what changed, tell.
   *
   * The cache is refreshed before the events of a pod are sent, so whoever
   * gets an event reads at least what the event is about. A send waits while
   * the channel is full, and the whole pass with it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.relist
   * @story Relist asks the runtime for all pods and compares what it sees with what it saw a pass ago.
   * @story on chan.send.full: The channel is full, so relist stands still with `{event.type}` for `{event.data}` in its hand.
   * @story on chan.send: Comparing with its last pass, relist finds a change and sends `{event.type}` for `{event.data}`.
   */
  async relist(): Promise<void> {
    v4f('GenericPLEG: Relisting');
    const timestamp = this.#sim.now();
    const pods = await this.#listPods();
    if (pods === undefined) return;
    this.#relistTime = timestamp;
    this.#podRecords.setCurrent(pods);

    const needsReinspection = new Map<UID, Pod | undefined>();
    for (const [id, events] of this.#compare()) {
      const current = this.#podRecords.getCurrent(id);
      const err = await this.#updateCache(current, id);
      if (err !== undefined) {
        // Without the status the events could not be acted on. The record
        // stays, so the next pass finds the same differences.
        errorf(`PLEG: Ignoring events for pod ${id}: ${err.message}`);
        needsReinspection.set(id, current);
        continue;
      }
      this.#podsToReinspect.delete(id);
      this.#podRecords.update(id);
      for (const event of events) {
        if (event.type === 'ContainerChanged') continue;
        await this.#eventChannel.send(event);
      }
    }
    for (const [id, pod] of this.#podsToReinspect) {
      const err = await this.#updateCache(pod, id);
      if (err !== undefined) {
        errorf(`PLEG: pod ${id} failed reinspection: ${err.message}`);
        needsReinspection.set(id, pod);
      }
    }
    this.#config.cache.updateTime(timestamp);
    this.#podsToReinspect = needsReinspection;
  }

  async #listPods(): Promise<Pod[] | undefined> {
    try {
      return await this.#config.runtime.getPods(true);
    } catch (thrown) {
      errorf(
        `GenericPLEG: Unable to retrieve pods: ${asError(thrown).message}`,
      );
      return undefined;
    }
  }

  /**
   * The events of each pod that has any.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.relist (part)
   * @differs pods come in the order of their first sight, not in a random one
   */
  #compare(): Map<UID, PodLifecycleEvent[]> {
    const eventsByPodID = new Map<UID, PodLifecycleEvent[]>();
    for (const id of this.#podRecords.ids()) {
      const oldPod = this.#podRecords.getOld(id);
      const pod = this.#podRecords.getCurrent(id);
      const events = getContainersFromPods(oldPod, pod).flatMap((container) =>
        computeEvents(oldPod, pod, container.id),
      );
      if (events.length > 0) eventsByPodID.set(id, events);
    }
    return eventsByPodID;
  }

  /**
   * Inspects a pod and stores what came of it, an error too: those who wait
   * for the pod are to hear of it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.updateCache
   */
  async #updateCache(
    pod: Pod | undefined,
    id: UID,
  ): Promise<Error | undefined> {
    const { runtime, cache } = this.#config;
    if (pod === undefined) {
      v4f(`PLEG: Delete status for pod "${id}"`);
      cache.delete(id);
      return undefined;
    }
    const timestamp = this.#sim.now();
    try {
      const status = await runtime.getPodStatus(id, pod.name, pod.namespace);
      status.ip = this.#getPodIP(id, status);
      cache.set(id, status, undefined, timestamp);
      return undefined;
    } catch (thrown) {
      const err = asError(thrown);
      cache.set(id, emptyPodStatus(id), err, timestamp);
      return err;
    }
  }

  /**
   * A pod whose sandbox is dead has lost its address in the runtime's eyes;
   * the kubelet goes on showing the one it had.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pleg/generic.go GenericPLEG.getPodIP
   */
  #getPodIP(id: UID, status: PodStatus): string {
    if (status.ip !== '') return status.ip;
    const { status: oldStatus, err } = this.#config.cache.get(id);
    if (err !== undefined || oldStatus.ip === '') return '';
    for (const { state } of status.sandboxStatuses) {
      if (state === 'SANDBOX_READY') return status.ip;
    }
    if (status.sandboxStatuses.length === 0) {
      for (const { state } of status.containerStatuses) {
        if (state === 'created' || state === 'running') return status.ip;
      }
    }
    return oldStatus.ip;
  }
}
