/**
 * A Route meets a Configuration that has no ready Revision yet; when there is
 * one, everything that leads to it is built, in an order that matters.
 */
import { reportRevision } from '../02-service/played.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { apply, look, reportIngress, reportReady } from './played.ts';
import { loadStarting } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'The first traffic',
  summary:
    'A Route is created before its Revision is ready; watch what it waits for, what wakes it, and in which order it builds.',
  seed: 1,
  notes: [
    ...notes,
    'at the start there is a Configuration whose first Revision is being deployed',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const first = stage.nth(1);
  loadStarting(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers();
      const user = sim.go('user', async () => {
        await apply(stage, { configurationName: stage.name, percent: 100 });
        await stage.at(4000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportReady(stage, first);
        await reportRevision(stage, { created: first, ready: first });
        await stage.at(3000);
        await reportIngress(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
