/**
 * A Revision is made: five phases, of which each finds or makes something, and
 * then one run after the other that reads what came of it.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes, waker } from './cast.ts';
import {
  first,
  look,
  makeFirst,
  reportActive,
  reportQueued,
} from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Five phases',
  summary:
    'A Revision is made; watch what its controller creates, in which order, and what it then waits for.',
  seed: 1,
  notes: [...notes],
  cast,
  folded,
  keep: ['Deployment', 'Endpoints', 'PodAutoscaler'].map(
    (kind) => `${waker} ${kind}`,
  ),
  // More of the same, while the first run goes on.
  fold: [...fold, `${waker} Deployment #2`, `${waker} Deployment #3`],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await makeFirst(stage, first);
        await stage.at(100);
        await reportQueued(stage, first);
        await stage.at(2000);
        await reportActive(stage, first);
      });
      const user = sim.go('user', async () => {
        await stage.at(3000);
        await look(stage, first);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}
