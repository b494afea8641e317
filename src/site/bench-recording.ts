/** What recording costs, beside the same run without it. */
import { recordScenario, runScenario } from '../chapter/record.ts';
import { findChapters } from '../chapter/catalog.ts';

const rounds = 5;

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

/**
 * Milliseconds of a chapter's default scenario, loading included; the median
 * of five.
 */
export async function recordingTimes(chapter: string): Promise<{
  readonly plain: number;
  readonly recorded: number;
  readonly events: number;
}> {
  const found = findChapters().find(({ id }) => id === chapter);
  const scenario = found?.scenarios[0];
  if (scenario === undefined) {
    throw new RangeError(`Cannot time ${chapter}: it has no scenario`);
  }
  const trace = await recordScenario({ chapter, scenario });
  return {
    plain: await median(() => runScenario({ chapter, scenario })),
    recorded: await median(() => recordScenario({ chapter, scenario })),
    events: trace.events.time.length,
  };
}
