/**
 * The pod never gets ready: the activator waits as long as it hears of the
 * Revision, and a minute longer.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { ask } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A minute of silence',
  summary:
    'The pod starts and never gets ready; watch what the activator waits for, and what it tells the user.',
  seed: 1,
  notes: [...notes, 'the probe of the pod never succeeds'],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, {
    work: 100,
    pods: { readyAfter: Infinity },
  });
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
