/**
 * helloworld-go from its creation until it is ready: one object written by a
 * user, two made by the controller, and everybody who changes one of them
 * makes the controller look again.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { serviceOf } from '../helloworld.ts';
import {
  apply,
  labelConfiguration,
  look,
  reportRevision,
  reportTraffic,
} from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Hello, world',
  summary:
    'A Service is created and becomes ready; watch who makes the other objects, and why seven runs write only five times.',
  seed: 1,
  notes: [
    ...notes,
    'folded: reads from a cache; events recorded right after the write they report; runs 4 and 6, to one line each; kept: queue.add',
  ],
  cast,
  folded,
  keep: ['queue.add'],
  fold: [
    ...fold,
    'queue.add Services default/helloworld-go from Service #3',
    'queue.add Services default/helloworld-go from Service #4',
  ],
  accepts: 'serving.knative.dev/v1alpha1 Service',
  begin: (sim, _ports, input) => begin(sim, input),
};

function begin(sim: Sim, input: unknown): Run {
  const service = serviceOf(input);
  const stage = new Stage(sim, service);
  const revision = `${stage.name}-00001`;
  return {
    async main() {
      await stage.startController();
      const user = sim.go('user', async () => {
        await apply(stage, service);
        await stage.at(5000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2000);
        await reportRevision(stage, { created: revision, ready: revision });
        await stage.at(3000);
        await reportTraffic(stage);
        await stage.at(4000);
        await labelConfiguration(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
