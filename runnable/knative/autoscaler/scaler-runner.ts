/**
 * One scaler that runs: its metric, and the channels that stop and poke it.
 */
import { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';
import { keyOfMetric } from './metric.ts';
import type { Metric, UniScaler } from './metric.ts';

/** What is known before the first decision: nothing. */
const scaleUnknown = -1;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go scalerRunner
 */
export class ScalerRunner {
  readonly scaler: UniScaler;
  readonly stopCh: Channel<never>;
  readonly pokeCh: Channel<true>;
  metric: Metric;

  constructor(sim: Sim, scaler: UniScaler, metric: Metric) {
    const key = keyOfMetric(metric);
    this.scaler = scaler;
    this.stopCh = new Channel(sim, `stop ${key}`);
    this.pokeCh = new Channel(sim, `poke ${key}`);
    this.metric = { ...metric, status: { desiredScale: scaleUnknown } };
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go scalerRunner.getLatestScale
   */
  getLatestScale(): number {
    return this.metric.status.desiredScale;
  }

  /**
   * @returns whether it differs from the one before
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go scalerRunner.updateLatestScale
   */
  updateLatestScale(desiredScale: number): boolean {
    if (this.getLatestScale() === desiredScale) return false;
    this.metric = { ...this.metric, status: { desiredScale } };
    return true;
  }
}
