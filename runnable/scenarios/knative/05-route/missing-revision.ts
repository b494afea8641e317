/**
 * A Route names a Revision that does not exist, and then does: nobody tells
 * the Route, because what was not found is not tracked.
 */
import { change } from '../03-configuration/played.ts';
import { template } from '../helloworld.ts';
import { reportRevision } from '../02-service/played.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import {
  apply,
  createRevision,
  look,
  reportIngress,
  reportReady,
  routeTo,
} from './played.ts';
import { loadRevisions } from './ready.ts';
import { Stage } from './stage.ts';

const hour = 3_600_000;

export const scenario: Scenario = {
  title: 'Not there, and then there',
  summary:
    'The Route is pinned to a Revision that is made a second later; watch who learns of it, and when.',
  seed: 1,
  notes: [
    ...notes,
    'at the start there is a Configuration with one Revision; the informers repeat all they hold after ten hours',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const second = stage.nth(2);
  loadRevisions(stage, 1);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers();
      const user = sim.go('user', async () => {
        const target = { revisionName: second, percent: 100 };
        await apply(stage, routeTo(stage, target));
        await stage.at(1000);
        await change(stage, template('Go Sample v2'));
        await stage.at(3000);
        await look(stage);
        await stage.at(10 * hour + 1000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1003);
        await createRevision(stage);
        await stage.at(2000);
        await reportReady(stage, second);
        await reportRevision(stage, { created: second, ready: second });
        await stage.at(10 * hour + 500);
        await reportIngress(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
