/**
 * The activator's process: takes requests for Revisions that have no pods, and
 * tells the autoscaler of them.
 */
import { endpoints } from '../../../apiserver/kinds.ts';
import type { Store } from '../../../apiserver/store.ts';
import { SharedInformerFactory } from '../../../client-go/informers/factory.ts';
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../client-go/tools/cache/controller.ts';
import { DeletedFinalStateUnknown } from '../../../client-go/tools/cache/delta-fifo.ts';
import { Channel } from '../../../sim/channel.ts';
import type { Sim } from '../../../sim/sim.ts';
import { Ticker } from '../../../sim/ticker.ts';
import { DedupingActivator } from '../../activator/dedupe.ts';
import {
  enforceMaxContentLengthHandler,
  filteringHandler,
  probeHandler,
  requestEventHandler,
} from '../../activator/handler/chain.ts';
import { ConcurrencyReporter } from '../../activator/handler/concurrency-reporter.ts';
import type { ReqEvent } from '../../activator/handler/concurrency-reporter.ts';
import { ActivationHandler } from '../../activator/handler/handler.ts';
import { RevisionActivator } from '../../activator/revision.ts';
import { Throttler } from '../../activator/throttler.ts';
import {
  RetryRoundTripper,
  retryStatus,
} from '../../activator/util/transports.ts';
import type { Endpoints } from '../../apis/core/v1/types.ts';
import { revisions } from '../../apis/resources.ts';
import { revisionUID } from '../../apis/serving/register.ts';
import type { RevisionObject } from '../../apis/serving/v1alpha1/revision-types.ts';
import type { StatMessage } from '../../autoscaler/aggregation.ts';
import type { Message } from '../../autoscaler/statserver/server.ts';
import { passNew } from '../../controller/controller.ts';
import type { Handler, Transport } from '../../http/http.ts';
import type { Delivered } from '../../kmeta/accessor.ts';
import { SugaredLogger } from '../../logging/logger.ts';
import type { BreakerParams } from '../../queue/breaker.ts';
import { newDurableSendingConnection } from '../../websocket/connection.ts';
import type { Dial, ManagedConnection } from '../../websocket/connection.ts';

/** How many attempts, and from which wait they grow. */
const backoff = { duration: 100, factor: 1.3, steps: 18 } as const;

const breakerQueueDepth = 10_000;
const breakerMaxConcurrency = 1000;
const maxUploadBytes = 32e6;
const requestCountingQueueLength = 100;
const statReportingQueueLength = 10;
const defaultResyncInterval = 36_000_000;

/** What a process of the activator is given. */
export interface ActivatorOptions {
  readonly sim: Sim;
  readonly store: Store;
  readonly podName: string;
  /** How it reaches pods. */
  readonly transport: Transport;
  /** How it reaches the autoscaler. */
  readonly dial: Dial<Message>;
  /** Limits of its own; upstream's where nothing is said. */
  readonly breakerParams?: BreakerParams;
}

/** A process of the activator that runs. */
export interface ActivatorProcess {
  /** What answers requests. */
  readonly handler: Handler;
  readonly throttler: Throttler;
  readonly reporter: ConcurrencyReporter;
  readonly activator: DedupingActivator;
}

/**
 * @upstream knative/serving v0.4.1
 *   cmd/activator/main.go main
 * @omits metrics, logging configuration, and the signal to stop
 */
export async function main(
  options: ActivatorOptions,
): Promise<ActivatorProcess> {
  const { sim, store, podName } = options;
  const logger = new SugaredLogger('activator');
  const factory = new SharedInformerFactory(sim, store, defaultResyncInterval);
  const throttler = newThrottler(options, factory, logger);
  factory.start(new AbortController().signal);
  await factory.waitForCacheSync();

  const activator = new DedupingActivator(
    sim,
    new RevisionActivator(sim, store, logger),
  );
  const statChan = new Channel<StatMessage>(
    sim,
    'statChan activator',
    statReportingQueueLength,
  );
  const reqChan = new Channel<ReqEvent>(
    sim,
    'reqChan activator',
    requestCountingQueueLength,
  );
  const autoscaler = 'ws://autoscaler.knative-serving.svc.cluster.local:8080';
  const statSink = newDurableSendingConnection(
    sim,
    autoscaler,
    options.dial,
    logger,
  );
  sim.go('activator statReporter', () =>
    statReporter(statSink, statChan, logger),
  );
  const { channel: reportChan } = new Ticker(sim, 'report activator', 1000);
  const channels = { reqChan, reportChan, statChan };
  const reporter = new ConcurrencyReporter(sim, podName, channels);
  sim.go('activator reporter', () => reporter.run());

  const { transport } = options;
  const retries = new RetryRoundTripper(
    { sim, transport, logger },
    backoff,
    retryStatus(503),
  );
  const activation = new ActivationHandler({
    activator,
    throttler,
    transport: (target, request) => retries.roundTrip(target, request),
    logger,
  });
  let handler: Handler = (request) => activation.serveHTTP(request);
  // The innermost comes first.
  handler = enforceMaxContentLengthHandler(maxUploadBytes, handler);
  handler = requestEventHandler(reqChan, handler);
  handler = filteringHandler(handler);
  handler = probeHandler(handler);
  return { handler, throttler, reporter, activator };
}

/**
 * A throttler that hears of the Endpoints of every Revision.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/activator/main.go main (part)
 */
function newThrottler(
  { sim, breakerParams }: ActivatorOptions,
  factory: SharedInformerFactory,
  logger: SugaredLogger,
): Throttler {
  const endpointInformer = factory.forResource<Endpoints>(endpoints);
  const throttler = new Throttler(sim, {
    breakerParams: breakerParams ?? {
      queueDepth: breakerQueueDepth,
      maxConcurrency: breakerMaxConcurrency,
      initialCapacity: 0,
    },
    logger,
    listers: {
      revisions: factory.forResource<RevisionObject>(revisions).lister(),
      endpoints: endpointInformer.lister(),
    },
  });
  const update = (obj: Delivered): void => {
    throttler.updateEndpoints(obj);
  };
  endpointInformer.addEventHandler(
    new FilteringResourceEventHandler<Endpoints>(
      isOfRevision,
      new ResourceEventHandlerFuncs({
        addFunc: update,
        updateFunc: passNew(update),
        deleteFunc: (obj: Delivered): void => {
          throttler.deleteBreaker(obj);
        },
      }),
    ),
  );
  return throttler;
}

/** Whether Endpoints belong to a Revision. */
function isOfRevision(obj: Delivered): boolean {
  if (obj instanceof DeletedFinalStateUnknown) return false;
  return obj.metadata.labels?.[revisionUID] !== undefined;
}

/**
 * Sends measurements to the autoscaler, one after the other. What cannot be
 * sent is logged and lost.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/activator/main.go statReporter
 */
async function statReporter(
  statSink: ManagedConnection<Message>,
  statChan: Channel<StatMessage>,
  logger: SugaredLogger,
): Promise<void> {
  for (;;) {
    const content = await statChan.recv();
    if (content === undefined) return;
    try {
      statSink.send({ type: 'binary', content });
    } catch (error) {
      if (error instanceof TypeError) throw error;
      logger.errorf('Error while sending stat: %v', error);
    }
  }
}
