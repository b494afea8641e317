/**
 * The BIO connector: its endpoint, and what it does in its way with the
 * processors of its connections.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Listener } from '../../../sim/stream.ts';
import type { LogSink } from '../../juli/log.ts';
import { defaultOptions } from '../../util/net/abstract-endpoint.ts';
import type { EndpointOptions } from '../../util/net/abstract-endpoint.ts';
import { JIoEndpoint } from '../../util/net/jio-endpoint.ts';
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
import { Http11Processor } from './http11-processor.ts';
import type { BioEndpointView } from './http11-processor.ts';
import { newBioProcessor } from './upgrade/bio-processor.ts';
import type { HttpUpgradeHandler } from './upgrade/servlet31.ts';

/** How many processors are kept for other connections. */
const processorCache = 200;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/Http11Protocol.java Http11Protocol
 */
export class Http11Protocol {
  readonly endpoint: JIoEndpoint;
  readonly handler: AbstractConnectionHandler;

  constructor(
    sim: Sim,
    listener: Listener,
    adapter: Adapter,
    sink: LogSink,
    options: Partial<EndpointOptions> = {},
  ) {
    const settled = { ...defaultOptions, ...options };
    this.endpoint = new JIoEndpoint(sim, listener, settled);
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
 *   java/org/apache/coyote/http11/Http11Protocol.java Http11Protocol.Http11ConnectionHandler
 */
export class Http11ConnectionHandler implements ConnectorMethods {
  readonly recycledProcessors = new RecycledProcessors(processorCache);
  readonly #sim: Sim;
  readonly #endpoint: JIoEndpoint;
  readonly #adapter: Adapter;
  readonly #sink: LogSink;

  constructor(
    sim: Sim,
    endpoint: JIoEndpoint,
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
   *   java/org/apache/coyote/http11/Http11Protocol.java Http11ConnectionHandler.createProcessor
   */
  createProcessor(): Processor {
    const jio = this.#endpoint;
    const { endpoint } = jio;
    const view: BioEndpointView = {
      ...endpoint.options,
      isPaused: () => endpoint.paused,
      processSocketAsync: (wrapper, status) =>
        jio.processSocketAsync(wrapper, status),
      busyPercentage: () =>
        (100 * endpoint.executor.busy) / endpoint.options.maxThreads,
    };
    return new AbstractHttp11Processor(
      this.#sim,
      view,
      new Http11Processor(this.#sim, view),
      this.#adapter,
      this.#sink,
    );
  }

  /**
   * Wipes a processor and keeps it for another connection.
   *
   * @story when _isSocketClosing: The connection ends, and its HTTP processor is wiped and kept for another one.
   * @story when _addToPoller: The connection stays, but its HTTP processor is wiped and kept for whoever needs one.
   * @story The handler is fetched before the HTTP processor is released, because the release wipes it.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Protocol.java Http11ConnectionHandler.release
   */
  release(
    _wrapper: SocketWrapper,
    processor: Processor,
    _isSocketClosing: boolean,
    _addToPoller: boolean,
  ): void {
    processor.recycle();
    this.recycledProcessors.offer(processor);
  }

  /**
   * Makes the processor of an upgraded connection, which is never too silent.
   *
   * @story A `BioProcessor` takes over the connection, which from now on never times out.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Protocol.java Http11ConnectionHandler.createUpgradeProcessor
   */
  createUpgradeProcessor(
    wrapper: SocketWrapper,
    handler: HttpUpgradeHandler,
  ): UpgradeProcessor {
    return newBioProcessor(wrapper, handler, this.#sink);
  }

  /**
   * Nothing to do: a worker stays with the connection, or comes back at once.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Protocol.java Http11ConnectionHandler.longPoll
   */
  longPoll(): void {
    // A connection of this connector is never watched from outside.
  }

  removeWaitingRequest(wrapper: SocketWrapper): void {
    this.#endpoint.removeWaitingRequest(wrapper);
  }
}
