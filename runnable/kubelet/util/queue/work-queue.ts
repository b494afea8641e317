/**
 * When each pod is to be looked at again, though nothing happened to it.
 *
 * Workers put their pod in after every sync; the main loop takes out whatever
 * is due, once a second. A pod has one due time, and a later one replaces it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/util/queue/work_queue.go basicWorkQueue
 * @omits the mutex around the map: tasks take turns
 */
import type { Clock, Instant, Milliseconds } from '../../../sim/clock.ts';
import type { UID } from '../../api/v1.ts';

export class WorkQueue {
  /** Due time by pod. */
  readonly queue = new Map<UID, Instant>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Takes out all pods that are due; one that is due exactly now is not yet.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/util/queue/work_queue.go basicWorkQueue.GetWork
   */
  getWork(): UID[] {
    const now = this.#clock.now();
    const items: UID[] = [];
    for (const [uid, due] of this.queue) {
      if (due < now) {
        items.push(uid);
        this.queue.delete(uid);
      }
    }
    return items;
  }

  /**
   * Sets the pod's due time, whatever it was.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/util/queue/work_queue.go basicWorkQueue.Enqueue
   */
  enqueue(item: UID, delay: Milliseconds): void {
    this.queue.set(item, this.#clock.now() + delay);
  }
}
