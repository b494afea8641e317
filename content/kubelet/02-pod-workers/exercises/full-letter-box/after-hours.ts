/**
 * Three requests come while a worker carries out one that was parked, the last
 * of them a kill.
 */
import { killPodNow } from '../../../../../runnable/kubelet/kill-pod-now.ts';
import { asError } from '../../../../../runnable/kubelet/util/errors.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import {
  evicted,
  podWorkersCast,
  PodWorkersWorld,
  web,
} from '../../../../../runnable/scenarios/kubelet/stand-in.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'After hours',
  summary:
    'A parked update is handed over; before it is carried out, two more and a kill come.',
  seed: 1,
  notes: [
    'syncPod is a stand-in that takes as long as the scenario says: 4 s for the create, 1 s for an update, 100 ms for the kill',
  ],
  cast: podWorkersCast,
  folded: [],
  keep: [
    'call Cache.getNewerThan',
    'call PodWorkers.updatePod',
    'chan.send cacheSubscriber',
    'chan.send podUpdates',
  ],
  fold: [
    'call Cache.updateTime #',
    'call PodWorkers.removeWorker',
    'chan.close',
    'chan.recv cacheSubscriber',
    'chan.recv podUpdates/uid-web empty',
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
      let heard = 'no error';
      world.inspect(11);
      const eviction = sim.go('eviction', async () => {
        await world.at(5500);
        try {
          await killPodNow(world, web('v4'), evicted, 0);
        } catch (thrown) {
          heard = asError(thrown).message;
        }
      });
      const loop = sim.go('loop', async () => {
        await world.at(500);
        podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
        await world.at(2000);
        podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
        await world.at(4700);
        podWorkers.updatePod({ pod: web('v3'), updateType: 'update' });
        await world.at(5200);
        podWorkers.updatePod({ pod: web('v4'), updateType: 'update' });
        await world.at(8200);
        podWorkers.updatePod({ pod: web('v4'), updateType: 'sync' });
        await world.at(10_500);
        podWorkers.forgetNonExistingPodWorkers(new Set());
      });
      await Promise.all([loop.done, eviction.done]);
      return { synced: world.synced, heard };
    },
  };
}
