/**
 * A Route is deleted, and the process dies before it has cleaned up: the
 * finalizer keeps the Route until somebody has.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, collector, foldFound, folded, notes } from './cast.ts';
import { die, look, lookInVain, remove, startAgain } from './played.ts';
import { loadServing } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'First the ingress',
  summary:
    'A Route is deleted and the process dies in the middle of it; watch what is gone by then, and what is not.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first Revision gets all traffic; the process dies at 1.002 s and is started again at 2 s',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast: [...cast, collector],
  folded,
  fold: foldFound,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  loadServing(stage);
  return {
    async main() {
      await stage.survey();
      const process = await stage.startControllers();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await remove(stage);
        await stage.at(1500);
        await look(stage);
        await stage.at(3000);
        await lookInVain(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1002);
        die(process);
        await stage.at(2000);
        await startAgain(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
