/**
 * The autoscaler's process: takes measurements in, decides for every Revision
 * how many pods it should have, and has its controller write that down.
 */
import { endpoints } from '../../../apiserver/kinds.ts';
import { sprintf } from '../../../apiserver/sprintf.ts';
import type { Store } from '../../../apiserver/store.ts';
import { SharedInformerFactory } from '../../../client-go/informers/factory.ts';
import type { Lister } from '../../../client-go/tools/cache/listers.ts';
import { Channel } from '../../../sim/channel.ts';
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { PodAutoscalerObject } from '../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Endpoints } from '../../apis/core/v1/types.ts';
import { podAutoscalers } from '../../apis/resources.ts';
import { revisionLabelKey } from '../../apis/serving/register.ts';
import type { StatMessage } from '../../autoscaler/aggregation.ts';
import { Autoscaler } from '../../autoscaler/autoscaler.ts';
import type { Config } from '../../autoscaler/config.ts';
import { configName, DynamicConfig } from '../../autoscaler/dynamic-config.ts';
import { keyOfMetric } from '../../autoscaler/metric.ts';
import { MultiScaler } from '../../autoscaler/multiscaler.ts';
import type { UniScalerFactory } from '../../autoscaler/multiscaler.ts';
import { Server } from '../../autoscaler/statserver/server.ts';
import type { Watcher } from '../../configmap/watcher.ts';
import { SugaredLogger } from '../../logging/logger.ts';
import { getServingK8SServiceNameForObj } from '../../reconciler/names.ts';
import { newController } from '../../reconciler/v1alpha1/autoscaling/kpa/controller.ts';
import { KpaScaler } from '../../reconciler/v1alpha1/autoscaling/kpa/kpa-scaler.ts';

/** How often caches repeat everything they hold: this drives scale to zero. */
const resyncPeriod: Milliseconds = 30_000;

const statsBufferLen = 1000;
const controllerThreads = 2;

/** What a process of the autoscaler is given. */
export interface AutoscalerOptions {
  readonly sim: Sim;
  readonly store: Store;
  readonly config: Config;
  readonly configMapWatcher: Watcher;
  /** Where lines of the log go. */
  readonly logger?: SugaredLogger;
}

/** A process of the autoscaler that runs. */
export interface AutoscalerProcess {
  readonly statsServer: Server;
  readonly multiScaler: MultiScaler;
  /** Who decides, by metric. */
  readonly autoscalers: ReadonlyMap<string, Autoscaler>;
}

/**
 * @upstream knative/serving v0.4.1
 *   cmd/autoscaler/main.go main
 * @omits the controller for PodAutoscalers of the class `hpa`, metrics, and
 *   the signal to stop
 */
export async function main(
  options: AutoscalerOptions,
): Promise<AutoscalerProcess> {
  const { sim, store, config, configMapWatcher } = options;
  const logger = options.logger ?? new SugaredLogger('autoscaler');
  const dynConfig = new DynamicConfig(config, logger);
  configMapWatcher.watch(configName, (configMap) => {
    dynConfig.update(configMap);
  });
  const factory = new SharedInformerFactory(sim, store, resyncPeriod);
  const endpointsInformer = factory.forResource<Endpoints>(endpoints);
  const autoscalers = new Map<string, Autoscaler>();
  const factoryFunc = uniScalerFactoryFunc(
    endpointsInformer.lister(),
    autoscalers,
    logger,
  );
  const multiScaler = new MultiScaler(sim, dynConfig, factoryFunc, logger);
  const controller = newController(
    { sim, store, logger, configMapWatcher, resyncPeriod },
    {
      podAutoscalers: factory.forResource<PodAutoscalerObject>(podAutoscalers),
      endpoints: endpointsInformer,
    },
    {
      kpaMetrics: multiScaler,
      kpaScaler: new KpaScaler(store, logger, configMapWatcher),
      dynConfig,
    },
  );
  const { signal } = new AbortController();
  factory.start(signal);
  await factory.waitForCacheSync();
  sim.go('kpa-controller', () => controller.run(controllerThreads, signal));

  const statsCh = new Channel<StatMessage>(sim, 'statsCh', statsBufferLen);
  const statsServer = new Server(sim, statsCh, logger);
  sim.go('autoscaler stats', () => recordStats(multiScaler, statsCh));
  return { statsServer, multiScaler, autoscalers };
}

/**
 * Hands measurements on, one after the other.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/autoscaler/main.go main (part)
 */
async function recordStats(
  multiScaler: MultiScaler,
  statsCh: Channel<StatMessage>,
): Promise<void> {
  for (;;) {
    const message = await statsCh.recv();
    if (message === undefined) return;
    await multiScaler.recordStat(message.key, message.stat);
  }
}

/**
 * Makes the one who decides for a metric: it counts pods by the Endpoints of
 * the Revision that the metric's label names.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/autoscaler/main.go uniScalerFactoryFunc
 */
function uniScalerFactoryFunc(
  lister: Lister<Endpoints>,
  autoscalers: Map<string, Autoscaler>,
  logger: SugaredLogger,
): UniScalerFactory {
  return (metric, config) => {
    const { namespace = '', labels = {} } = metric.metadata;
    const revName = labels[revisionLabelKey] ?? '';
    if (revName === '') {
      const format = 'no Revision label found in Metric: %v';
      throw new Error(sprintf(format, keyOfMetric(metric)));
    }
    const service = getServingK8SServiceNameForObj(revName);
    const autoscaler = new Autoscaler(
      () => config.current(),
      metric.spec.targetConcurrency,
      () => readyAddresses(lister.byNamespace(namespace).get(service)),
      logger,
    );
    autoscalers.set(keyOfMetric(metric), autoscaler);
    return autoscaler;
  };
}

/** How many pods are ready to answer; an object that is missing has none. */
function readyAddresses(object: Endpoints | undefined): number {
  let count = 0;
  for (const { addresses = [] } of object?.subsets ?? []) {
    count += addresses.length;
  }
  return count;
}
