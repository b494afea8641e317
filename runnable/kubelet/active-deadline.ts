/**
 * Ends pods that were to run for so long and no longer.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/active_deadline.go activeDeadlineHandler
 */
import type { EventRecorder } from '../client-go/tools/record/event.ts';
import { parseTime } from '../apiserver/time.ts';
import type { Clock } from '../sim/clock.ts';
import type { Pod, PodStatus, UID } from './api/v1.ts';
import type {
  PodSyncHandler,
  PodSyncLoopHandler,
} from './lifecycle/interfaces.ts';

const reason = 'DeadlineExceeded';
const message = 'Pod was active on the node longer than the specified deadline';

export class ActiveDeadlineHandler
  implements PodSyncLoopHandler, PodSyncHandler
{
  readonly #podStatusOf: (uid: UID) => PodStatus | undefined;
  readonly #recorder: EventRecorder;
  readonly #clock: Clock;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/active_deadline.go newActiveDeadlineHandler
   */
  constructor(
    podStatusOf: (uid: UID) => PodStatus | undefined,
    recorder: EventRecorder,
    clock: Clock,
  ) {
    this.#podStatusOf = podStatusOf;
    this.#recorder = recorder;
    this.#clock = clock;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/active_deadline.go activeDeadlineHandler.ShouldSync
   */
  shouldSync(pod: Pod): boolean {
    return this.#pastActiveDeadline(pod);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/active_deadline.go activeDeadlineHandler.ShouldEvict
   */
  shouldEvict(
    pod: Pod,
  ): { readonly reason: string; readonly message: string } | undefined {
    if (!this.#pastActiveDeadline(pod)) return undefined;
    this.#recorder.event(pod, 'Normal', reason, message);
    return { reason, message };
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/active_deadline.go activeDeadlineHandler.pastActiveDeadline
   */
  #pastActiveDeadline(pod: Pod): boolean {
    const { activeDeadlineSeconds } = pod.spec;
    if (activeDeadlineSeconds === undefined) return false;
    const status = this.#podStatusOf(pod.metadata.uid) ?? pod.status;
    if (status.startTime === undefined) return false;
    const duration = this.#clock.now() - parseTime(status.startTime);
    return duration >= activeDeadlineSeconds * 1000;
  }
}
