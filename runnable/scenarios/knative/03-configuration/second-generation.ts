/**
 * A second generation: the new Revision starts while the old one stays the
 * latest ready one, and so keeps the traffic.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { template } from '../helloworld.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { change, look, reportDeploying, reportReady } from './played.ts';
import { loadReady } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A second generation',
  summary:
    'TARGET changes while everything is ready; watch two names part, and meet again three seconds later.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first generation is ready',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  fold: [...fold, 'call judge'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  loadReady(stage, [{ created: sim.now(), lastPinned: sim.now() }]);
  return {
    async main() {
      await stage.survey();
      await stage.startController();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await change(stage, template('Go Sample v2'));
        await stage.at(5000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2000);
        await reportDeploying(stage, stage.nth(2));
        await stage.at(4000);
        await reportReady(stage, stage.nth(2));
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
