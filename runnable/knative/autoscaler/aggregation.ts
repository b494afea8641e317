/**
 * What a window of measurements says: how many pods were at work, and how
 * many requests they had at once.
 */
import type { Instant, Milliseconds } from '../../sim/clock.ts';

/**
 * One measurement of one pod.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go Stat
 */
export interface Stat {
  readonly time: Instant;
  readonly podName: string;
  /** Mean over the second before `time`. */
  readonly averageConcurrentRequests: number;
  readonly requestCount: number;
  /** Whether the pod is about to go; the stats server drops such ones. */
  readonly lameDuck?: boolean;
}

/**
 * A measurement on its way, and whom it is about.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go StatMessage
 */
export interface StatMessage {
  /** `namespace/revision`. */
  readonly key: string;
  readonly stat: Stat;
}

/** A silence of up to this long is no silence. */
const reportingPeriod: Milliseconds = 1000;

/** Below this a concurrency counts as none. */
const nearlyZero = 1e-8;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go isActivator
 */
export function isActivator(podName: string): boolean {
  return podName.startsWith('activator');
}

/** How long each of the two windows is. */
interface Windows {
  readonly panicWindow: Milliseconds;
  readonly stableWindow: Milliseconds;
}

/**
 * Puts the measurements into their windows and forgets the old ones.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go Autoscaler.aggregateData
 */
export function aggregateData(
  bucket: Map<string, Stat>,
  now: Instant,
  { panicWindow, stableWindow }: Windows,
): { readonly stable: TotalAggregation; readonly panic: TotalAggregation } {
  const stable = new TotalAggregation(stableWindow);
  const panic = new TotalAggregation(panicWindow);
  for (const [key, stat] of bucket) {
    if (stat.time + panicWindow > now) panic.aggregate(stat);
    if (stat.time + stableWindow > now) stable.aggregate(stat);
    else bucket.delete(key);
  }
  return { stable, panic };
}

class PerPodAggregation {
  readonly isActivator: boolean;
  readonly #window: Milliseconds;
  #accumulated = 0;
  #count = 0;
  #latest: Instant = 0;

  constructor(podName: string, window: Milliseconds) {
    this.isActivator = isActivator(podName);
    this.#window = window;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go perPodAggregation.aggregate
   */
  aggregate(stat: Stat): void {
    this.#accumulated += stat.averageConcurrentRequests;
    this.#count += 1;
    this.#latest = Math.max(this.#latest, stat.time);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go perPodAggregation.calculateAverage
   */
  calculateAverage(now: Instant): number {
    if (this.#count === 0) return 0;
    return (this.#accumulated / this.#count) * this.podWeight(now);
  }

  /**
   * How much of a pod this is: one that stopped reporting fades away.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go perPodAggregation.podWeight
   */
  podWeight(now: Instant): number {
    if (this.isActivator) return 1;
    const gap = now - this.#latest;
    if (gap <= reportingPeriod) return 1;
    return 1 - gap / this.#window;
  }
}

/**
 * All pods over one window.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/autoscaler.go totalAggregation
 */
export class TotalAggregation {
  readonly #window: Milliseconds;
  readonly #perPod = new Map<string, PerPodAggregation>();

  constructor(window: Milliseconds) {
    this.#window = window;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go totalAggregation.aggregate
   */
  aggregate(stat: Stat): void {
    let pod = this.#perPod.get(stat.podName);
    if (pod === undefined) {
      pod = new PerPodAggregation(stat.podName, this.#window);
      this.#perPod.set(stat.podName, pod);
    }
    pod.aggregate(stat);
  }

  /**
   * How many pods were at work; activators are no pods, but whoever sends
   * through them wants at least one.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go totalAggregation.observedPods
   */
  observedPods(now: Instant): number {
    let weights = 0;
    let activators = 0;
    for (const pod of this.#perPod.values()) {
      weights += pod.podWeight(now);
      if (pod.isActivator) activators += 1;
    }
    if (activators === 0) return weights;
    return Math.max(1, weights - activators);
  }

  /**
   * Requests at once, over all pods. What activators hold counts only while
   * the pods themselves report none, or it would count twice.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go totalAggregation.observedConcurrency
   */
  observedConcurrency(now: Instant): number {
    let pods = 0;
    let activators = 0;
    for (const pod of this.#perPod.values()) {
      const average = pod.calculateAverage(now);
      if (pod.isActivator) activators += average;
      else pods += average;
    }
    return pods < nearlyZero ? activators : pods;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/autoscaler.go totalAggregation.observedConcurrencyPerPod
   */
  observedConcurrencyPerPod(now: Instant): number {
    const pods = this.observedPods(now);
    return pods === 0 ? 0 : this.observedConcurrency(now) / pods;
  }
}
