/** What recording costs, beside the same run without it. */
import { recordScenario, runScenario } from '../chapter/record.ts';
import { findChapters } from '../chapter/catalog.ts';
import { median, type Figure } from './bench-figure.ts';

const chapter = 'knative/02-service';
const rounds = 5;

/** A chapter's default scenario, loading included; the median of five. */
export async function* recording(): AsyncIterable<Figure> {
  const found = findChapters().find(({ id }) => id === chapter);
  const scenario = found?.scenarios[0];
  if (scenario === undefined) {
    throw new RangeError(`Cannot time ${chapter}: it has no scenario`);
  }
  const trace = await recordScenario({ chapter, scenario });
  const plain = await timed(() => runScenario({ chapter, scenario }));
  const recorded = await timed(() => recordScenario({ chapter, scenario }));
  yield {
    name: `recording ${chapter}, loading included`,
    value: recorded,
    yardstick: 'the plain run',
    against: plain,
    unit: 'ms',
  };
  yield {
    name: 'one event of it, loading included',
    value: ((recorded - plain) * 1000) / trace.events.time.length,
    yardstick: 'the aim',
    against: 2,
    unit: 'µs',
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return median(times);
}
