/**
 * The NIO connector: its endpoint, and what it does in its way with the
 * processors of its connections.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Listener } from '../../../sim/stream.ts';
import type { LogSink } from '../../juli/log.ts';
import { defaultOptions } from '../../util/net/abstract-endpoint.ts';
import type { EndpointOptions } from '../../util/net/abstract-endpoint.ts';
import { NioEndpoint } from '../../util/net/nio-endpoint.ts';
import type { SocketWrapper } from '../../util/net/socket-wrapper.ts';
import { AbstractConnectionHandler } from '../abstract-protocol.ts';
import type {
  ConnectorMethods,
  UpgradeProcessor,
} from '../abstract-protocol.ts';
import type { Adapter } from '../adapter.ts';
import type { Processor } from '../processor.ts';
import { RecycledProcessors } from '../recycled-processors.ts';
import { AbstractHttp11Processor } from './abstract-http11-processor.ts';
import { Http11NioProcessor } from './http11-nio-processor.ts';
import type { EndpointView } from './http11-ways.ts';
import { newNioProcessor } from './upgrade/nio-processor.ts';
import type { HttpUpgradeHandler } from './upgrade/servlet31.ts';

/** How many processors are kept for other connections. */
const processorCache = 200;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11NioProtocol
 */
export class Http11NioProtocol {
  readonly endpoint: NioEndpoint;
  readonly handler: AbstractConnectionHandler;

  constructor(
    sim: Sim,
    listener: Listener,
    adapter: Adapter,
    sink: LogSink,
    options: Partial<EndpointOptions> = {},
  ) {
    const settled = { ...defaultOptions, ...options };
    this.endpoint = new NioEndpoint(sim, listener, settled);
    const methods = new Http11ConnectionHandler(
      sim,
      this.endpoint,
      adapter,
      sink,
    );
    this.handler = new AbstractConnectionHandler(methods, sink);
    this.endpoint.setHandler(this.handler);
  }

  start(): void {
    this.endpoint.start();
  }

  stop(): void {
    this.endpoint.stop();
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11NioProtocol.Http11ConnectionHandler
 */
export class Http11ConnectionHandler implements ConnectorMethods {
  readonly recycledProcessors = new RecycledProcessors(processorCache);
  readonly #sim: Sim;
  readonly #endpoint: NioEndpoint;
  readonly #adapter: Adapter;
  readonly #sink: LogSink;

  constructor(
    sim: Sim,
    endpoint: NioEndpoint,
    adapter: Adapter,
    sink: LogSink,
  ) {
    this.#sim = sim;
    this.#endpoint = endpoint;
    this.#adapter = adapter;
    this.#sink = sink;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11ConnectionHandler.createProcessor
   */
  createProcessor(): Processor {
    const nio = this.#endpoint;
    const { endpoint } = nio;
    const view: EndpointView = {
      ...endpoint.options,
      isPaused: () => endpoint.paused,
      processSocketAsync: (wrapper, status) =>
        nio.processSocketAsync(wrapper, status),
    };
    return new AbstractHttp11Processor(
      this.#sim,
      view,
      new Http11NioProcessor(view),
      this.#adapter,
      this.#sink,
    );
  }

  /**
   * Wipes a processor and keeps it for another connection; this one, if it is
   * idle, goes back to the poller.
   *
   * @story when _isSocketClosing: The connection ends, and its HTTP processor is wiped and kept for another one.
   * @story when addToPoller: The connection stays, but its HTTP processor is wiped and kept for whoever needs one.
   * @story The handler is fetched before the HTTP processor is released, because the release wipes it.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11ConnectionHandler.release
   */
  release(
    wrapper: SocketWrapper,
    processor: Processor,
    _isSocketClosing: boolean,
    addToPoller: boolean,
  ): void {
    processor.recycle();
    this.recycledProcessors.offer(processor);
    if (!addToPoller) return;
    wrapper.keptAlive = true;
    wrapper.timeout = this.#endpoint.endpoint.options.keepAliveTimeout;
    this.#endpoint.poller.add(wrapper, 'READ');
  }

  /**
   * Makes the processor of an upgraded connection, which is never too silent.
   *
   * @story A `NioProcessor` takes over the connection, which from now on never times out.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11ConnectionHandler.createUpgradeProcessor
   */
  createUpgradeProcessor(
    wrapper: SocketWrapper,
    handler: HttpUpgradeHandler,
  ): UpgradeProcessor {
    const { poller, endpoint } = this.#endpoint;
    return newNioProcessor(
      wrapper,
      handler,
      poller,
      endpoint.options.soTimeout,
      this.#sink,
    );
  }

  /**
   * Gives a busy connection back to the poller, unless somebody else will
   * call for a worker.
   *
   * @story With `longPoll` the socket goes back to the poller, and the worker is free.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11ConnectionHandler.longPoll
   */
  longPoll(wrapper: SocketWrapper, processor: Processor): void {
    if (processor.isAsync()) {
      wrapper.async = true;
      this.#endpoint.poller.expect(wrapper);
    } else this.#endpoint.poller.add(wrapper, 'READ');
  }

  /** Nothing to do: this connector keeps no list of waiting requests. */
  removeWaitingRequest(): void {
    // The poller has not watched the connection meanwhile.
  }
}
