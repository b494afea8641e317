/**
 * A second generation: the Route keeps to the first Revision until the second
 * is ready, and keeps to the second after its pods have gone.
 */
import { change } from '../03-configuration/played.ts';
import { template } from '../helloworld.ts';
import { reportRevision } from '../02-service/played.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, foldFound, folded, notes } from './cast.ts';
import { createRevision, look, reportNoPods, reportReady } from './played.ts';
import { loadServing } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A second generation',
  summary:
    'The template changes while everything is served; watch which news of the new Revision moves the traffic, and where it goes when nobody asks.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first Revision gets all traffic',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  keep: [3, 4].map((run) => `queue.done Routes default/helloworld-go #${run}`),
  fold: foldFound,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const [first, second] = [stage.nth(1), stage.nth(2)];
  loadServing(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await change(stage, template('Go Sample v2'));
        await stage.at(6000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1003);
        await createRevision(stage);
        await reportRevision(stage, { created: second, ready: first });
        await stage.at(3000);
        await reportReady(stage, second);
        await reportRevision(stage, { created: second, ready: second });
        await stage.at(5000);
        await reportNoPods(stage, second);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
