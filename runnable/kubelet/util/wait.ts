/**
 * Repetition and delay, as `k8s.io/apimachinery/pkg/util/wait` gives them.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim, Task } from '../../sim/sim.ts';

/**
 * A duration between `duration` and `duration * (1 + maxFactor)`, so that many
 * pods that were synced together do not come back together.
 */
export function jitter(
  sim: Sim,
  duration: Milliseconds,
  maxFactor: number,
): Milliseconds {
  return Math.floor(duration + sim.chance.fraction() * maxFactor * duration);
}

/**
 * Runs `work` at once and again `period` after each end, as a task of its own:
 * the period slides, so a slow run delays the next one.
 */
export function until(
  sim: Sim,
  name: string,
  period: Milliseconds,
  work: () => Promise<void> | void,
): Task {
  return sim.go(name, async () => {
    for (;;) {
      await work();
      await sim.sleep(period);
    }
  });
}
