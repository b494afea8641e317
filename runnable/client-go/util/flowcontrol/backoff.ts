/**
 * Waiting times that double, one entry for each id; the kubelet keeps one for
 * every container that crashes and every image that cannot be pulled.
 */
import type { Instant, Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';

interface BackoffEntry {
  backoff: Milliseconds;
  lastUpdate: Instant;
}

/**
 * The waiting times of many ids, on the run's clock.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff
 */
export class Backoff {
  readonly #sim: Sim;
  readonly #defaultDuration: Milliseconds;
  readonly #maxDuration: Milliseconds;
  readonly #perItemBackoff = new Map<string, BackoffEntry>();

  constructor(sim: Sim, initial: Milliseconds, max: Milliseconds) {
    this.#sim = sim;
    this.#defaultDuration = initial;
    this.#maxDuration = max;
  }

  /**
   * The present waiting time of `id`; 0 when it has none.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.Get
   */
  get(id: string): Milliseconds {
    return this.#perItemBackoff.get(id)?.backoff ?? 0;
  }

  /**
   * Moves `id` to its next waiting time: the first one, or twice the last.
   *
   * @param eventTime when what is waited for last went wrong
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.Next
   */
  next(id: string, eventTime: Instant): void {
    const entry = this.#perItemBackoff.get(id);
    const lastUpdate = this.#sim.now();
    if (
      entry === undefined ||
      hasExpired(eventTime, entry.lastUpdate, this.#maxDuration)
    ) {
      const backoff = this.#defaultDuration;
      this.#perItemBackoff.set(id, { backoff, lastUpdate });
      return;
    }
    entry.backoff = Math.min(entry.backoff * 2, this.#maxDuration);
    entry.lastUpdate = lastUpdate;
  }

  /**
   * Forgets `id`: its next waiting time is the first one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.Reset
   */
  reset(id: string): void {
    this.#perItemBackoff.delete(id);
  }

  /**
   * Whether less than the waiting time of `id` has passed since `eventTime`.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.IsInBackOffSince
   */
  isInBackOffSince(id: string, eventTime: Instant): boolean {
    const entry = this.#perItemBackoff.get(id);
    if (entry === undefined) return false;
    if (hasExpired(eventTime, entry.lastUpdate, this.#maxDuration)) {
      return false;
    }
    return this.#sim.now() - eventTime < entry.backoff;
  }

  /**
   * Whether `eventTime` comes within the waiting time that began when `id` was
   * last moved on.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.IsInBackOffSinceUpdate
   */
  isInBackOffSinceUpdate(id: string, eventTime: Instant): boolean {
    const entry = this.#perItemBackoff.get(id);
    if (entry === undefined) return false;
    if (hasExpired(eventTime, entry.lastUpdate, this.#maxDuration)) {
      return false;
    }
    return eventTime - entry.lastUpdate < entry.backoff;
  }

  /**
   * Forgets whatever has been quiet for twice the longest waiting time.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.GC
   */
  gc(): void {
    const now = this.#sim.now();
    for (const [id, entry] of this.#perItemBackoff) {
      if (now - entry.lastUpdate > this.#maxDuration * 2) {
        this.#perItemBackoff.delete(id);
      }
    }
  }

  /**
   * The same as `reset`, under the name that cleaning up uses.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.DeleteEntry
   */
  deleteEntry(id: string): void {
    this.#perItemBackoff.delete(id);
  }
}

/**
 * Whether things went well for twice the longest waiting time: then the past
 * does not count any more.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/util/flowcontrol/backoff.go hasExpired
 */
function hasExpired(
  eventTime: Instant,
  lastUpdate: Instant,
  maxDuration: Milliseconds,
): boolean {
  return eventTime - lastUpdate > maxDuration * 2;
}
