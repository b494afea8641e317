/**
 * Two Revisions whose pods never answer. One is scaled by the default
 * autoscaler, the other by a HorizontalPodAutoscaler, and only of one is it
 * said that it failed.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import {
  first,
  look,
  makeFirst,
  pin,
  reportActive,
  reportQueued,
  second,
} from './played.ts';
import { Stage } from './stage.ts';

/** What the other runs of this chapter show. */
const beginning: readonly string[] = [
  'clock.sleep',
  'queue.done Revisions',
  'store.create Endpoints',
  'store.create Image',
  'store.create Pod',
  'store.create core/Service',
  'store.update Endpoints',
  'store.updateStatus Pod default/helloworld-go',
];

export const scenario: Scenario = {
  title: 'Two deadlines',
  summary:
    'Two pods never get ready; watch what two minutes and five minutes do to each Revision, and who looks at the clock.',
  seed: 1,
  notes: [
    ...notes,
    'folded: how the pieces of each Revision are made',
    'the second Revision is of autoscaler class hpa, which is active from the start',
  ],
  cast,
  folded,
  keep: ['event ProgressDeadlineExceeded', 'event RevisionFailed'],
  fold: [...fold, ...beginning],
  begin: (sim, ports) => begin(sim, ports),
};

/** Asks for scaling by what Kubernetes itself has. */
const hpa = {
  'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev',
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, { pods: { readyAfter: Infinity } });
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await makeFirst(stage, first);
        await stage.at(100);
        await reportQueued(stage, first);
        await stage.at(1000);
        await makeFirst(stage, second, { annotations: hpa });
        await stage.at(1100);
        await reportActive(stage, second);
        await stage.at(430_000);
        await pin(stage, first);
        await stage.at(431_000);
        await pin(stage, second);
      });
      const user = sim.go('user', async () => {
        await stage.at(3_600_000);
        await look(stage, first);
        await look(stage, second);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}
