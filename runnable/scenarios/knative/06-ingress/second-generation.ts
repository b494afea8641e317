/**
 * A second generation while somebody asks twice a second: the old pod answers
 * until the new one can, and no request is lost.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { change } from '../02-service/played.ts';
import { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf } from '../helloworld.ts';
import { castWithClient, foldFound, folded, notes } from './cast.ts';
import { curl } from './played.ts';
import type { Printed } from './played.ts';
import { loadServing } from './ready.ts';
import { viewOf } from './view.ts';

export const scenario: Scenario = {
  title: 'A second generation, under load',
  summary:
    'TARGET changes while requests keep coming; watch what the gateway is told, twice, and which way the fourth request goes.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first generation serves; a client asks five times',
    'folded: reads, deliveries, queue steps and runs that wrote nothing',
  ],
  cast: castWithClient,
  folded,
  fold: [
    ...foldFound,
    'store.create Image',
    'bytes.write pod',
    'call Breaker.',
  ],
  keep: ['store.update Endpoints default/helloworld-go-00002-service #2'],
  begin: (sim, ports) => begin(sim, ports),
};

/** When the client asks. */
const moments = [500, 1500, 2500, 3055, 4500];

function begin(sim: Sim, ports: Ports): Run {
  const stage = new ControlPlane(sim, ports, helloworld());
  loadServing(stage);
  return {
    view: viewOf(stage),
    async main() {
      await stage.survey();
      await stage.startAll();
      const user = sim.go('user', async () => {
        await stage.at(1250);
        await change(stage, helloworld('Go Sample v2').spec);
      });
      const answers: Printed[] = [];
      const client = sim.go('client', async () => {
        for (const moment of moments) {
          await stage.at(moment);
          answers.push(await curl(stage, hostOf(stage)));
        }
      });
      await Promise.all([user.done, client.done]);
      return { answers, service: stage.service };
    },
  };
}
