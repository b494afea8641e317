/**
 * The process dies once more, two milliseconds later: everything it had to
 * create is created, and it does not know that.
 */
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  apply,
  look,
} from '../../../../../runnable/scenarios/knative/02-service/played.ts';
import {
  cast,
  decisions,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/01-control-loop/cast.ts';
import {
  die,
  startAgain,
} from '../../../../../runnable/scenarios/knative/01-control-loop/played.ts';
import { helloworld } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/01-control-loop/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Died after the writes',
  summary:
    'Configuration, Revision and Route are created, and the process dies before it hears of the last; watch what the next one makes of it.',
  seed: 1,
  notes: [
    ...notes,
    'the process dies at 3.5 ms and is started again at 500 ms',
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
        await stage.at(1000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(3.5);
        die(process);
        await stage.at(500);
        await startAgain(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
