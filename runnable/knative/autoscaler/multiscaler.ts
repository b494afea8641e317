/**
 * One scaler for each Revision, asked for a decision every two seconds.
 *
 * Only a decision that differs from the one before is told to anybody. And
 * only for a Revision that shall have no pods is there a short cut: the first
 * sign of a request has its scaler asked at once.
 */
import { newNotFound } from '../../apiserver/api-error.ts';
import { deepCopy } from '../../apiserver/objects.ts';
import { Channel } from '../../sim/channel.ts';
import { receive, select } from '../../sim/select.ts';
import type { Sim } from '../../sim/sim.ts';
import { Ticker } from '../../sim/ticker.ts';
import { podAutoscalers } from '../apis/resources.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import type { Stat } from './aggregation.ts';
import type { DynamicConfig } from './dynamic-config.ts';
import { keyOfMetric, newMetricKey } from './metric.ts';
import type { Metric, UniScaler } from './metric.ts';
import { ScalerRunner } from './scaler-runner.ts';

/** Room for decisions that nobody has taken note of yet. */
const scaleBufferSize = 10;

/**
 * Makes the one who decides for a metric.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go UniScalerFactory
 */
export type UniScalerFactory = (
  metric: Metric,
  config: DynamicConfig,
) => UniScaler;

/**
 * The scalers of a process, by metric.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/multiscaler.go MultiScaler
 * @omits the mutex over the map: one task acts at a time
 */
export class MultiScaler {
  readonly #sim: Sim;
  readonly #dynConfig: DynamicConfig;
  readonly #factory: UniScalerFactory;
  readonly #logger: SugaredLogger;
  readonly #scalers = new Map<string, ScalerRunner>();
  #watcher: ((key: string) => void) | undefined;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go NewMultiScaler
   */
  constructor(
    sim: Sim,
    dynConfig: DynamicConfig,
    factory: UniScalerFactory,
    logger: SugaredLogger,
  ) {
    this.#sim = sim;
    this.#dynConfig = dynConfig;
    this.#factory = factory;
    this.#logger = logger;
  }

  /**
   * A copy of the metric; undefined when there is none.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Get
   */
  get(namespace: string, name: string): Metric | undefined {
    const runner = this.#scalers.get(newMetricKey(namespace, name));
    return runner === undefined ? undefined : deepCopy(runner.metric);
  }

  /**
   * Has a scaler look after the metric, unless one does.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Create
   * @throws {Error} when no scaler can be made for it
   * @story because the autoscaler keeps no metric of that key
   */
  create(metric: Metric): Metric {
    const key = keyOfMetric(metric);
    let runner = this.#scalers.get(key);
    if (runner === undefined) {
      runner = this.#createScaler(metric);
      this.#scalers.set(key, runner);
    }
    return deepCopy(runner.metric);
  }

  /**
   * Replaces the metric, its status included: a decision that was made since
   * it was read is forgotten.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Update
   * @throws {ApiError} NotFound
   */
  update(metric: Metric): Metric {
    const key = keyOfMetric(metric);
    const runner = this.#scalers.get(key);
    if (runner === undefined) {
      throw newNotFound({ ...podAutoscalers, resource: 'Metrics' }, key);
    }
    runner.metric = deepCopy(metric);
    runner.scaler.update(metric.spec);
    return metric;
  }

  /**
   * Stops the scaler and forgets what it was told.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Delete
   */
  delete(namespace: string, name: string): void {
    const key = newMetricKey(namespace, name);
    const runner = this.#scalers.get(key);
    if (runner === undefined) return;
    runner.stopCh.close();
    this.#scalers.delete(key);
  }

  /**
   * Has `watcher` told the key of every metric whose desired scale changes.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Watch
   * @differs upstream ends the process by `Fatal` where this throws
   * @throws {Error} when somebody watches already
   */
  watch(watcher: (key: string) => void): void {
    if (this.#watcher !== undefined) {
      throw new Error('Multiple calls to Watch() not supported');
    }
    this.#watcher = watcher;
  }

