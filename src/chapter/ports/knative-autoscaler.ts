/**
 * `knative/autoscaler`: what the autoscaler decides, step by step, from
 * measurements of the reader's.
 */
import { Autoscaler } from '../../../runnable/knative/autoscaler/autoscaler.ts';
import { Config } from '../../../runnable/knative/autoscaler/config.ts';
import type { Decision } from '../../../runnable/knative/autoscaler/metric.ts';
import { defaultStart } from '../../../runnable/sim/sim.ts';
import type { Port } from '../port.ts';
import { PortError } from '../port.ts';
import { flag, integer, listOf, object, text } from '../schema/json-schema.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

interface GivenStat {
  readonly pod: string;
  readonly concurrency: number;
}

interface Series {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly pods: number;
}

interface Step {
  readonly series?: Series;
  readonly stat?: GivenStat;
  readonly stats?: readonly GivenStat[];
  readonly advance?: number;
  readonly asked?: boolean;
}

interface Given {
  readonly target: number;
  readonly maxScaleUpRate: number;
  readonly stableWindow: number;
  readonly panicWindow: number;
  readonly steps: readonly Step[];
}

/** What one document may make us remember. */
const mostMeasurements = 1_000_000;

const number: JsonSchema = { type: 'number' };
const stat = object({ pod: text, concurrency: number }, ['pod', 'concurrency']);

export const port: Port = {
  schema: object(
    {
      target: { type: 'number', exclusiveMinimum: 0 },
      maxScaleUpRate: { type: 'number', exclusiveMinimum: 0 },
      stableWindow: integer(1),
      panicWindow: integer(1),
      steps: listOf(
        object({
          series: object(
            {
              from: number,
              to: number,
              seconds: integer(0),
              pods: integer(0),
            },
            ['from', 'to', 'seconds', 'pods'],
          ),
          stat,
          stats: listOf(stat),
          advance: number,
          asked: flag,
        }),
      ),
    },
    ['target', 'maxScaleUpRate', 'stableWindow', 'panicWindow', 'steps'],
  ),
  answer(document) {
    const given = document as Given;
    const asked = given.steps.reduce((sum, { series }) => {
      return sum + (series === undefined ? 0 : series.seconds * series.pods);
    }, 0);
    if (asked > mostMeasurements) {
      throw new PortError(
        '/steps',
        `expected at most ${String(mostMeasurements)} measurements, found ${String(asked)}`,
      );
    }
    return Promise.resolve({ perStep: decide(given) });
  },
};

function decide(given: Given): Decision[] {
  const config = new Config({
    'max-scale-up-rate': String(given.maxScaleUpRate),
    'stable-window': `${String(given.stableWindow)}s`,
    'panic-window': `${String(given.panicWindow)}s`,
  });
  let readyPods = 0;
  let time = defaultStart;
  const autoscaler = new Autoscaler(
    () => config,
    given.target,
    () => readyPods,
  );
  const decisions: Decision[] = [];
  const record = (podName: string, at: number, concurrency: number): void => {
    autoscaler.record({
      podName,
      time: at,
      averageConcurrentRequests: concurrency,
      requestCount: 0,
    });
  };
  for (const { series, stat: one, stats, advance, asked } of given.steps) {
    if (series !== undefined) {
      const { from, to, seconds, pods } = series;
      for (let second = 1; second <= seconds; second++) {
        const point = Math.trunc(from + ((to - from) * second) / seconds);
        for (let pod = 1; pod <= pods; pod++) {
          record(`pod-${String(pod)}`, time + pod, point);
        }
        time += 1000;
      }
      readyPods = pods;
    }
    for (const { pod, concurrency } of stats ?? (one ? [one] : [])) {
      record(pod, time, concurrency);
    }
    time += (advance ?? 0) * 1000;
    if (asked === true) decisions.push(autoscaler.scale(time));
  }
  return decisions;
}
