/**
 * The conflict of the chapter, with a label that takes 60 ms to reach the
 * cache.
 */
import { services } from '../../../../../runnable/knative/apis/resources.ts';
import {
  cast,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/02-service/cast.ts';
import {
  label,
  look,
  reportRevision,
} from '../../../../../runnable/scenarios/knative/02-service/played.ts';
import { loadReady } from '../../../../../runnable/scenarios/knative/02-service/ready.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/02-service/stage.ts';
import { helloworld } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'A label on a long way',
  summary:
    'The label that makes the cache stale takes 60 ms to arrive; watch who comes first, the label or the next try.',
  seed: 1,
  notes: [
    notes[0] ?? '',
    'an API answer takes 2 ms; the label reaches the cache after 60 ms, every other change after 1 ms',
    'at the start everything is Ready in its first generation',
    'folded: reads from a cache; what the controller decides inside a run',
  ],
  cast,
  folded,
  keep: ['queue.add Services'],
  fold: [
    ...fold,
    'call ServiceStatus.',
    'call isTrafficMigrated',
    'call ignoreRouteLabelChange',
  ],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, helloworld());
  loadReady(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startController({
        // The label travels slowly, and nothing after it.
        deliverAfter: (gvr) =>
          gvr === services && stage.elapsed === 1000 ? 60 : 1,
      });
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await label(stage, 'team', 'green');
        await stage.at(2000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        const [first, second] = [`${stage.name}-00001`, `${stage.name}-00002`];
        await stage.at(1001);
        await reportRevision(stage, { created: second, ready: first });
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
