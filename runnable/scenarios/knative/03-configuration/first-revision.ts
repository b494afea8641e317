/**
 * A Configuration is created: one Revision is made for its first generation,
 * and two names in its status say how far that Revision is.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { apply, look, reportDeploying, reportReady } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'The first Revision',
  summary:
    'A Configuration is created; watch how its Revision is looked for, and when each of two names in the status is written.',
  seed: 1,
  notes: [
    ...notes,
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  keep: ['queue.add'],
  fold: [...fold, 'call judge'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startController();
      const user = sim.go('user', async () => {
        await apply(stage);
        await stage.at(5000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportDeploying(stage, stage.nth(1));
        await stage.at(4000);
        await reportReady(stage, stage.nth(1));
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
