/**
 * The caches of Routes and ClusterIngresses lag, and the controller is refused
 * again and again, each time because of something it wrote itself.
 */
import { clusterIngresses, routes } from '../../../knative/apis/resources.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, who } from './cast.ts';
import { apply, look, reportIngress, routeTo } from './played.ts';
import { loadRevisions } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Refused by itself',
  summary:
    'The caches hear late of what the controller has written; watch how often it is refused, and what of it does harm.',
  seed: 1,
  notes: [
    who,
    'an API answer takes 2 ms; a Route reaches the cache after 8 ms, a ClusterIngress after 12 ms, anything else after 1 ms',
    'at the start there is a Configuration with one ready Revision',
    'folded: reads from a cache',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  loadRevisions(stage, 1);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers({
        deliverAfter: (gvr) =>
          gvr === clusterIngresses ? 12 : gvr === routes ? 8 : 1,
      });
      const user = sim.go('user', async () => {
        const { name: configurationName } = stage;
        await apply(stage, routeTo(stage, { configurationName, percent: 100 }));
        await stage.at(2000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportIngress(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
