/**
 * The autoscaler is restarted while five pods are busy: it remembers nothing,
 * and nothing looks like zero.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Load } from '../scaling/load.ts';
import { ScalingStage } from '../scaling/stage.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { crash, startAgain } from './played.ts';

export const scenario: Scenario = {
  title: 'Nothing remembered',
  summary:
    'The autoscaler is restarted in the middle of the day’s work; watch what it makes of knowing nothing.',
  seed: 1,
  notes: [
    ...notes,
    'at the start one pod is asked for, and none is there; the annotation asks for a target of 2; a request takes 5 s',
  ],
  cast,
  folded,
  keep: ['call atZero #5', 'call Autoscaler.#startPanic'],
  fold: [...fold, 'call glance #'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new ScalingStage(
    sim,
    {
      annotations: { 'autoscaling.knative.dev/target': '2' },
      replicas: 1,
      active: 'Unknown',
      since: sim.now(),
    },
    { work: 5000 },
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
        await stage.at(30_500);
        crash(stage);
        await stage.at(31_500);
        await startAgain(stage);
        await stage.at(43_000);
      });
      await clients.done;
      return { mode: stage.mode, replicas: stage.replicas };
    },
  };
}
