/**
 * A busy pod is removed, and a moment later a source names it once more, with
 * the same UID.
 */
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import {
  podWorkersCast,
  PodWorkersWorld,
  web,
} from '../../../../../runnable/scenarios/kubelet/stand-in.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Back again',
  summary:
    'A pod is removed while its worker is busy, and comes back before the worker is done.',
  seed: 1,
  notes: [
    'syncPod is a stand-in that takes as long as the scenario says: 4 s for the create, 1 s for an update',
    'podKiller, which kills the removed pod, is not shown here',
  ],
  cast: podWorkersCast,
  folded: [],
  keep: ['call Cache.getNewerThan', 'call PodWorkers.updatePod'],
  fold: [
    'call Cache.updateTime #',
    'call syncPod update',
    'chan.close cacheSubscriber',
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
      world.inspect(8);
      const loop = sim.go('loop', async () => {
        await world.at(500);
        podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
        await world.at(2000);
        podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
        await world.at(3900);
        podWorkers.forgetWorker('uid-web');
        await world.at(4200);
        podWorkers.updatePod({ pod: web('v3'), updateType: 'update' });
        await world.at(7000);
        podWorkers.forgetWorker('uid-web');
      });
      await loop.done;
      await sim.sleep(0);
      return { synced: world.synced };
    },
  };
}
