/**
 * A user who cannot make up his mind: three changes of the template within
 * six milliseconds, while a controller waits for slow answers.
 */
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  cast,
  fold,
  folded,
  who,
} from '../../../../../runnable/scenarios/knative/03-configuration/cast.ts';
import {
  change,
  look,
} from '../../../../../runnable/scenarios/knative/03-configuration/played.ts';
import { loadReady } from '../../../../../runnable/scenarios/knative/03-configuration/ready.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/03-configuration/stage.ts';
import { template } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Three edits',
  summary:
    'The template changes three times within six milliseconds; watch how many Revisions are made, and of which generations.',
  seed: 1,
  notes: [
    who,
    'an API answer takes the controller 5 ms, a cache is updated after 1 ms',
    'at the start the first generation is ready',
    'folded: reads from a cache; events recorded right after the write they report; which old Revisions stay',
  ],
  cast,
  folded,
  keep: ['queue.add Configurations'],
  fold: [...fold, 'call judge'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  loadReady(stage, [{ created: sim.now(), lastPinned: sim.now() }]);
  return {
    async main() {
      await stage.survey();
      await stage.startController({
        answerAfter: (verb) => (verb === 'list' ? 0 : 5),
      });
      const user = sim.go('user', async () => {
        for (const version of [2, 3, 4]) {
          await stage.at(994 + 3 * version);
          await change(stage, template(`Go Sample v${version}`));
        }
        await stage.at(2000);
        await look(stage);
      });
      await user.done;
      return stage.result;
    },
  };
}
