/**
 * The last client leaves: a minute of nothing, an inactive Revision that keeps
 * its pod, and then none.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Load } from '../scaling/load.ts';
import { ScalingStage } from '../scaling/stage.ts';
import { cast, fold, folded, look, notes } from './cast.ts';

export const scenario: Scenario = {
  title: 'Scale to zero',
  summary:
    'The last client leaves after ten seconds; watch what becomes zero first, and what last.',
  seed: 1,
  notes: [
    ...notes,
    'at the start one pod is asked for, and none is there; a request takes 1.5 s',
  ],
  cast,
  folded,
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new ScalingStage(
    sim,
    { replicas: 1, active: 'Unknown', since: sim.now() },
    { work: 1500 },
  );
  return {
    view: look(stage),
    async main() {
      await stage.survey();
      await stage.startCluster();
      await stage.startAutoscaler();
      const load = new Load(stage);
      const clients = sim.go('scenario', async () => {
        await stage.at(4000);
        load.setTo(1);
        await stage.at(10_000);
        load.setTo(0);
        await stage.at(122_000);
      });
      await clients.done;
      return { active: stage.active, replicas: stage.replicas };
    },
  };
}
