/**
 * Kills pods that have no worker any more, each once at a time.
 */
import type { Channel } from '../sim/channel.ts';
import type { Pod, UID } from './api/v1.ts';
import type { Pod as RunningPod } from './container/runtime.ts';
import type { Kubelet } from './kubelet.ts';
import { killPod } from './kubelet-pods.ts';
import { errorf, v2f } from './klog.ts';
import { asError } from './util/errors.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime.go PodPair
 */
export interface PodPair {
  /** Undefined when only the runtime knows the pod. */
  readonly apiPod: Pod | undefined;
  readonly runningPod: RunningPod;
}

/**
 * Takes requests for ever. Each kill is a task of its own; a further request
 * for a pod that is being killed is dropped.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go Kubelet.podKiller
 */
export async function podKiller(
  kl: Kubelet,
  podKillingCh: Channel<PodPair>,
): Promise<void> {
  const killing = new Set<UID>();
  for (;;) {
    const podPair = await podKillingCh.recv();
    if (podPair === undefined) return;
    const { runningPod, apiPod } = podPair;
    if (killing.has(runningPod.id)) continue;
    killing.add(runningPod.id);
    kl.sim.go(`killer ${runningPod.id}`, async () => {
      v2f(`Killing unwanted pod "${runningPod.name}"`);
      try {
        await killPod(kl, { pod: apiPod, runningPod });
      } catch (thrown) {
        errorf(
          `Failed killing the pod "${runningPod.name}": ${asError(thrown).message}`,
        );
      }
      killing.delete(runningPod.id);
    });
  }
}
