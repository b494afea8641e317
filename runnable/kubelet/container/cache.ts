/**
 * What the last inspections found, kept for whoever may not act on old news.
 *
 * PLEG writes it; workers read it through `getNewerThan`, which blocks until
 * there is something newer than the end of their own last sync. A pod without
 * an entry is an answer too: the runtime knows nothing of it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/cache.go cache
 * @omits the lock around the maps: tasks take turns
 */
import { Channel } from '../../sim/channel.ts';
import type { Instant } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { UID } from '../api/v1.ts';
import { emptyPodStatus } from './runtime.ts';
import type { PodStatus } from './runtime.ts';

/**
 * One pod's entry: a status, or the error of the inspection.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/cache.go data
 */
export interface Data {
  readonly status: PodStatus;
  readonly err: Error | undefined;
  readonly modified: Instant | undefined;
}

interface SubRecord {
  readonly time: Instant | undefined;
  readonly ch: Channel<Data>;
}

export class Cache {
  readonly pods = new Map<UID, Data>();
  /** The start of the last inspection of everything; at first there is none. */
  timestamp: Instant | undefined;
  readonly #subscribers = new Map<UID, SubRecord[]>();
  readonly #sim: Sim;

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  /**
   * The pod's entry as it is now, however old.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.Get
   */
  get(id: UID): Data {
    return this.pods.get(id) ?? makeDefaultData(id);
  }

  /**
   * Waits for an entry newer than `minTime`; `undefined` is older than any.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.GetNewerThan
   * @differs what is there already goes through no channel
   * @story as {id}
   * @story when !minTime: Any stamp is newer than a sync that never was, so the worker takes what the cache has.
   * @story The worker may not act on knowledge older than the end of its last sync, so it waits until the cache has newer.
   */
  async getNewerThan(id: UID, minTime: Instant | undefined): Promise<Data> {
    const data =
      this.getIfNewerThan(id, minTime) ??
      (await this.#subscribe(id, minTime).recv());
    return data ?? makeDefaultData(id);
  }

  /**
   * Replaces the pod's entry, error included, and wakes its waiters.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.Set
   */
  set(
    id: UID,
    status: PodStatus,
    err: Error | undefined,
    timestamp: Instant,
  ): void {
    this.pods.set(id, { status, err, modified: timestamp });
    this.#notify(id, timestamp);
  }

  /**
   * Forgets the pod. Nobody is told; the next stamp will do that.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.Delete
   */
  delete(id: UID): void {
    this.pods.delete(id);
  }

  /**
   * Declares everything as fresh as an inspection that began at `timestamp`.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.UpdateTime
   * @story An inspection stamps the cache with its starting time, so that whoever waits for newer knowledge may go on.
   * @story on chan.send: Stamped anew, the cache hands the waiting worker a fresh status.
   */
  updateTime(timestamp: Instant): void {
    this.timestamp = timestamp;
    for (const id of [...this.#subscribers.keys()]) {
      this.#notify(id, timestamp);
    }
  }

  /**
   * The entry, if it needs no waiting. Equal times do not count as newer here.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.getIfNewerThan
   */
  getIfNewerThan(id: UID, minTime: Instant | undefined): Data | undefined {
    const data = this.pods.get(id);
    const globalTimestampIsNewer = isAfter(this.timestamp, minTime);
    if (data === undefined) {
      return globalTimestampIsNewer ? makeDefaultData(id) : undefined;
    }
    if (isAfter(data.modified, minTime) || globalTimestampIsNewer) return data;
    return undefined;
  }

  /**
   * Wakes the pod's waiters whose time is not after `timestamp`: here equal
   * times do count.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.notify
   */
  #notify(id: UID, timestamp: Instant): void {
    const list = this.#subscribers.get(id);
    if (list === undefined) return;
    const left: SubRecord[] = [];
    for (const record of list) {
      if (isAfter(record.time, timestamp)) {
        left.push(record);
        continue;
      }
      record.ch.trySend(this.get(id));
      record.ch.close();
    }
    if (left.length === 0) this.#subscribers.delete(id);
    else this.#subscribers.set(id, left);
  }

  /**
   * A channel of capacity 1 that gets one entry later.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/cache.go cache.subscribe
   */
  #subscribe(id: UID, time: Instant | undefined): Channel<Data> {
    const ch = new Channel<Data>(this.#sim, `cacheSubscriber/${id}`, 1);
    const list = this.#subscribers.get(id) ?? [];
    this.#subscribers.set(id, [...list, { time, ch }]);
    return ch;
  }
}

/** Strictly later; nothing is after a time that never was set but a set one. */
function isAfter(
  time: Instant | undefined,
  other: Instant | undefined,
): boolean {
  if (time === undefined) return false;
  return other === undefined || time > other;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/cache.go makeDefaultData
 */
function makeDefaultData(id: UID): Data {
  return { status: emptyPodStatus(id), err: undefined, modified: undefined };
}
