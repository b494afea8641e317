/**
 * The queue-proxy: stands in every pod before the program, counts its
 * requests, lets no more in than it takes, and tells the autoscaler.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import { Ticker } from '../../../sim/ticker.ts';
import type { Stat } from '../../autoscaler/aggregation.ts';
import type { Message } from '../../autoscaler/statserver/server.ts';
import { errorResponse, headerValue, response } from '../../http/http.ts';
import type { Handler, HttpRequest, HttpResponse } from '../../http/http.ts';
import { SugaredLogger } from '../../logging/logger.ts';
import { isKnativeProbe } from '../../network/probe.ts';
import { Breaker } from '../../queue/breaker.ts';
import { State } from '../../queue/health/health-state.ts';
import { Stats } from '../../queue/stats.ts';
import { timeToFirstByteTimeoutHandler } from '../../queue/timeout.ts';
import { newDurableSendingConnection } from '../../websocket/connection.ts';
import type { Dial, ManagedConnection } from '../../websocket/connection.ts';

/** What answers a probe says who it is. */
const name = 'queue';

/** How long a pod that was told to go still takes requests. */
const quitSleepDuration: Milliseconds = 20_000;

/** How the program is looked for: every so often, for so long. */
const probePolling = { interval: 50, timeout: 10_000 } as const;

/** How often measurements are reported. */
const reportingPeriod: Milliseconds = 1000;

/** So long an unconnected pod is not worth a word. */
const quietAtStart: Milliseconds = 10_000;

/**
 * What the environment of the container says, and how it reaches the others.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/queue/main.go initEnv
 */
export interface QueueOptions {
  readonly sim: Sim;
  readonly podName: string;
  /** `namespace/revision`. */
  readonly servingRevisionKey: string;
  /** How many requests the program takes at a time; 0 for any number. */
  readonly containerConcurrency: number;
  readonly revisionTimeoutSeconds: number;
  /** The program. */
  readonly proxy: Handler;
  /** Whether the program's port can be reached. */
  readonly tcpProbe: () => Promise<boolean>;
  /** How it reaches the autoscaler. */
  readonly dial: Dial<Message>;
}

/** The queue-proxy of one pod. */
export class QueueProxy {
  readonly breaker: Breaker | undefined;
  readonly #options: QueueOptions;
  readonly #healthState = new State();
  readonly #stats: Stats;
  readonly #logger: SugaredLogger;
  readonly #statSink: ManagedConnection<Message>;
  readonly #startedAt: number;
  readonly #handler: Handler;
  /** What it reported last; Prometheus would read it here. */
  #lastStat: Stat | undefined;

