/**
 * Answers take time: what was done at the call is told a little later.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';

/** What a request came to. */
export type Outcome<T> = { readonly value: T } | { readonly error: Error };

/**
 * A promise of the caller's process for `outcome`; it never settles when the
 * process is killed before.
 */
export function answer<T>(
  sim: Sim,
  delay: Milliseconds,
  request: string,
  outcome: Outcome<T>,
): Promise<T> {
  if (delay === 0 && !sim.killed) {
    return 'error' in outcome
      ? Promise.reject(outcome.error)
      : Promise.resolve(outcome.value);
  }
  const caller = sim.suspend<T>(`for the answer to "${request}"`);
  sim.clock.after(delay, () => {
    if ('error' in outcome) caller.fail(outcome.error);
    else caller.resume(outcome.value);
  });
  return caller.promise;
}
