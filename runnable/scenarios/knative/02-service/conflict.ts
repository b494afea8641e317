/**
 * Somebody else wrote first: the user labels the Service while the cache of
 * Services lags, so the controller writes from an old version and is refused.
 */
import { services } from '../../../knative/apis/resources.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { helloworld } from '../helloworld.ts';
import { label, look, reportRevision, reportTraffic } from './played.ts';
import { loadReady } from './ready.ts';
import { Stage } from './stage.ts';

/** The first word of each kind is the start of the cache, and folded. */
const queued = 'queue.add Services default/helloworld-go from';
const sources = ['Service', 'Configuration', 'Route'];

export const scenario: Scenario = {
  title: 'Somebody wrote first',
  summary:
    'The controller writes from a cache that lags; watch the API server refuse, and how often it takes to get through.',
  seed: 1,
  notes: [
    notes[0] ?? '',
    'an API answer takes 2 ms; the label reaches the cache after 10 ms, every other change after 1 ms',
    'at the start everything is Ready in its first generation',
    'folded: reads from a cache; run 1, which finds nothing to do',
  ],
  cast,
  folded,
  keep: ['queue.add', ...sources.map((kind) => `${queued} ${kind} #`)],
  fold: [
    ...fold,
    ...sources.map((kind) => `${queued} ${kind}`),
    'call ServiceStatus.initializeConditions',
    'call ServiceStatus.propagate',
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
          gvr === services && stage.elapsed === 1000 ? 10 : 1,
      });
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await label(stage, 'team', 'green');
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        const [first, second] = [`${stage.name}-00001`, `${stage.name}-00002`];
        await stage.at(1001);
        await reportRevision(stage, { created: second, ready: first });
        await stage.at(2000);
        await reportRevision(stage, { created: second, ready: second });
        await stage.at(2500);
        await reportTraffic(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