  /**
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go main
   */
  constructor(options: QueueOptions) {
    const { sim, podName, containerConcurrency } = options;
    this.#options = options;
    this.#startedAt = sim.now();
    this.#stats = new Stats(sim.now());
    this.#logger = new SugaredLogger('queueproxy');
    this.breaker = newBreaker(sim, podName, containerConcurrency);
    this.#handler = timeToFirstByteTimeoutHandler(
      sim,
      (request) => this.#serve(request),
      options.revisionTimeoutSeconds * 1000,
      'request timeout',
    );
    this.#statSink = newDurableSendingConnection(
      sim,
      `autoscaler from ${podName}`,
      options.dial,
      this.#logger,
    );
    sim.go(`${podName} statReporter`, () => this.#statReporter());
  }

  /** The measurement that it made last. */
  get lastStat(): Stat | undefined {
    return this.#lastStat;
  }

  /** Answers what comes to the port for requests. */
  async serveHTTP(request: HttpRequest): Promise<HttpResponse> {
    return this.#handler(request);
  }

  /**
   * Answers what comes to the port for Kubernetes.
   *
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go createAdminHandlers
   * @param stop shuts the server for requests down
   */
  async serveAdmin(
    { path }: HttpRequest,
    stop: () => Promise<void>,
  ): Promise<HttpResponse> {
    const state = this.#healthState;
    if (path === '/health') {
      return state.healthHandler(() => this.#probeUserContainer());
    }
    if (path !== '/quitquitquit') return response(404);
    return state.quitHandler(async () => {
      await this.#options.sim.sleep(quitSleepDuration, 'requests still come');
      await stop();
    });
  }

  /**
   * Tells requests from probes, counts them, and lets in those that fit. One
   * that is refused has been counted all the same.
   *
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go handler
   */
  async #serve(request: HttpRequest): Promise<HttpResponse> {
    const { proxy } = this.#options;
    if (isKnativeProbe(request)) {
      return (await this.#probeUserContainer())
        ? response(200, name)
        : errorResponse('container not ready', 503);
    }
    if (isKubeletProbe(request)) return proxy(request);

    this.#count('ReqIn');
    try {
      return await this.#limited(request);
    } finally {
      this.#count('ReqOut');
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go handler (part)
   */
  async #limited(request: HttpRequest): Promise<HttpResponse> {
    const { proxy } = this.#options;
    if (this.breaker === undefined) return proxy(request);
    let answer = errorResponse('overload', 503);
    await this.breaker.maybe(async () => {
      answer = await proxy(request);
    });
    return answer;
  }

  #count(eventType: 'ReqIn' | 'ReqOut'): void {
    this.#stats.handle({ time: this.#options.sim.now(), eventType });
  }

  /**
   * Looks for the program until it is there, ten seconds at most.
   *
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go probeUserContainer
   */
  async #probeUserContainer(): Promise<boolean> {
    const { sim, tcpProbe } = this.#options;
    const until = sim.now() + probePolling.timeout;
    for (;;) {
      if (await tcpProbe()) return true;
      if (sim.now() + probePolling.interval > until) return false;
      await sim.sleep(probePolling.interval, 'the program is not there yet');
    }
  }

  /**
   * Reports once a second what was measured since.
   *
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go statReporter
   */
  async #statReporter(): Promise<void> {
    const { sim, podName } = this.#options;
    const ticker = new Ticker(sim, `report ${podName}`, reportingPeriod);
    for (;;) {
      const now = (await ticker.channel.recv()) ?? sim.now();
      this.#sendStat({ time: now, podName, ...this.#stats.report(now) });
    }
  }

  /**
   * Hands a measurement over. A pod that shuts down keeps its measurements to
   * itself, or the autoscaler would count on it.
   *
   * @upstream knative/serving v0.4.1
   *   cmd/queue/main.go sendStat
   */
  #sendStat(stat: Stat): void {
    const { sim, servingRevisionKey } = this.#options;
    this.#lastStat = stat;
    if (this.#healthState.isShuttingDown()) return;
    glance(stat);
    try {
      const content = { key: servingRevisionKey, stat };
      this.#statSink.send({ type: 'binary', content });
    } catch (error) {
      if (error instanceof TypeError) throw error;
      // A pod needs a while to connect at first.
      if (sim.now() < this.#startedAt + quietAtStart) return;
      this.#logger.errorf('Error while sending stat: %v', error);
    }
  }
}

/**
 * What a measurement tells at a glance.
 *
 * @story when result == 'idle': A second has gone by without a request, and the
 *   queue-proxy reports that.
 * @story There were requests in the last second, and the queue-proxy reports how
 *   many at once.
 */
function glance(stat: Stat): 'idle' | 'busy' {
  return stat.averageConcurrentRequests === 0 ? 'idle' : 'busy';
}

/**
 * Limits are needed only where the program sets one.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/queue/main.go main (part)
 */
function newBreaker(
  sim: Sim,
  podName: string,
  containerConcurrency: number,
): Breaker | undefined {
  if (containerConcurrency <= 0) return undefined;
  // A limit of one or two would have too short a queue.
  const queueDepth = Math.max(10, containerConcurrency);
  return new Breaker(sim, `breaker ${podName}`, {
    queueDepth,
    maxConcurrency: containerConcurrency,
    initialCapacity: containerConcurrency,
  });
}

/**
 * @upstream knative/serving v0.4.1
 *   cmd/queue/main.go isKubeletProbe
 */
function isKubeletProbe({ headers }: HttpRequest): boolean {
  return headerValue(headers, 'user-agent').startsWith('kube-probe/');
}
