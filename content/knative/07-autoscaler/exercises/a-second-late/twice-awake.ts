/**
 * The autoscaler's process without its controller: a Revision without pods
 * that is wanted twice, and a quiet minute between.
 */
import { Autoscaler } from '../../../../../runnable/knative/autoscaler/autoscaler.ts';
import { Config } from '../../../../../runnable/knative/autoscaler/config.ts';
import { DynamicConfig } from '../../../../../runnable/knative/autoscaler/dynamic-config.ts';
import { MultiScaler } from '../../../../../runnable/knative/autoscaler/multiscaler.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const namespace = 'default';
const name = 'helloworld-go-00001';
const key = `${namespace}/${name}`;

/** Who reports how many requests at once, half a second after which second. */
const reports: readonly (readonly [second: number, from: string, n: number])[] =
  [
    [1, 'the last pod', 0],
    ...[5, 6, 7].map((second) => [second, 'the activator', 1] as const),
    ...Array.from(
      { length: 64 },
      (_, at) => [8 + at, 'the new pod', 0] as const,
    ),
    ...[72, 73].map((second) => [second, 'the activator', 1] as const),
  ];

export const scenario: Scenario = {
  title: 'Twice awake',
  summary:
    'A Revision without pods is wanted at 5.5 s and again at 72.5 s; watch when the autoscaler is asked for a decision.',
  seed: 1,
  notes: [
    'cast: reports = played, come at half past a second; autoscaler = is asked every two seconds, and may be asked between',
    'a target of 10, a stable window of 60 s; from 8.5 s on a pod reports seconds without a request',
  ],
  cast: [
    {
      id: 'reports',
      noun: 'the server of reports',
      role: 'hands them over',
      tasks: ['reports'],
    },
    {
      id: 'autoscaler',
      noun: 'the autoscaler',
      role: 'decides, at ticks and between',
      tasks: ['scaler *'],
    },
  ],
  folded: [
    'knative/autoscaler/aggregation.ts',
    'knative/autoscaler/autoscaler.ts',
    'knative/autoscaler/config.ts',
    'knative/logging',
  ],
  keep: ['chan.send poke'],
  fold: [
    ...['task.', 'log ', 'clock.', 'select.', 'chan.recv'],
    ...['chan.send tick', 'chan.send decisions', 'queue.'],
  ],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const start = sim.now();
  const config = new Config();
  const logger = new SugaredLogger('autoscaler');
  const multiScaler = new MultiScaler(
    sim,
    new DynamicConfig(config, logger),
    () =>
      new Autoscaler(
        () => config,
        10,
        () => 1,
      ),
    logger,
  );
  const desired = (): number | undefined =>
    multiScaler.get(namespace, name)?.status.desiredScale;
  return {
    view: { watched: [{ name: 'desired scale', read: desired }] },
    async main() {
      multiScaler.watch(() => {
        hear(desired() ?? -1);
      });
      multiScaler.create({
        metadata: { namespace, name },
        spec: { targetConcurrency: 10 },
        status: { desiredScale: -1 },
      });
      const played = sim.go('reports', async () => {
        for (const [second, from, requests] of reports) {
          await sim.sleep(start + second * 1000 + 500 - sim.now());
          await report(sim, multiScaler, { from, requests });
        }
        await sim.sleep(2000);
      });
      await played.done;
      return desired();
    },
  };
}

/**
 * Hands a report over.
 *
 * @story when what.requests: Report of {what.from}: one request at once.
 * @story Report of {what.from}: no request.
 */
async function report(
  sim: Sim,
  multiScaler: MultiScaler,
  what: { readonly from: string; readonly requests: number },
): Promise<void> {
  await multiScaler.recordStat(key, {
    time: sim.now(),
    podName: what.from,
    averageConcurrentRequests: what.requests,
    requestCount: what.requests,
  });
}

/**
 * Plays the controller, which is told of a decision unlike the last.
 *
 * @story The controller hears that {scale, plural, one {# pod is} other {# pods are}}
 *   wanted now.
 */
function hear(scale: number): number {
  return scale;
}
