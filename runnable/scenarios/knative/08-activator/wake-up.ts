/**
 * The first request after zero: the activator holds it, its own report of it
 * wakes the autoscaler, and the pod that comes of that answers.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { ask, sendTrafficToPods } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'The first request after zero',
  summary:
    'Nobody has asked for an hour, and then somebody does; watch who holds the request, and who wakes whom.',
  seed: 1,
  notes: [...notes, 'a request takes 100 ms'],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, { work: 100 });
  return {
    view: look(stage),
    async main() {
      await stage.open();
      const played = sim.go('scenario', async () => {
        await stage.at(8000);
        await sendTrafficToPods(stage);
      });
      const told: unknown[] = [];
      const user = sim.go('user', async () => {
        await stage.afterTheLast();
        told.push(await ask(stage));
        await stage.at(9000);
        told.push(await ask(stage));
      });
      await Promise.all([user.done, played.done]);
      return { told, active: stage.active };
    },
  };
}
