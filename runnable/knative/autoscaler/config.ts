/**
 * How the autoscaler decides: what `config-autoscaler` says.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import { parseDuration } from '../time/duration.ts';

/** No network change may need longer than this to reach everybody. */
const shortestGracePeriod: Milliseconds = 30_000;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/config.go Config
 */
export class Config {
  readonly enableScaleToZero: boolean;
  /** How many times the pods there are the next number may be, at most. */
  readonly maxScaleUpRate: number;
  /** How much of a pod's allowed concurrency is aimed at; 0 to 1. */
  readonly containerConcurrencyTargetPercentage: number;
  /** The concurrency aimed at where a Revision sets no limit. */
  readonly containerConcurrencyTargetDefault: number;
  /** Over how long calm decisions average. */
  readonly stableWindow: Milliseconds;
  /** Over how long a burst is measured. */
  readonly panicWindow: Milliseconds;
  /** From being inactive to having no pod. */
  readonly scaleToZeroGracePeriod: Milliseconds;
  /** From one decision to the next. */
  readonly tickInterval: Milliseconds;

  /** @throws {Error} when a value is none of its kind, or out of range */
  constructor(data: Readonly<Record<string, string>> = {}) {
    const duration = (key: string, byDefault: string): Milliseconds =>
      parseDuration(data[key] ?? byDefault);
    this.enableScaleToZero =
      (data['enable-scale-to-zero'] ?? 'true').toLowerCase() === 'true';
    this.maxScaleUpRate = number(data, 'max-scale-up-rate', 10);
    this.containerConcurrencyTargetPercentage = number(
      data,
      'container-concurrency-target-percentage',
      1,
    );
    this.containerConcurrencyTargetDefault = number(
      data,
      'container-concurrency-target-default',
      100,
    );
    this.stableWindow = duration('stable-window', '60s');
    this.panicWindow = duration('panic-window', '6s');
    this.scaleToZeroGracePeriod = duration('scale-to-zero-grace-period', '30s');
    this.tickInterval = duration('tick-interval', '2s');
    if (this.scaleToZeroGracePeriod < shortestGracePeriod) {
      throw new Error('scale-to-zero-grace-period must be at least 30s');
    }
  }

  /**
   * The concurrency of one pod that is aimed at.
   *
   * @param containerConcurrency what a pod allows; 0 for no limit
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/config.go Config.TargetConcurrency
   */
  targetConcurrency(containerConcurrency: number): number {
    if (containerConcurrency === 0) {
      return this.containerConcurrencyTargetDefault;
    }
    return containerConcurrency * this.containerConcurrencyTargetPercentage;
  }
}

function number(
  data: Readonly<Record<string, string>>,
  key: string,
  byDefault: number,
): number {
  const text = data[key];
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new Error(
      `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return value;
}
