/**
 * The process dies between two writes. Another one starts with empty caches,
 * and does what is still missing.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { apply, look, reportTraffic } from '../02-service/played.ts';
import { reportReady } from '../03-configuration/played.ts';
import { helloworld } from '../helloworld.ts';
import { cast, decisions, fold, folded, notes } from './cast.ts';
import { die, startAgain } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Died between two writes',
  summary:
    'The Configuration is created, the Route is not, and the process dies; watch what the next one knows.',
  seed: 1,
  notes: [
    ...notes,
    'the process dies at 2 ms and is started again at 500 ms',
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
      const process = await stage.startProcess();
      const user = sim.go('user', async () => {
        await apply(stage, helloworld());
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2);
        die(process);
        await stage.at(500);
        await startAgain(stage);
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
