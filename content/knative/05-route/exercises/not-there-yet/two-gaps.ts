/**
 * A Route whose two targets lead nowhere yet: one names a Configuration, the
 * other a Revision, and both are made while the Route waits.
 */
import type { Ports } from '../../../../../runnable/ports.ts';
import { reportRevision } from '../../../../../runnable/scenarios/knative/02-service/played.ts';
import {
  apply as applyConfiguration,
  change,
} from '../../../../../runnable/scenarios/knative/03-configuration/played.ts';
import {
  cast,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/05-route/cast.ts';
import {
  apply,
  createRevision,
  reportNoPods,
  reportReady,
  routeTo,
} from '../../../../../runnable/scenarios/knative/05-route/played.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/05-route/stage.ts';
import { template } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Two gaps',
  summary:
    'A Route names a Configuration and a Revision, and neither is there; watch at which news the Route is looked at again.',
  seed: 1,
  notes: [
    ...notes,
    'the Configuration is made at 1 s and its first Revision ready at 2 s; the second Revision is made at 3 s and ready at 4 s; at 5 s the first one has no pods any more',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const [first, second] = [stage.nth(1), stage.nth(2)];
  return {
    async main() {
      await stage.startControllers();
      const user = sim.go('user', async () => {
        const { name: configurationName } = stage;
        const half = { configurationName, percent: 50 };
        const other = { revisionName: second, percent: 50 };
        const route = routeTo(stage, half);
        await apply(stage, { ...route, spec: { traffic: [other, half] } });
        await stage.at(1000);
        await applyConfiguration(stage);
        await stage.at(2990);
        await change(stage, template('Go Sample v2'));
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1010);
        await createRevision(stage);
        await stage.at(2000);
        await reportReady(stage, first);
        await reportRevision(stage, { created: first, ready: first });
        await stage.at(3000);
        await createRevision(stage);
        await stage.at(4000);
        await reportReady(stage, second);
        await stage.at(5000);
        await reportNoPods(stage, first);
        await stage.at(5100);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
