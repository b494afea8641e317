/**
 * The labeler and the service controller write on one Configuration in the
 * same millisecond: one of them is refused, and keeps what the other wrote.
 */
import { apply, label, look, reportRevision } from '../02-service/played.ts';
import { helloworld } from '../helloworld.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import {
  castWithService,
  foldFound,
  folded,
  notesWithService,
} from './cast.ts';
import { createRevision, reportIngress, reportReady } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Two write on one object',
  summary:
    'A Service gets its first traffic while the user labels it; watch two controllers write on one Configuration, and who is refused.',
  seed: 1,
  notes: [
    ...notesWithService,
    'folded: reads from a cache; runs that change nothing; what the service controller decides inside a run',
  ],
  cast: castWithService,
  folded,
  fold: [
    ...foldFound,
    ...['call ServiceStatus.', 'call isTrafficMigrated'],
    ...['queue.get Services', 'queue.done'],
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const first = stage.nth(1);
  return {
    async main() {
      await stage.startControllers({ withService: true });
      const user = sim.go('user', async () => {
        await apply(stage, helloworld());
        await stage.at(1011);
        await label(stage, 'team', 'green');
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await createRevision(stage);
        await reportReady(stage, first);
        await reportRevision(stage, { created: first, ready: first });
        await stage.at(2000);
        await reportIngress(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
