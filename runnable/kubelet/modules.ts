/**
 * What runs beside the main loop, at its own pace.
 */
import type { KObject } from '../apiserver/store.ts';
import type { Milliseconds } from '../sim/clock.ts';
import type { UID } from './api/v1.ts';
import type { Kubelet } from './kubelet.ts';
import { isPodDeleted, isPodTerminated } from './kubelet-pods.ts';
import { errorf } from './klog.ts';
import { garbageCollect } from './kuberuntime/kuberuntime-gc.ts';
import { asError } from './util/errors.ts';
import { until } from './util/wait.ts';

const containerGCPeriod: Milliseconds = 60_000;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.StartGarbageCollection
 * @omits the garbage collection of images
 */
export function startGarbageCollection(kl: Kubelet): void {
  const podStateProvider = {
    isPodDeleted: (uid: UID) => isPodDeleted(kl, uid),
    isPodTerminated: (uid: UID) => isPodTerminated(kl, uid),
  };
  until(kl.sim, 'container GC', containerGCPeriod, async () => {
    const allSourcesReady = kl.sourcesReady.allReady();
    try {
      await garbageCollect(
        kl.containerRuntime,
        podStateProvider,
        kl.containerGCPolicy,
        { allSourcesReady, evictTerminatedPods: false },
      );
    } catch (thrown) {
      const { message } = asError(thrown);
      errorf(`Container garbage collection failed: ${message}`);
      kl.recorder.event(nodeRef(kl), 'Warning', 'ContainerGCFailed', message);
    }
  });
}

/**
 * Asks the runtime how it is.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.updateRuntimeUp
 */
export async function updateRuntimeUp(kl: Kubelet): Promise<void> {
  try {
    const { runtimeReady, networkReady, reason } =
      await kl.containerRuntime.runtimeService.status();
    if (!networkReady) {
      const text = `runtime network not ready: NetworkReady=false reason:${reason} message:`;
      kl.runtimeState.setNetworkState(text);
    } else kl.runtimeState.setNetworkState(undefined);
    if (!runtimeReady) return;
    kl.runtimeState.setRuntimeSync(kl.sim.now());
  } catch (thrown) {
    errorf(`Container runtime sanity check failed: ${asError(thrown).message}`);
  }
}

/** The node as events name it. */
function nodeRef({ node }: Kubelet): KObject {
  const { name } = node;
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, uid: name } };
}
