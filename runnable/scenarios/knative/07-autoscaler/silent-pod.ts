/**
 * The network loses what one of two pods measures: the pod works on, and in
 * the autoscaler's eyes it fades away.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Load } from '../scaling/load.ts';
import { ScalingStage } from '../scaling/stage.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { loseMeasurements } from './played.ts';

export const scenario: Scenario = {
  title: 'A pod falls silent',
  summary:
    'Two pods are busy, and one of them is no longer heard; watch how long it counts, and who pays.',
  seed: 1,
  notes: [
    ...notes,
    'at the start one pod is asked for, and none is there; the annotation asks for a target of 5; a request takes 10 s',
  ],
  cast,
  folded,
  fold: [...fold, 'call glance #'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new ScalingStage(
    sim,
    {
      annotations: { 'autoscaling.knative.dev/target': '5' },
      replicas: 1,
      active: 'Unknown',
      since: sim.now(),
    },
    { work: 10_000 },
  );
  return {
    view: look(stage),
    async main() {
      await stage.survey();
      await stage.startCluster();
      await stage.startAutoscaler();
      const load = new Load(stage);
      const clients = sim.go('scenario', async () => {
        await stage.at(2000);
        load.setTo(8);
        await stage.at(30_000);
        loseMeasurements(stage, stage.podNames[1] ?? '');
        await stage.at(105_000);
      });
      await clients.done;
      return { replicas: stage.replicas, pods: stage.podNames };
    },
  };
}
