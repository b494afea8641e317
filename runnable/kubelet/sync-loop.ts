/**
 * The main loop: one select over five channels, one thing at a time.
 */
import type { Channel } from '../sim/channel.ts';
import type { Instant, Milliseconds } from '../sim/clock.ts';
import { receive, select } from '../sim/select.ts';
import { Ticker } from '../sim/ticker.ts';
import type { Pod } from './api/v1.ts';
import { handlePodCleanups } from './cleanups.ts';
import { cleanUpContainersInPod } from './clean-up-containers.ts';
import {
  handlePodAdditions,
  handlePodReconcile,
  handlePodRemoves,
  handlePodSyncs,
  handlePodUpdates,
} from './handlers/handlers.ts';
import type { Kubelet } from './kubelet.ts';
import { errorf, infof, v2f, v4f } from './klog.ts';
import type { PodLifecycleEvent } from './pleg/pleg.ts';
import type { Update } from './prober/results/results-manager.ts';
import type { PodUpdate } from './types/pod-update.ts';
import { asError } from './util/errors.ts';
import * as format from './util/format/pod.ts';

const syncPeriod: Milliseconds = 1000;
const housekeepingPeriod: Milliseconds = 2000;
/** How long the loop sleeps while the runtime is not well. */
const base: Milliseconds = 100;
const max: Milliseconds = 5000;
const factor = 2;

/** What the loop reads. */
export interface SyncLoopChannels {
  readonly configCh: Channel<PodUpdate>;
  readonly plegCh: Channel<PodLifecycleEvent>;
  readonly syncCh: Channel<Instant>;
  readonly housekeepingCh: Channel<Instant>;
}

/**
 * Iterates until the config channel is closed. While the runtime or PLEG is
 * not well it does nothing, not even read.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoop
 * @story on clock.sleep: The runtime is not well, so the loop reads none of its channels and sleeps for {duration}.
 */
export async function syncLoop(
  kl: Kubelet,
  configCh: Channel<PodUpdate>,
): Promise<void> {
  infof('Starting kubelet main sync loop.');
  const syncTicker = new Ticker(kl.sim, 'syncCh', syncPeriod);
  const housekeepingTicker = new Ticker(
    kl.sim,
    'housekeepingCh',
    housekeepingPeriod,
  );
  const channels = {
    configCh,
    plegCh: kl.pleg.watch(),
    syncCh: syncTicker.channel,
    housekeepingCh: housekeepingTicker.channel,
  };
  let duration = base;
  for (;;) {
    const errors = kl.runtimeState.runtimeErrors();
    if (errors.length > 0) {
      infof(`skipping pod synchronization - [${errors.join(' ')}]`);
      await kl.sim.sleep(duration);
      duration = Math.min(max, duration * factor);
      continue;
    }
    duration = base;
    if (!(await syncLoopIteration(kl, channels))) break;
  }
  syncTicker.stop();
  housekeepingTicker.stop();
}

/**
 * Handles one item of whichever channel is ready; if several are, chance
 * decides, for a select has no priority.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoopIteration
 * @returns false once the config channel is closed
 */
