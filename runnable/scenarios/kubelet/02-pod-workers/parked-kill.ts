/**
 * Four requests come while a worker is busy; the one that is carried out is
 * neither the first nor the last of them.
 */
import { killPodNow } from '../../../kubelet/kill-pod-now.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { evicted, podWorkersCast, PodWorkersWorld, web } from '../stand-in.ts';

export const scenario: Scenario = {
  title: 'A parked kill',
  summary:
    'Two updates, a kill and a sync reach a busy worker; watch the parking place.',
  seed: 1,
  notes: [
    'syncPod is a stand-in that takes as long as the scenario says: 4 s for the create, 100 ms for the kill',
  ],
  cast: podWorkersCast,
  folded: [],
  keep: ['call PodWorkers.wrapUp'],
  fold: [
    'call Cache.updateTime #',
    'call PodWorkers.removeWorker',
    'chan.recv podUpdates/uid-web empty',
    'chan.recv podUpdates/uid-web #3',
  ],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const world = new PodWorkersWorld(sim, {
    create: 4000,
    update: 1000,
    sync: 1000,
    kill: 100,
  });
  const { podWorkers } = world;
  return {
    view: world.view(),
    async main() {
      world.inspect(7);
      const eviction = sim.go('eviction', async () => {
        await world.at(3500);
        await killPodNow(world, web('v1'), evicted, 0);
      });
      const loop = sim.go('loop', async () => {
        await world.at(500);
        podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
        await world.at(2000);
        podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
        await world.at(3000);
        podWorkers.updatePod({ pod: web('v3'), updateType: 'update' });
        await world.at(3800);
        podWorkers.updatePod({ pod: web('v3'), updateType: 'sync' });
        await world.at(6000);
        podWorkers.forgetNonExistingPodWorkers(new Set());
      });
      await Promise.all([loop.done, eviction.done]);
      await sim.sleep(0);
      return { synced: world.synced, phase: world.status.phase };
    },
  };
}
