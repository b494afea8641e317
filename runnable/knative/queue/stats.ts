/**
 * How many requests a pod had at once, on average, since the last report.
 *
 * Each moment counts for as long as it lasted: two requests during half a
 * second are an average of one.
 */
import type { Instant, Milliseconds } from '../../sim/clock.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/queue/stats.go ReqEvent
 */
export interface ReqEvent {
  readonly time: Instant;
  readonly eventType: 'ReqIn' | 'ReqOut';
}

/** What a report says. */
export interface Report {
  readonly averageConcurrentRequests: number;
  /** Requests that came in since the report before. */
  readonly requestCount: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/queue/stats.go Stats
 * @differs upstream's goroutine selects over channels of events and ticks;
 *   here the two are calls, for nothing can slip in between
 */
export class Stats {
  #lastChange: Instant;
  #concurrency = 0;
  #requestCount = 0;
  readonly #timeOnConcurrency = new Map<number, Milliseconds>();

  constructor(startedAt: Instant) {
    this.#lastChange = startedAt;
  }

  /** Counts a request that came in or went out. */
  handle(event: ReqEvent): void {
    this.#updateState(event.time);
    if (event.eventType === 'ReqIn') {
      this.#requestCount += 1;
      this.#concurrency += 1;
    } else {
      this.#concurrency -= 1;
    }
  }

  /** Says what was, and begins anew; requests in flight carry over. */
  report(now: Instant): Report {
    this.#updateState(now);
    let total = 0;
    let weighted = 0;
    for (const [concurrency, time] of this.#timeOnConcurrency) {
      total += time;
      weighted += concurrency * time;
    }
    const report = {
      averageConcurrentRequests: total === 0 ? 0 : weighted / total,
      requestCount: this.#requestCount,
    };
    this.#timeOnConcurrency.clear();
    this.#requestCount = 0;
    return report;
  }

  /**
   * Counts the time since the last change. What comes late, with a time before
   * that, takes none.
   */
  #updateState(time: Instant): void {
    if (time <= this.#lastChange) return;
    const before = this.#timeOnConcurrency.get(this.#concurrency) ?? 0;
    const lasted = time - this.#lastChange;
    this.#timeOnConcurrency.set(this.#concurrency, before + lasted);
    this.#lastChange = time;
  }
}
