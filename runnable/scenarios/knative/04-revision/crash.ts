/**
 * A program that ends as soon as it is started: its last words reach the
 * status of the Revision, but only when something makes the controller look.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes, waker } from './cast.ts';
import { first, look, makeFirst, reportQueued } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A program that ends',
  summary:
    'The container exits with code 1; watch who hears its last words, and on what occasion.',
  seed: 1,
  notes,
  cast,
  folded,
  keep: [`${waker} Endpoints #2`, `${waker} Deployment #4`],
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

/** What the program says before it ends. */
const message = 'panic: no greeting is set';

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, {
    pods: { exits: { code: 1, message } },
  });
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await makeFirst(stage, first);
        await stage.at(100);
        await reportQueued(stage, first);
      });
      const user = sim.go('user', async () => {
        await stage.at(60_000);
        await look(stage, first);
        await stage.at(130_000);
        await look(stage, first);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}
