/**
 * From the manifest to the first answer: six controllers of one process build
 * what a request needs, and the request comes.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { apply } from '../02-service/played.ts';
import { ControlPlane } from '../control-plane.ts';
import { hostOf, serviceOf } from '../helloworld.ts';
import { cast, fold, folded, keep, notes } from './cast.ts';
import { curl } from './played.ts';
import { viewOf } from './view.ts';

export const scenario: Scenario = {
  title: 'From apply to curl',
  summary:
    'helloworld-go is applied to an empty cluster; watch six controllers work on it without calling each other, until a request is answered.',
  seed: 1,
  notes: [
    ...notes,
    'folded: reads, deliveries, queue steps and runs that wrote nothing',
  ],
  cast,
  folded,
  fold,
  keep,
  accepts: 'serving.knative.dev/v1alpha1 Service',
  begin: (sim, ports, input) => begin(sim, ports, input),
};

function begin(sim: Sim, ports: Ports, input: unknown): Run {
  const service = serviceOf(input);
  const stage = new ControlPlane(sim, ports, service);
  return {
    view: viewOf(stage),
    async main() {
      await stage.startAll();
      const seen: { answer?: unknown } = {};
      const user = sim.go('user', async () => {
        await apply(stage, service);
        await stage.at(3000);
        seen.answer = await curl(stage, hostOf(stage));
      });
      await user.done;
      return {
        answer: seen.answer,
        service: stage.service,
        ingress: stage.ingress,
        virtualService: stage.virtualService,
      };
    },
  };
}
