/**
 * A kill that somebody waits for: eviction and preemption need the memory or
 * the place, and go on only when the pod is dead or the time is over.
 */
import type { EventRecorder } from '../client-go/tools/record/event.ts';
import { Channel } from '../sim/channel.ts';
import { after, receive, select } from '../sim/select.ts';
import type { Sim } from '../sim/sim.ts';
import type { Pod, PodStatus } from './api/v1.ts';
import type { PodWorkers } from './pod-workers.ts';

/** The least time a caller of `killPodNow` waits, in seconds. */
const minTimeout = 10;

export interface KillPodNow {
  readonly sim: Sim;
  readonly podWorkers: PodWorkers;
  readonly recorder: EventRecorder;
}

/**
 * Sends a kill to the pod's worker and waits for its answer, one and a half
 * times the grace period and at least ten seconds.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go killPodNow
 * @differs upstream's returns a function with the workers bound to it
 * @throws {Error} what the kill failed with, or that nobody answered in time
 * @story as {pod.metadata.uid}
 * @story when gracePeriodOverride == 0: Short of memory, somebody orders `{pod.metadata.uid}` killed at once and stays for the answer.
 * @story Somebody orders `{pod.metadata.uid}` killed, gives its containers {gracePeriodOverride} s, and stays for the answer.
 * @story on select.block: Now `killPodNow` waits for whichever comes first, the callback or the timeout.
 * @story on chan.send: The kill's callback sends its result into a channel of capacity 1, so the worker need not wait.
 * @story returns: `killPodNow` has its answer and returns without an error, {took} after its call.
 * @story throws: Nobody answered within {took}, so `killPodNow` gives up: {error}.
 */
export async function killPodNow(
  { sim, podWorkers, recorder }: KillPodNow,
  pod: Pod,
  status: PodStatus,
  gracePeriodOverride?: number,
): Promise<void> {
  const gracePeriod =
    gracePeriodOverride ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  const timeout = Math.max(
    minTimeout,
    gracePeriod + Math.floor(gracePeriod / 2),
  );
  const { uid } = pod.metadata;
  const ch = new Channel<{ readonly err: Error | undefined }>(
    sim,
    `killPodNow/${uid}`,
    1,
  );
  podWorkers.updatePod({
    pod,
    updateType: 'kill',
    onCompleteFunc: (err) => {
      ch.trySend({ err });
    },
    killPodOptions: {
      podStatusFunc: () => status,
      podTerminationGracePeriodSecondsOverride: gracePeriodOverride,
    },
  });
  const chosen = await select(sim, 'killPodNow', {
    answer: receive(sim, ch),
    timeout: after(sim, timeout * 1000),
  });
  if (chosen.which === 'answer') {
    if (chosen.value?.err !== undefined) throw chosen.value.err;
    return;
  }
  recorder.event(
    pod,
    'Warning',
    'ExceededGracePeriod',
    'Container runtime did not kill the pod within specified grace period.',
  );
  throw new Error('timeout waiting to kill pod');
}
