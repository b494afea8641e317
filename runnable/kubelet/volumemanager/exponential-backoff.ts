/**
 * How long an operation on a volume rests after it failed: half a second,
 * and twice as long after each further failure.
 *
 * Upstream has it in `pkg/util/goroutinemap/exponentialbackoff`, for all
 * operations on volumes.
 */
import { formatTime } from '../../apiserver/time.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import { formatDuration } from '../util/duration.ts';

const initialDurationBeforeRetry: Milliseconds = 500;
/** Not quite two minutes, so that it is recognized in a log. */
const maxDurationBeforeRetry: Milliseconds = 122_000;

export class ExponentialBackoff {
  #durationBeforeRetry: Milliseconds = 0;
  #lastErrorTime: Instant = 0;

  /** Whether the rest is over; at its last moment it is not. */
  safeToRetry(now: Instant): boolean {
    return now - this.#lastErrorTime > this.#durationBeforeRetry;
  }

  /**
   * Begins a longer rest.
   *
   * @returns what the log is told of it
   */
  update(now: Instant, operationName: string, error: string): string {
    const doubled = 2 * this.#durationBeforeRetry;
    this.#durationBeforeRetry = Math.min(
      doubled === 0 ? initialDurationBeforeRetry : doubled,
      maxDurationBeforeRetry,
    );
    this.#lastErrorTime = now;
    const until = formatTime(now + this.#durationBeforeRetry);
    const rest = formatDuration(this.#durationBeforeRetry);
    return `Operation for "${operationName}" failed. No retries permitted until ${until} (durationBeforeRetry ${rest}). Error: "${error}"`;
  }
}
