/**
 * How many pods a Revision should have, from what its pods measured.
 *
 * Two windows look at the same measurements. The long one is calm. The short
 * one sees a burst, and when it sees twice what a pod should bear it starts a
 * panic: from then on the number only grows, until a whole calm window has
 * gone by since it last did.
 */
import type { Instant } from '../../sim/clock.ts';
import { aggregateData } from './aggregation.ts';
import type { Stat, TotalAggregation } from './aggregation.ts';
import { SugaredLogger } from '../logging/logger.ts';
import type { Config } from './config.ts';
import type { Decision, MetricSpec, UniScaler } from './metric.ts';

/** How many ready addresses the Revision's Endpoints have. */
export type ReadyAddresses = () => number;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go Autoscaler
 * @omits reporting of its figures as metrics
 */
export class Autoscaler implements UniScaler {
  readonly #config: () => Config;
  readonly #readyAddresses: ReadyAddresses;
  readonly #logger: SugaredLogger;
  /** By pod and time, so that a measurement heard twice counts once. */
  readonly #bucket = new Map<string, Stat>();
  #target: number;
  #panicking = false;
  #panicTime: Instant = 0;
  #maxPanicPods = 0;

  /**
   * @param readyAddresses throws when the Endpoints cannot be read
   */
  constructor(
    config: () => Config,
    target: number,
    readyAddresses: ReadyAddresses,
    logger?: SugaredLogger,
  ) {
    this.#config = config;
    this.#logger = logger ?? new SugaredLogger('autoscaler');
    this.#target = target;
    this.#readyAddresses = readyAddresses;
  }

  /**
   * Aims at another concurrency from now on.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.Update
   */
  update(spec: MetricSpec): void {
    this.#target = spec.targetConcurrency;
  }

  /**
   * Keeps a measurement; one without a time is refused.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.Record
   */
  record(stat: Stat): void {
    if (stat.time === 0) return;
    this.#bucket.set(`${stat.podName}@${String(stat.time)}`, stat);
  }

  /** Whether a burst is being answered. */
  get panicking(): boolean {
    return this.#panicking;
  }

  /**
   * Decides.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.Scale
   */
  scale(now: Instant): Decision {
    const config = this.#config();
    const currentPods = this.#readyPods();
    if (currentPods === undefined) return { scale: 0, ok: false };
    const { stable, panic } = aggregateData(this.#bucket, now, config);
    // Too little is known to decide anything, be it to grow or to shrink.
    if (stable.observedPods(now) < 1) return { scale: 0, ok: false };
    const limit = config.maxScaleUpRate * currentPods;
    const desiredStable = Math.min(
      stable.observedConcurrency(now) / this.#target,
      limit,
    );
    const desiredPanic = Math.min(
      panic.observedConcurrency(now) / this.#target,
      limit,
    );
    if (this.#panicking && this.#panicTime + config.stableWindow < now) {
      this.#unPanic();
    }
    if (!this.#panicking && this.#isBurst(panic, now)) {
      this.#startPanic(now);
    }
    if (!this.#panicking) return { scale: Math.ceil(desiredStable), ok: true };
    if (desiredPanic > this.#maxPanicPods) {
      this.#maxPanicPods = desiredPanic;
      this.#panicTime = now;
    }
    return { scale: Math.ceil(this.#maxPanicPods), ok: true };
  }

  /**
   * A burst came: from now on the number only grows.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.Scale (part)
   * @story Over the panic window each pod had at least twice the requests that it
   *   should bear, so the autoscaler begins to panic.
   */
  #startPanic(now: Instant): void {
    this.#logger.infof('PANICKING');
    this.#panicking = true;
    this.#panicTime = now;
  }

  /**
   * The number has not grown for a whole stable window.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.Scale (part)
   * @story A whole stable window has gone by without a new peak, so the panic is
   *   over and the calm average counts again.
   */
  #unPanic(): void {
    this.#logger.infof('Un-panicking.');
    this.#panicking = false;
    this.#maxPanicPods = 0;
  }

  /** Whether each pod had twice what it should bear, within a few seconds. */
  #isBurst(panic: TotalAggregation, now: Instant): boolean {
    return (
      panic.observedPods(now) > 0 &&
      panic.observedConcurrencyPerPod(now) >= this.#target * 2
    );
  }

  /**
   * The pods that are ready, at least one: zero could never grow.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go Autoscaler.readyPods
   */
  #readyPods(): number | undefined {
    try {
      return Math.max(1, this.#readyAddresses());
    } catch {
      return undefined;
    }
  }
}
