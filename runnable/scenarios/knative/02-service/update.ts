/**
 * A second generation: the user changes whom the program greets. The Service
 * stays reachable throughout, and is not Ready until the Route has moved on.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { helloworld } from '../helloworld.ts';
import { change, look, reportRevision, reportTraffic } from './played.ts';
import { loadReady } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A new greeting',
  summary:
    'TARGET changes while everything is Ready; watch which condition falls, and which one brings Ready back.',
  seed: 1,
  notes: [
    ...notes,
    'at the start everything is Ready in its first generation',
    'folded: reads from a cache; events recorded right after the write they report; the echoes of the controller’s own writes',
  ],
  cast,
  folded,
  fold: [...fold, 'call ServiceStatus.initializeConditions'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, helloworld());
  loadReady(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startController();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await change(stage, helloworld('Go Sample v2').spec);
        await stage.at(5000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        const [first, second] = [`${stage.name}-00001`, `${stage.name}-00002`];
        await stage.at(2000);
        await reportRevision(stage, { created: second, ready: first });
        await stage.at(3000);
        await reportRevision(stage, { created: second, ready: second });
        await stage.at(4000);
        await reportTraffic(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
