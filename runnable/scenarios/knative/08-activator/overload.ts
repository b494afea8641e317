/**
 * Eight users ask at once, one pod comes, and it takes one request at a time:
 * who waits, where, and who is sent away.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, look, notes } from './cast.ts';
import { askAsOneOfMany } from './played.ts';
import type { Told } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Too many at once',
  summary:
    'Eight requests wait for a pod that takes one at a time; watch where they wait, and when three of them are refused.',
  seed: 1,
  notes: [
    ...notes,
    'a pod takes one request at a time, for 1 s; the annotation maxScale allows one pod',
    'the activator’s breaker is made small: three tokens at most, and two more may wait (1,000 and 10,000 upstream)',
  ],
  cast,
  folded,
  keep: ['bytes.write user @0'],
  fold: [...fold, 'bytes.write', 'call Gateway.route'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports, {
    work: 1000,
    containerConcurrency: 1,
    annotations: { 'autoscaling.knative.dev/maxScale': '1' },
    breakerParams: { queueDepth: 2, maxConcurrency: 3, initialCapacity: 0 },
  });
  return {
    view: look(stage),
    async main() {
      await stage.open();
      const told: Told[] = [];
      await stage.afterTheLast();
      const users = Array.from({ length: 8 }, (_, index) =>
        sim.go(`user ${String(index + 1)}`, async () => {
          told.push(await askAsOneOfMany(stage, index + 1));
        }),
      );
      await Promise.all(users.map((user) => user.done));
      return { told, active: stage.active };
    },
  };
}
