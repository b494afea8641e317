/**
 * A cache lags: the lister says that there is no Configuration, the API server
 * says that there is one already.
 */
import { configurations } from '../../../knative/apis/resources.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { apply, look, reportTraffic } from '../02-service/played.ts';
import { reportReady } from '../03-configuration/played.ts';
import { helloworld } from '../helloworld.ts';
import { cast, decisions, fold, folded, who } from './cast.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A cache that lags',
  summary:
    'Configurations reach their cache 30 ms late; watch the lister and the API server disagree, and who is believed.',
  seed: 1,
  notes: [
    who,
    'an API answer takes 2 ms; a Configuration reaches the cache after 30 ms, everything else after 1 ms',
    'folded: reads from a cache; events recorded right after the write they report; what a controller decides inside a run',
  ],
  cast,
  folded,
  fold: [...fold, ...decisions],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startProcess({
        deliverAfter: (gvr) => (gvr === configurations ? 30 : 1),
      });
      const user = sim.go('user', async () => {
        await apply(stage, helloworld());
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportReady(stage, stage.first);
        await stage.at(2000);
        await reportTraffic(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
