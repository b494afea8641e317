/**
 * Three controllers of one process, none of which knows the others: each is
 * told by the caches, and by nothing else, where to look.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { apply, look, reportTraffic } from '../02-service/played.ts';
import { reportReady } from '../03-configuration/played.ts';
import { helloworld } from '../helloworld.ts';
import { cast, decisions, fold, folded, notes } from './cast.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Three controllers',
  summary:
    'One Service is created; watch three controllers work together without ever calling one another.',
  seed: 1,
  notes: [
    ...notes,
    'folded: reads from a cache; events recorded right after the write they report; what a controller decides inside a run',
  ],
  cast,
  folded,
  keep: ['queue.add'],
  fold: [...fold, ...decisions],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startProcess();
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