export async function syncLoopIteration(
  kl: Kubelet,
  channels: SyncLoopChannels,
): Promise<boolean> {
  const { sim, livenessManager } = kl;
  const chosen = await select(sim, 'syncLoopIteration', {
    configCh: receive(sim, channels.configCh),
    plegCh: receive(sim, channels.plegCh),
    syncCh: receive(sim, channels.syncCh),
    liveness: receive(sim, livenessManager.updates()),
    housekeepingCh: receive(sim, channels.housekeepingCh),
  });
  switch (chosen.which) {
    case 'configCh':
      if (chosen.value === undefined) {
        errorf('Update channel is closed. Exiting the sync loop.');
        return false;
      }
      await handleConfig(kl, chosen.value);
      break;
    case 'plegCh':
      if (chosen.value !== undefined) handlePleg(kl, chosen.value);
      break;
    case 'syncCh': {
      const podsToSync = getPodsToSync(kl);
      if (podsToSync.length === 0) break;
      v4f(
        `SyncLoop (SYNC): ${podsToSync.length} pods; ${format.pods(podsToSync)}`,
      );
      handlePodSyncs(kl, podsToSync);
      break;
    }
    case 'liveness':
      if (chosen.value !== undefined) handleLiveness(kl, chosen.value);
      break;
    case 'housekeepingCh':
      await handleHousekeeping(kl);
      break;
  }
  return true;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoopIteration (part)
 */
async function handleConfig(kl: Kubelet, update: PodUpdate): Promise<void> {
  const { op, source, pods } = update;
  const seen = `SyncLoop (${op}, "${source}"): "${format.pods(pods)}"`;
  switch (op) {
    case 'ADD':
    case 'RESTORE':
      v2f(seen);
      handlePodAdditions(kl, pods);
      break;
    case 'UPDATE':
    case 'DELETE':
      v2f(seen);
      handlePodUpdates(kl, pods);
      break;
    case 'REMOVE':
      v2f(seen);
      await handlePodRemoves(kl, pods);
      break;
    case 'RECONCILE':
      v4f(seen);
      handlePodReconcile(kl, pods);
      break;
    case 'SET':
      errorf('Kubelet does not support snapshot update');
      break;
  }
  // Only after the handler: a source counts as seen when its pods are known.
  if (op !== 'RESTORE') kl.sourcesReady.addSource(source);
}

/**
 * A sync first, then the clean-up; the sync is handed over, not finished.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoopIteration (part)
 */
function handlePleg(kl: Kubelet, event: PodLifecycleEvent): void {
  if (isSyncPodWorthy(event)) {
    const pod = kl.podManager.getPodByUID(event.id);
    if (pod === undefined) {
      v4f(
        `SyncLoop (PLEG): ignore irrelevant event: ${event.type} ${event.data}`,
      );
    } else {
      v2f(
        `SyncLoop (PLEG): "${format.pod(pod)}", event: ${event.type} ${event.data}`,
      );
      handlePodSyncs(kl, [pod]);
    }
  }
  if (event.type === 'ContainerDied') {
    cleanUpContainersInPod(kl, event.id, event.data);
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go isSyncPodWorthy
 */
export function isSyncPodWorthy(event: PodLifecycleEvent): boolean {
  return event.type !== 'ContainerRemoved';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoopIteration (part)
 */
function handleLiveness(kl: Kubelet, { result, podUID }: Update): void {
  if (result !== 'Failure') return;
  const pod = kl.podManager.getPodByUID(podUID);
  if (pod === undefined) {
    v4f(`SyncLoop (container unhealthy): ignore irrelevant update: ${podUID}`);
    return;
  }
  infof(`SyncLoop (container unhealthy): "${format.pod(pod)}"`);
  handlePodSyncs(kl, [pod]);
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.syncLoopIteration (part)
 */
async function handleHousekeeping(kl: Kubelet): Promise<void> {
  if (!kl.sourcesReady.allReady()) {
    v4f("SyncLoop (housekeeping, skipped): sources aren't ready yet.");
    return;
  }
  v4f('SyncLoop (housekeeping)');
  try {
    await handlePodCleanups(kl);
  } catch (thrown) {
    errorf(`Failed cleaning pods: ${asError(thrown).message}`);
  }
}

/**
 * Pods whose time has come: booked by their workers, or past a deadline.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet.getPodsToSync
 */
export function getPodsToSync(kl: Kubelet): Pod[] {
  const due = new Set(kl.workQueue.getWork());
  return kl.podManager
    .getPods()
    .filter(
      (pod) =>
        due.has(pod.metadata.uid) ||
        kl.podSyncLoopHandlers.some((handler) => handler.shouldSync(pod)),
    );
}
