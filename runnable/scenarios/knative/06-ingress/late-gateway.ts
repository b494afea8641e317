/**
 * Ready too early: the ingress is declared ready when the VirtualService is
 * stored, and the gateway hears of it later.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf } from '../helloworld.ts';
import { cast, foldFound, folded, who } from './cast.ts';
import { curl, look } from './played.ts';
import type { Printed } from './played.ts';
import { loadRunning } from './ready.ts';
import { viewOf } from './view.ts';

export const scenario: Scenario = {
  title: 'Ready, and 404',
  summary:
    'The gateway hears of VirtualServices two seconds late; watch the Service become Ready, and what a request gets until then.',
  seed: 1,
  notes: [
    who,
    'an API answer takes 2 ms; a VirtualService reaches the gateway after 2 s, every other change reaches every cache after 1 ms',
    'at the start the pod runs, and the Route has done nothing yet',
    'folded: reads, deliveries, queue steps and runs that wrote nothing',
  ],
  cast,
  folded,
  fold: foldFound,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new ControlPlane(sim, ports, helloworld(), {
    cluster: {
      istio: {
        deliverAfter: (gvr) => (gvr.kind === 'VirtualService' ? 2000 : 1),
      },
    },
  });
  loadRunning(stage);
  return {
    view: viewOf(stage),
    async main() {
      await stage.survey();
      await stage.startAll();
      const answers: Printed[] = [];
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await look(stage);
        answers.push(await curl(stage, hostOf(stage)));
        await stage.at(3000);
        answers.push(await curl(stage, hostOf(stage)));
      });
      await user.done;
      return { answers, service: stage.service };
    },
  };
}
