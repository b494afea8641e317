/**
 * The cache of Revisions lags behind that of Configurations: the controller
 * looks for a Revision it has made, does not find it, and makes another.
 */
import { revisions } from '../../../knative/apis/resources.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, who } from './cast.ts';
import { apply, look, reportReady } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Two of one generation',
  summary:
    'The cache of Revisions is a few milliseconds late; watch the controller look for what it has made, and make it again.',
  seed: 1,
  notes: [
    who,
    'an API answer takes 2 ms; a Revision reaches the cache after 6 ms, a Configuration after 1 ms',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  keep: ['queue.add Configurations default/helloworld-go from Revision'],
  fold: [...fold, 'call judge'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startController({
        deliverAfter: (gvr) => (gvr === revisions ? 6 : 1),
      });
      const user = sim.go('user', async () => {
        await apply(stage);
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        for (const { metadata } of stage.revisions) {
          await reportReady(stage, metadata.name);
        }
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
