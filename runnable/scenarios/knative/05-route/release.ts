/**
 * Release mode: a new Revision gets 10 %, then half, then all of the traffic,
 * and from the beginning a host of its own.
 */
import { template } from '../helloworld.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import {
  castWithService,
  foldFound,
  folded,
  notesWithService,
} from './cast.ts';
import { look, release } from './played.ts';
import { loadRelease } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Ten, fifty, all',
  summary:
    'The Service shares the traffic between two Revisions; watch the shares in three places, and the hosts of the named targets.',
  seed: 1,
  notes: [
    ...notesWithService,
    'at the start both Revisions are ready; the Service is in release mode and names the first',
    'folded: reads from a cache; what the service controller decides inside a run',
  ],
  cast: castWithService,
  folded,
  fold: [
    ...foldFound,
    ...['call ServiceStatus.', 'call isTrafficMigrated'],
    ...['call ignoreRouteLabelChange', 'queue.get Services', 'queue.done'],
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const configuration = template('Go Sample v2');
  const both = [stage.nth(1), stage.nth(2)];
  loadRelease(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers({ withService: true });
      const user = sim.go('user', async () => {
        for (const [moment, rolloutPercent] of [
          [1000, 10],
          [2000, 50],
        ] as const) {
          await stage.at(moment);
          await release(stage, {
            revisions: both,
            rolloutPercent,
            configuration,
          });
        }
        await stage.at(3000);
        await release(stage, { revisions: [stage.nth(2)], configuration });
        await stage.at(4000);
        await look(stage);
      });
      await user.done;
      return stage.result;
    },
  };
}
