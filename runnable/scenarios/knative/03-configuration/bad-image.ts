/**
 * An image that does not exist: the newest Revision fails, the controller says
 * so whenever it looks, and the latest ready Revision stays what it was until
 * a third generation puts things right.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { template } from '../helloworld.ts';
import { cast, fold, folded, notes } from './cast.ts';
import {
  change,
  label,
  look,
  reportNoImage,
  reportReady,
  wrongImage,
} from './played.ts';
import { loadReady } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'An image that is not there',
  summary:
    'The second generation names an image with a typing error; watch what becomes False, what stays, and how often that is said.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first generation is ready; the registry’s words are ours',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  keep: ['event LatestCreatedFailed'],
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
        await change(stage, template('Go Sample v2', wrongImage));
        await stage.at(3000);
        await label(stage, 'team', 'green');
        await stage.at(4000);
        await change(stage, template('Go Sample v2'));
        await stage.at(6000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2000);
        await reportNoImage(stage, stage.nth(2));
        await stage.at(5000);
        await reportReady(stage, stage.nth(3));
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
