/**
 * Old Revisions: one that a Route has not used for long goes, one that no
 * Route ever used stays. Nobody wakes the controller at the moment when a
 * Revision has become stale.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { look, lookAtRevision } from './played.ts';
import { loadReady } from './ready.ts';
import { Stage } from './stage.ts';

const hour = 3_600_000;

export const scenario: Scenario = {
  title: 'A Revision nobody uses',
  summary:
    'Four Revisions, and eleven hours in which nobody changes anything; watch which one goes, and when.',
  seed: 1,
  notes: [
    ...notes,
    'at the start: four Revisions, the fourth ready and in use; a Route last used the first 10 h ago, the third 4 h ago, and never the second',
    'the Revisions are 72, 48, 12 and 4 hours old; caches repeat what they hold every 10 hours',
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
  loadReady(stage, [
    { created: now - 72 * hour, lastPinned: now - 10 * hour },
    { created: now - 48 * hour },
    { created: now - 12 * hour, lastPinned: now - 4 * hour },
    { created: now - 4 * hour, lastPinned: now },
  ]);
  return {
    async main() {
      await stage.survey();
      await stage.startController();
      const user = sim.go('user', async () => {
        await stage.at(6 * hour);
        await lookAtRevision(stage, stage.nth(1));
        await stage.at(11 * hour);
        await look(stage);
      });
      await user.done;
      return stage.result;
    },
  };
}
