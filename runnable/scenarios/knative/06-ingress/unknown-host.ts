/**
 * Four requests for the same address, each with another `Host` header: which of
 * them the gateway knows.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf } from '../helloworld.ts';
import { cast, foldFound, folded, notes } from './cast.ts';
import { curl } from './played.ts';
import type { Printed } from './played.ts';
import { loadServing } from './ready.ts';
import { viewOf } from './view.ts';

export const scenario: Scenario = {
  title: 'A host that matches nothing',
  summary:
    'The same address is called four times under four names; watch which of them the gateway finds, and who answers 404.',
  seed: 1,
  notes: [...notes, 'at the start everything is ready'],
  cast,
  folded,
  fold: foldFound,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new ControlPlane(sim, ports, helloworld());
  loadServing(stage);
  const host = hostOf(stage);
  const hosts = [
    'hello.default.example.com',
    '10.96.199.35',
    `${host}:80`,
    'helloworld-go.default',
  ];
  return {
    view: viewOf(stage),
    async main() {
      await stage.survey();
      await stage.startAll();
      const answers: Printed[] = [];
      const user = sim.go('user', async () => {
        for (const [index, name] of hosts.entries()) {
          await stage.at((index + 1) * 1000);
          answers.push(await curl(stage, name));
        }
      });
      await user.done;
      return { answers, virtualService: stage.virtualService };
    },
  };
}
