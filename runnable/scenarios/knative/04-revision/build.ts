/**
 * A Revision whose image has to be built first: until the build has succeeded
 * none of the phases begins.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes, waker } from './cast.ts';
import { build } from './objects.ts';
import {
  beginBuild,
  first,
  look,
  makeFirst,
  reportActive,
  reportBuild,
} from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'A build comes first',
  summary:
    'The Revision names a build; watch how an object of a kind that nobody declared wakes the controller.',
  seed: 1,
  notes: [...notes, 'the scenario plays the build as well'],
  cast,
  folded,
  keep: ['watch.deliver Build', `${waker} Build`, `${waker} Revision #2`],
  fold: [...fold, 'store.updateStatus Pod', 'store.update Endpoints'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const { apiVersion, kind, metadata } = build;
  const buildRef = { apiVersion, kind, name: metadata.name };
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await beginBuild(stage);
        await stage.at(100);
        await makeFirst(stage, first, { buildRef });
        await stage.at(1000);
        await reportBuild(stage, 'Unknown');
        await stage.at(4000);
        await reportBuild(stage, 'True');
        await stage.at(6000);
        await reportActive(stage, first);
      });
      const user = sim.go('user', async () => {
        await stage.at(7000);
        await look(stage, first);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}