  /**
   * @returns false when nobody watches
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.Inform
   * @story on queue.add: That differs from the decision before, so key {key} goes
   *   to the KPA controller.
   */
  inform(key: string): boolean {
    if (this.#watcher === undefined) return false;
    this.#watcher(key);
    return true;
  }

  /**
   * Hands a measurement to its scaler. Where no pods are wanted and there is a
   * request now, the scaler is asked at once instead of at its next tick.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.RecordStat
   */
  async recordStat(key: string, stat: Stat): Promise<void> {
    const runner = this.#scalers.get(key);
    if (runner === undefined) return;
    runner.scaler.record(stat);
    if (runner.getLatestScale() !== 0) return;
    if (stat.averageConcurrentRequests !== 0) await this.#poke(runner);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.RecordStat (part)
   * @story on chan.send: No pods are wanted, and this measurement tells of a
   *   request, so the scaler is asked at once and not at its next tick.
   */
  async #poke(runner: ScalerRunner): Promise<void> {
    await runner.pokeCh.send(true);
  }

  /**
   * Starts the two loops of a scaler: one asks for decisions, the other takes
   * note of them.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.createScaler
   */
  #createScaler(metric: Metric): ScalerRunner {
    const sim = this.#sim;
    const scaler = this.#factory(metric, this.#dynConfig);
    const runner = new ScalerRunner(sim, scaler, metric);
    const key = keyOfMetric(metric);
    const { tickInterval } = this.#dynConfig.current();
    const ticker = new Ticker(sim, `tick ${key}`, tickInterval);
    const scaleChan = new Channel<number>(
      sim,
      `decisions ${key}`,
      scaleBufferSize,
    );
    sim.go(`scaler ${key} ticks`, () => this.#ask(runner, ticker, scaleChan));
    sim.go(`scaler ${key} informs`, () => this.#note(runner, scaleChan));
    return runner;
  }

  /**
   * Asks for a decision at every tick and every poke.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.createScaler (part)
   */
  async #ask(
    runner: ScalerRunner,
    ticker: Ticker,
    scaleChan: Channel<number>,
  ): Promise<void> {
    for (;;) {
      const { which } = await select(this.#sim, 'MultiScaler.createScaler', {
        stop: receive(this.#sim, runner.stopCh),
        tick: receive(this.#sim, ticker.channel),
        poke: receive(this.#sim, runner.pokeCh),
      });
      if (which === 'stop') break;
      await this.#tickScaler(runner.scaler, scaleChan);
    }
    ticker.stop();
  }

  /**
   * Keeps every decision, and tells of those that differ from the last.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.createScaler (part)
   */
  async #note(runner: ScalerRunner, scaleChan: Channel<number>): Promise<void> {
    for (;;) {
      const chosen = await select(this.#sim, 'MultiScaler.createScaler', {
        stop: receive(this.#sim, runner.stopCh),
        decision: receive(this.#sim, scaleChan),
      });
      if (chosen.which === 'stop') return;
      if (chosen.value === undefined) continue;
      if (!runner.updateLatestScale(chosen.value)) continue;
      this.inform(keyOfMetric(runner.metric));
    }
  }

  /**
   * Asks once. No decision, an impossible one, and one that is not allowed
   * lead to nothing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/multiscaler.go MultiScaler.tickScaler
   * @story on chan.send: Asked for a decision, the autoscaler wants
   *   {desiredScale, plural, one {# pod} other {# pods}}.
   */
  async #tickScaler(
    scaler: UniScaler,
    scaleChan: Channel<number>,
  ): Promise<void> {
    const { scale: desiredScale, ok } = scaler.scale(this.#sim.now());
    if (!ok) return;
    if (desiredScale < 0) {
      const format = 'Cannot scale: desiredScale %d < 0.';
      this.#logger.errorf(format, desiredScale);
      return;
    }
    if (desiredScale === 0 && !this.#dynConfig.current().enableScaleToZero) {
      this.#logger.warnf(
        'Cannot scale: Desired scale == 0 && EnableScaleToZero == false.',
      );
      return;
    }
    await scaleChan.send(desiredScale);
  }
}
