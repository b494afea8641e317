/**
 * One pod, ready and idle, of a Revision that has been active for a minute: the
 * autoscaler wants none from its first decision on.
 */
import {
  cast,
  fold,
  folded,
  look,
  notes,
} from '../../../../../runnable/scenarios/knative/07-autoscaler/cast.ts';
import { ScalingStage } from '../../../../../runnable/scenarios/knative/scaling/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Idle for long',
  summary:
    'A pod that nobody needs reports that it has nothing to do; watch what becomes zero first, and what last.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the Revision has been active for 57 s; the autoscaler starts at 2 s, when its pod is ready; nobody sends requests; the run ends at 8 s',
  ],
  cast,
  folded,
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const since = sim.now() - 57_000;
  const stage = new ScalingStage(
    sim,
    { replicas: 1, active: 'True', since },
    { work: 100 },
  );
  return {
    view: look(stage),
    async main() {
      await stage.survey();
      await stage.startCluster();
      await stage.at(2000);
      await stage.startAutoscaler();
      await stage.at(8000);
      return { active: stage.active, replicas: stage.replicas };
    },
  };
}
