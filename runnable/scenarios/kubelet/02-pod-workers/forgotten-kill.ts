/**
 * The pod is removed while a kill is parked: the parking place itself goes,
 * and the killer waits for an answer that nobody will give.
 */
import { killPodNow } from '../../../kubelet/kill-pod-now.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { asError } from '../../../kubelet/util/errors.ts';
import { evicted, podWorkersCast, PodWorkersWorld, web } from '../stand-in.ts';

export const scenario: Scenario = {
  title: 'A forgotten kill',
  summary:
    'The pod is removed while a kill is parked; watch who still waits afterwards.',
  seed: 1,
  notes: [
    'syncPod is a stand-in that takes as long as the scenario says: 4 s for the create',
    'podKiller, which kills the removed pod, is not shown here',
  ],
  cast: podWorkersCast,
  folded: [],
  fold: ['call Cache.updateTime #', 'chan.recv podUpdates/uid-web empty'],
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
      world.inspect(7);
      const eviction = sim.go('eviction', async () => {
        await world.at(3500);
        try {
          await killPodNow(world, web('v1'), evicted, 0);
        } catch (thrown) {
          heard = asError(thrown).message;
        }
      });
      const loop = sim.go('loop', async () => {
        await world.at(500);
        podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
        await world.at(2000);
        podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
        await world.at(3900);
        podWorkers.forgetWorker('uid-web');
      });
      await Promise.all([loop.done, eviction.done]);
      return { synced: world.synced, heard };
    },
  };
}
