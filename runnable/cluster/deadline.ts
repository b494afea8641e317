/**
 * Waiting, but not for ever.
 *
 * Scaffolding: durations as Go writes them, in whole hours, minutes, seconds
 * and milliseconds.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';

/**
 * What `work` comes to, or undefined when `limit` is over before.
 *
 * @param limit a Go duration; without one, or with `0s`, there is none
 */
export async function within<T>(
  sim: Sim,
  limit: string | undefined,
  work: Promise<T>,
): Promise<T | undefined> {
  const left = millisecondsOf(limit ?? '');
  if (left === 0) return work;
  const end = sim.suspend<T | undefined>('for an answer or the deadline');
  const timer = sim.clock.after(left, () => {
    end.resume(undefined);
  });
  sim.go('deadline', async () => {
    end.resume(await work);
    timer.stop();
  });
  return end.promise;
}

const unitMs: Readonly<Record<string, Milliseconds>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

function millisecondsOf(duration: string): Milliseconds {
  let total = 0;
  for (const [, amount = '', unit = ''] of duration.matchAll(
    /([\d.]+)(h|ms|m|s)/g,
  )) {
    total += Number(amount) * (unitMs[unit] ?? 0);
  }
  return total;
}
