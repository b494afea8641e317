/**
 * The autoscaler by itself: one pod reports once a second, and every two
 * seconds a decision is asked for. No cluster follows it.
 */
import { Autoscaler } from '../../../../../runnable/knative/autoscaler/autoscaler.ts';
import { Config } from '../../../../../runnable/knative/autoscaler/config.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

/** From second to second: how many requests the pod has at once. */
const load: readonly (readonly [from: number, requests: number])[] = [
  [1, 5],
  [41, 15],
  [61, 50],
  [67, 5],
  [131, 5000],
];

const end = 140;

export const scenario: Scenario = {
  title: 'One pod reports',
  summary:
    'A quiet minute, a burst of six seconds, a quiet minute, a flood; watch which number the autoscaler decides on.',
  seed: 1,
  notes: [
    'cast: pod = reports once a second how many requests it had at once; autoscaler = is asked every two seconds how many pods there should be',
    'a target of 10, a stable window of 60 s, a panic window of 6 s; there is one ready pod throughout, and at 140 s the Endpoints cannot be read',
  ],
  cast: [
    {
      id: 'pod',
      noun: 'the pod',
      role: 'reports once a second',
      tasks: ['pod'],
    },
    {
      id: 'autoscaler',
      noun: 'the autoscaler',
      role: 'decides every two seconds',
      tasks: ['autoscaler'],
    },
  ],
  folded: ['knative/autoscaler/aggregation.ts', 'knative/autoscaler/config.ts'],
  fold: ['clock.', 'task.'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const start = sim.now();
  const elapsed = (): number => (sim.now() - start) / 1000;
  const config = new Config();
  const autoscaler = new Autoscaler(
    () => config,
    10,
    () => {
      if (elapsed() > end) throw new Error('endpoints "a" not found');
      return 1;
    },
  );
  const decisions: { at: number; scale: number; ok: boolean }[] = [];
  return {
    async main() {
      const pod = sim.go('pod', async () => {
        while (elapsed() < end) {
          await sim.sleep(1000);
          autoscaler.record({
            time: sim.now(),
            podName: 'a',
            averageConcurrentRequests: requestsAt(elapsed()),
            requestCount: 1,
          });
        }
      });
      const asked = sim.go('autoscaler', async () => {
        await sim.sleep(1);
        while (elapsed() < end + 1) {
          const { scale, ok } = autoscaler.scale(sim.now() - 1);
          decisions.push({ at: Math.floor(elapsed()), scale, ok });
          await sim.sleep(2000);
        }
      });
      await Promise.all([pod.done, asked.done]);
      return decisions;
    },
  };
}

function requestsAt(second: number): number {
  const found = load.findLast(([from]) => from <= second);
  return found === undefined ? 0 : found[1];
}
