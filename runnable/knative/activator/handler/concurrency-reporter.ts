/**
 * Tells the autoscaler how many requests the activator holds.
 *
 * This is what wakes a Revision. Where there are no pods nobody else measures
 * anything, so the first request for a Revision is reported at once and not at
 * the next full second.
 */
import type { Channel } from '../../../sim/channel.ts';
import type { Instant } from '../../../sim/clock.ts';
import { receive, select } from '../../../sim/select.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { StatMessage } from '../../autoscaler/aggregation.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/requestevent_handler.go ReqEvent
 */
export interface ReqEvent {
  /** `namespace/revision`. */
  readonly key: string;
  readonly eventType: 'ReqIn' | 'ReqOut';
}

/** By what the reporter hears and speaks. */
export interface ReporterChannels {
  readonly reqChan: Channel<ReqEvent>;
  /** Ticks when it is time to report. */
  readonly reportChan: Channel<Instant>;
  readonly statChan: Channel<StatMessage>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter
 */
export class ConcurrencyReporter {
  readonly #sim: Sim;
  readonly #podName: string;
  readonly #channels: ReporterChannels;
  readonly #outstanding = new Map<string, number>();

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go NewConcurrencyReporter
   */
  constructor(sim: Sim, podName: string, channels: ReporterChannels) {
    this.#sim = sim;
    this.#podName = podName;
    this.#channels = channels;
  }

  /** How many requests it knows to be in flight, by Revision. */
  get outstanding(): ReadonlyMap<string, number> {
    return this.#outstanding;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter.Run
   */
  async run(): Promise<void> {
    const { reqChan, reportChan } = this.#channels;
    for (;;) {
      const chosen = await select(this.#sim, 'ConcurrencyReporter.Run', {
        request: receive(this.#sim, reqChan),
        tick: receive(this.#sim, reportChan),
      });
      if (chosen.which === 'tick') await this.#reportAll();
      else if (chosen.value === undefined) return;
      else await this.#count(chosen.value);
    }
  }

  /**
   * Counts a request; the first one for a Revision is reported at once.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter.Run (part)
   */
  async #count({ key, eventType }: ReqEvent): Promise<void> {
    const before = this.#outstanding.get(key);
    if (eventType === 'ReqOut') {
      this.#outstanding.set(key, (before ?? 0) - 1);
      return;
    }
    if (before === undefined) await this.#reportFirst(key);
    this.#outstanding.set(key, (before ?? 0) + 1);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter.Run (part)
   * @story on chan.send: No request for {key} was in flight, so the activator
   *   reports this one at once.
   */
  async #reportFirst(key: string): Promise<void> {
    await this.#report(key, 1);
  }

  /**
   * Reports every Revision that has requests in flight, and forgets the rest:
   * the next request for one of those is a first one again.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter.Run (part)
   */
  async #reportAll(): Promise<void> {
    for (const [key, concurrency] of this.#outstanding) {
      if (concurrency === 0) this.#outstanding.delete(key);
      else await this.#report(key, concurrency);
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/concurrency_reporter.go ConcurrencyReporter.report
   */
  async #report(key: string, concurrency: number): Promise<void> {
    await this.#channels.statChan.send({
      key,
      stat: {
        time: this.#sim.now(),
        podName: this.#podName,
        averageConcurrentRequests: concurrency,
        requestCount: 0,
      },
    });
  }
}
