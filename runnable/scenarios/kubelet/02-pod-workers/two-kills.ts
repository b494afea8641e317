/**
 * Two kills for one busy worker: a patient one, then an impatient one. The
 * parking place favours the first.
 */
import { killPodNow } from '../../../kubelet/kill-pod-now.ts';
import { asError } from '../../../kubelet/util/errors.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { evicted, podWorkersCast, PodWorkersWorld, web } from '../stand-in.ts';

export const scenario: Scenario = {
  title: 'Two kills',
  summary:
    'A kill with 30 s of grace is parked, and a kill with none comes after it.',
  seed: 1,
  notes: [
    'syncPod is a stand-in that takes as long as the scenario says: 4 s for the create, 30 s for the kill',
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
    kill: 30_000,
  });
  const { podWorkers } = world;
  const answers: Record<string, string> = {};
  const order = async (
    name: string,
    moment: number,
    grace: number,
  ): Promise<void> => {
    await world.at(moment);
    try {
      await killPodNow(world, web('v1'), evicted, grace);
      answers[name] = 'no error';
    } catch (thrown) {
      answers[name] = asError(thrown).message;
    }
  };
  return {
    view: world.view(),
    async main() {
      world.inspect(36);
      const patient = sim.go('eviction patient', () =>
        order('patient', 2000, 30),
      );
      const impatient = sim.go('eviction impatient', () =>
        order('impatient', 3000, 0),
      );
      const loop = sim.go('loop', async () => {
        await world.at(500);
        podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
      });
      await Promise.all([loop.done, patient.done, impatient.done]);
      return { synced: world.synced, answers };
    },
  };
}
