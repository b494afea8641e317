/**
 * Ten times the clients within six seconds: the short window sees it first,
 * and from then on the number of pods only grows, for a whole minute.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Load } from '../scaling/load.ts';
import { ScalingStage } from '../scaling/stage.ts';
import { cast, fold, folded, look, notes } from './cast.ts';

export const scenario: Scenario = {
  title: 'A panic',
  summary:
    'Two clients become twenty, and after twenty seconds two again; watch which window notices, and how long it holds on.',
  seed: 1,
  notes: [
    ...notes,
    'at the start one pod is asked for, and none is there; the annotation asks for a target of 4; a request takes 5 s',
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
      annotations: { 'autoscaling.knative.dev/target': '4' },
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
        load.setTo(2);
        await stage.at(30_000);
        load.setTo(20);
        await stage.at(50_000);
        load.setTo(2);
        await stage.at(106_000);
      });
      await clients.done;
      return { mode: stage.mode, replicas: stage.replicas };
    },
  };
}
