/**
 * An image that no registry has, until somebody pushes it: the first phase
 * fails, the status says so once, and the key is tried again and again.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { image } from '../helloworld.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { first, look, makeFirst, push, reportActive } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'An image that is not there yet',
  summary:
    'The registry does not know the image; watch how often it is asked, what is written, and who notices that the image has come.',
  seed: 1,
  notes: [...notes, 'the registry’s words are ours'],
  cast,
  folded,
  // Each try asks the registry again; the first shows it.
  fold: [
    ...fold,
    'clock.sleep revision-worker-1 #',
    'clock.sleep revision-worker-2',
    'store.updateStatus Pod',
    'store.update Endpoints',
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, { missing: [image] });
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await makeFirst(stage, first);
        await stage.at(4000);
        await reportActive(stage, first);
      });
      const user = sim.go('user', async () => {
        await stage.at(500);
        push(stage);
        await stage.at(5000);
        await look(stage, first);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}
