/**
 * The cache of VirtualServices lags: the lister says that there is none, the
 * API server says that there is one already.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf } from '../helloworld.ts';
import { cast, foldFound, folded, who } from './cast.ts';
import { curl } from './played.ts';
import { loadRunning } from './ready.ts';
import { viewOf } from './view.ts';

export const scenario: Scenario = {
  title: 'A cache that lags',
  summary:
    'VirtualServices reach the controllers 30 ms late; watch the lister and the API server disagree, and who gives way.',
  seed: 1,
  notes: [
    who,
    'an API answer takes 2 ms; a VirtualService reaches the cache of the controllers after 30 ms, everything else after 1 ms',
    'at the start the pod runs, and the Route has done nothing yet',
    'folded: reads, deliveries, queue steps and runs that wrote nothing',
  ],
  cast,
  folded,
  fold: foldFound,
  keep: ['queue.addRateLimited ClusterIngresses'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new ControlPlane(sim, ports, helloworld(), {
    controllers: {
      deliverAfter: (gvr) => (gvr.kind === 'VirtualService' ? 30 : 1),
    },
  });
  loadRunning(stage);
  return {
    view: viewOf(stage),
    async main() {
      await stage.survey();
      await stage.startAll();
      const seen: { answer?: unknown } = {};
      const user = sim.go('user', async () => {
        await stage.at(1000);
        seen.answer = await curl(stage, hostOf(stage));
      });
      await user.done;
      return {
        answer: seen.answer,
        ingress: stage.ingress,
        virtualService: stage.virtualService,
      };
    },
  };
}
