/**
 * The pod is ready, and the network has not heard of it: the activator tries
 * again and again, after longer and longer pauses.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { ask } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Ready, and not to be reached',
  summary:
    'The pod is ready two seconds before the network knows the way to it; watch how often the activator tries, and when.',
  seed: 1,
  notes: [
    ...notes,
    'a request takes 100 ms; the network of the activator’s node learns of addresses 2 s late',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, { work: 100, networkLag: 2000 });
  return {
    view: look(stage),
    async main() {
      await stage.open();
      const told: unknown[] = [];
      const user = sim.go('user', async () => {
        await stage.afterTheLast();
        told.push(await ask(stage));
      });
      await user.done;
      return { told, active: stage.active };
    },
  };
}
