/**
 * One worker for every pod, and room for one parked request beside it.
 *
 * The main loop hears of every pod and may wait for none, so it hands each
 * request over here and goes on. A busy pod's request is parked; a newer one
 * takes its place, because each carries the whole pod. Only a parked kill
 * stays: somebody waits for its answer.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go podWorkers
 * @omits podLock, which guards the three maps where goroutines run at once
 */
import type { EventRecorder } from '../client-go/tools/record/event.ts';
import { Channel } from '../sim/channel.ts';
import type { Instant, Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';
import type { UID } from './api/v1.ts';
import type { Cache } from './container/cache.ts';
import { errorf } from './klog.ts';
import type {
  SyncPodFn,
  SyncPodOptions,
  UpdatePodOptions,
} from './pod-worker-options.ts';
import { asError } from './util/errors.ts';
import * as format from './util/format/pod.ts';
import type { WorkQueue } from './util/queue/work-queue.ts';
import { jitter } from './util/wait.ts';

/** How far a resync and a retry are spread: up to half as long again. */
const workerResyncIntervalJitterFactor = 0.5;
const workerBackOffPeriodJitterFactor = 0.5;
/** After an error that is expected to pass soon. */
const backOffOnTransientErrorPeriod: Milliseconds = 1000;
/** Begins the text of the one error that counts as transient. */
export const networkNotReadyErrorMsg = 'network is not ready';

export interface PodWorkersConfig {
  readonly syncPodFn: SyncPodFn;
  readonly recorder: EventRecorder;
  readonly workQueue: WorkQueue;
  readonly resyncInterval: Milliseconds;
  readonly backOffPeriod: Milliseconds;
  readonly podCache: Cache;
}

/** @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go newPodWorkers */
export class PodWorkers {
  /** Each worker's channel; it holds at most one request. */
  readonly podUpdates = new Map<UID, Channel<UpdatePodOptions>>();
  /** Whether the pod's worker has something to do. */
  readonly isWorking = new Map<UID, boolean>();
  /** The one request that waits for a busy worker. */
  readonly lastUndeliveredWorkUpdate = new Map<UID, UpdatePodOptions>();
  readonly #sim: Sim;
  readonly #config: PodWorkersConfig;

  constructor(sim: Sim, config: PodWorkersConfig) {
    this.#sim = sim;
    this.#config = config;
  }

  /**
   * Delivers a request to the pod's worker, or parks it while the worker is
   * busy. Never waits.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.UpdatePod
   * @story as {options.updateType}
   * @story when !existing: A request to {options.updateType} pod `{uid}` finds no channel, so `updatePod` makes one of capacity 1.
   * @story when !working: The worker of `{uid}` is idle, so the request to {options.updateType} need not be parked.
   * @story when !before: A request to {options.updateType} arrives while the worker is busy; nothing is parked, so `updatePod` parks it.
   * @story when before.updateType == 'kill': A request to {options.updateType} arrives and is dropped, because a parked kill is never overwritten.
   * @story when options.updateType == 'kill': The kill takes the parking place too, because the {before.updateType} parked there is not a kill.
   * @story A newer {options.updateType} overwrites the parked {before.updateType}, whose callback will therefore never run.
   * @story on chan.send: Because the worker is not working, the request goes straight into the channel and cannot block.
   * @story on task.start: `updatePod` starts a worker on the new channel, a task of its own that runs `managePodLoop`.
   */
  updatePod(options: UpdatePodOptions): void {
    const { uid } = options.pod.metadata;
    const existing = this.podUpdates.get(uid);
    const podUpdates = existing ?? this.#startWorker(uid);
    const working = this.isWorking.get(uid) ?? false;
    const before = this.lastUndeliveredWorkUpdate.get(uid);
    if (!working) {
      this.isWorking.set(uid, true);
      podUpdates.trySend(options);
      return;
    }
    if (before === undefined || before.updateType !== 'kill') {
      this.lastUndeliveredWorkUpdate.set(uid, options);
    }
  }

  /**
   * A channel and, at its other end, a task that runs `managePodLoop`.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.UpdatePod (part)
   */
  #startWorker(uid: UID): Channel<UpdatePodOptions> {
    const channel = new Channel<UpdatePodOptions>(
      this.#sim,
      `podUpdates/${uid}`,
      1,
    );
    this.podUpdates.set(uid, channel);
    this.#sim.go(`worker ${uid}`, () => this.managePodLoop(channel));
    return channel;
  }

  /**
   * The life of one worker: take a request, wait for knowledge that is newer
   * than the last sync, sync, and see what came meanwhile.
   *
   * What is in the channel when it is closed is still carried out.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.managePodLoop
   * @story on task.end: The worker finds its channel closed and empty, leaves its loop and ends.
   */
  async managePodLoop(podUpdates: Channel<UpdatePodOptions>): Promise<void> {
    let lastSyncTime: Instant | undefined;
    for (;;) {
      const update = await podUpdates.recv();
      if (update === undefined) return;
      const { pod } = update;
      const { uid } = pod.metadata;
      const { podCache, recorder, syncPodFn } = this.#config;
      const data = await podCache.getNewerThan(uid, lastSyncTime);
      let err = data.err;
      if (err !== undefined) {
        const text = `error determining status: ${err.message}`;
        recorder.event(pod, 'Warning', 'FailedSync', text);
      } else {
        err = await outcome(syncPodFn, {
          pod,
          mirrorPod: update.mirrorPod,
          podStatus: data.status,
          updateType: update.updateType,
          killPodOptions: update.killPodOptions,
        });
        lastSyncTime = this.#sim.now();
      }
      if (update.onCompleteFunc !== undefined) update.onCompleteFunc(err);
      if (err !== undefined) {
        errorf(
          `Error syncing pod ${uid} ("${format.pod(pod)}"), skipping: ${err.message}`,
        );
      }
      this.wrapUp(uid, err);
    }
  }

  /**
   * Books the pod's next routine look, and turns to what came meanwhile.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.wrapUp
   * @story when !syncErr: Since there was no error, `wrapUp` books a routine sync for a jittered minute from now.
   * @story After an error, `wrapUp` books another try for {delay} from now, not for a minute.
   */
  wrapUp(uid: UID, syncErr: Error | undefined): void {
    const { workQueue, resyncInterval, backOffPeriod } = this.#config;
    let delay: Milliseconds;
    if (syncErr === undefined) {
      delay = this.#jitter(resyncInterval, workerResyncIntervalJitterFactor);
    } else if (syncErr.message.includes(networkNotReadyErrorMsg)) {
      delay = this.#jitter(
        backOffOnTransientErrorPeriod,
        workerBackOffPeriodJitterFactor,
      );
    } else {
      delay = this.#jitter(backOffPeriod, workerBackOffPeriodJitterFactor);
    }
    workQueue.enqueue(uid, delay);
    this.checkForUpdates(uid);
  }

  /**
   * Moves the parked request into the channel, or marks the worker as idle.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.checkForUpdates
   * @story when !workUpdate: Nothing is parked, so the worker is marked as idle.
   * @story on chan.send: Finding the request to {workUpdate.updateType} parked, `checkForUpdates` moves it into the channel; the worker stays marked as working.
   */
  checkForUpdates(uid: UID): void {
    const workUpdate = this.lastUndeliveredWorkUpdate.get(uid);
    if (workUpdate === undefined) {
      this.isWorking.set(uid, false);
      return;
    }
    this.podUpdates.get(uid)?.trySend(workUpdate);
    this.lastUndeliveredWorkUpdate.delete(uid);
  }

  /**
   * Closes the worker's channel and throws away what is parked, a kill like
   * anything else. A sync that runs is not interrupted, and `isWorking` stays
   * as it is until that sync ends.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.removeWorker
   * @story as {uid}
   * @story when parked: The worker's channel is closed, and the parked {parked.updateType} is thrown away with its callback.
   * @story when ch: The worker's channel is closed; nothing was parked.
   */
  removeWorker(uid: UID): void {
    const ch = this.podUpdates.get(uid);
    const parked = this.lastUndeliveredWorkUpdate.get(uid);
    if (ch === undefined) return;
    ch.close();
    this.podUpdates.delete(uid);
    if (parked !== undefined) this.lastUndeliveredWorkUpdate.delete(uid);
  }

  /**
   * Ends the worker of a pod that was removed.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.ForgetWorker
   * @story as {uid}
   */
  forgetWorker(uid: UID): void {
    this.removeWorker(uid);
  }

  /**
   * Ends the workers of all pods that are not desired.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod_workers.go podWorkers.ForgetNonExistingPodWorkers
   * @story when forgotten.length: Housekeeping no longer counts every pod as desired, so the channels of the others' workers are closed.
   */
  forgetNonExistingPodWorkers(desiredPods: ReadonlySet<UID>): void {
    const forgotten = [...this.podUpdates.keys()].filter(
      (uid) => !desiredPods.has(uid),
    );
    for (const uid of forgotten) this.removeWorker(uid);
  }

  #jitter(duration: Milliseconds, factor: number): Milliseconds {
    return jitter(this.#sim, duration, factor);
  }
}

/** The error that a sync ends with, as a value. */
async function outcome(
  syncPodFn: SyncPodFn,
  options: SyncPodOptions,
): Promise<Error | undefined> {
  try {
    await syncPodFn(options);
    return undefined;
  } catch (thrown) {
    return asError(thrown);
  }
}
