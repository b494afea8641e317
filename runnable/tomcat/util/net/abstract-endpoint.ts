/**
 * What both endpoints have: limits, threads, and a count of connections.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim, Suspension } from '../../../sim/sim.ts';
import type {
  SocketState,
  SocketStatus,
  SocketWrapper,
} from './socket-wrapper.ts';
import { WorkerThreads } from './worker-threads.ts';

/** What an endpoint hands its connections to. */
export interface Handler {
  process(wrapper: SocketWrapper, status: SocketStatus): Promise<SocketState>;
  /** The connection is gone, whatever was going on on it. */
  forget(wrapper: SocketWrapper): void;
}

/** Tomcat's limits, by the names that its configuration has for them. */
export interface EndpointOptions {
  readonly maxThreads: number;
  readonly minSpareThreads: number;
  /** How many connections may be open; BIO takes as many as threads. */
  readonly maxConnections: number;
  /** How long a connection may be silent within a request. */
  readonly soTimeout: Milliseconds;
  /** How long it may be silent between two requests. */
  readonly keepAliveTimeout: Milliseconds;
  /** How many requests it may carry; -1 for any number. */
  readonly maxKeepAliveRequests: number;
  readonly maxHeaderCount: number;
  /** How many bytes a request's head may have. */
  readonly maxHttpHeaderSize: number;
}

export const defaultOptions: EndpointOptions = {
  maxThreads: 200,
  minSpareThreads: 10,
  maxConnections: 10_000,
  soTimeout: 20_000,
  keepAliveTimeout: 20_000,
  maxKeepAliveRequests: 100,
  maxHeaderCount: 100,
  maxHttpHeaderSize: 8192,
};

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/AbstractEndpoint.java AbstractEndpoint
 */
export class AbstractEndpoint {
  readonly options: EndpointOptions;
  readonly executor: WorkerThreads;
  /** The connections that are open. */
  readonly wrappers = new Set<SocketWrapper>();
  running = false;
  paused = false;
  readonly #sim: Sim;
  #connectionCount = 0;
  #awaiting: Suspension<undefined> | undefined;

  constructor(sim: Sim, options: EndpointOptions) {
    this.#sim = sim;
    this.options = options;
    const { maxThreads, minSpareThreads } = options;
    this.executor = new WorkerThreads(sim, maxThreads, minSpareThreads);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/AbstractEndpoint.java AbstractEndpoint.getConnectionCount
   */
  getConnectionCount(): number {
    return this.#connectionCount;
  }

  /**
   * Counts a connection before it is accepted, and waits while there are as
   * many as may be.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/AbstractEndpoint.java AbstractEndpoint.countUpOrAwaitConnection
   */
  async countUpOrAwaitConnection(): Promise<void> {
    const { maxConnections } = this.options;
    while (maxConnections !== -1 && this.#connectionCount >= maxConnections) {
      this.#awaiting = this.#sim.suspend('for a connection to end');
      await this.#awaiting.promise;
    }
    this.#connectionCount += 1;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/AbstractEndpoint.java AbstractEndpoint.countDownConnection
   */
  countDownConnection(): void {
    this.#connectionCount -= 1;
    this.#awaiting?.resume(undefined);
  }
}
