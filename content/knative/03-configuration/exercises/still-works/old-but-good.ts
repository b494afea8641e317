/**
 * The only Revision that works is three days old, and no Route has used it
 * since yesterday. Now comes one that does not work.
 */
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  cast,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/03-configuration/cast.ts';
import {
  change,
  label,
  look,
  reportNoImage,
  wrongImage,
} from '../../../../../runnable/scenarios/knative/03-configuration/played.ts';
import { loadReady } from '../../../../../runnable/scenarios/knative/03-configuration/ready.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/03-configuration/stage.ts';
import { template } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const hour = 3_600_000;

export const scenario: Scenario = {
  title: 'Old, and the only one that works',
  summary:
    'An image that does not exist becomes the newest Revision; watch what becomes of the old one.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first generation is ready; it is 72 hours old, and a Route last used it 20 hours ago',
    'config-gc is not set, so its defaults hold: young for 24 h, stale 15 h after the last use, the newest stays',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  const now = sim.now();
  loadReady(stage, [{ created: now - 72 * hour, lastPinned: now - 20 * hour }]);
  return {
    async main() {
      await stage.survey();
      await stage.startController();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await change(stage, template('Go Sample v2', wrongImage));
        await stage.at(3000);
        await label(stage, 'team', 'green');
        await stage.at(4000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2000);
        await reportNoImage(stage, stage.nth(2));
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}
