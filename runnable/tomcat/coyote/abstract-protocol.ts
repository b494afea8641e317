/**
 * The loop of this part: what a worker does with a connection it is given.
 *
 * One call of `process` may turn several times. The first turn serves an HTTP
 * request; when that request was an upgrade, its state is `UPGRADING`, and
 * because it is, the loop turns again: with another processor, and with the
 * status it came in with.
 */
import { IOException } from '../java/exceptions.ts';
import { Log } from '../juli/log.ts';
import type { LogSink } from '../juli/log.ts';
import type {
  SocketState,
  SocketStatus,
  SocketWrapper,
} from '../util/net/socket-wrapper.ts';
import type {
  HttpUpgradeHandler,
  WebConnection,
} from './http11/upgrade/servlet31.ts';
import type { Processor } from './processor.ts';
import type { RecycledProcessors } from './recycled-processors.ts';

/** A processor that is the upgraded connection as well. */
export type UpgradeProcessor = Processor & WebConnection;

/** What the BIO and the NIO connector do each in their way. */
export interface ConnectorMethods {
  readonly recycledProcessors: RecycledProcessors;
  createProcessor(): Processor;
  createUpgradeProcessor(
    wrapper: SocketWrapper,
    handler: HttpUpgradeHandler,
  ): UpgradeProcessor;
  /** The connection stays busy: watch it for what comes next. */
  longPoll(wrapper: SocketWrapper, processor: Processor): void;
  /** The processor is free; the connection, if idle, is to be watched. */
  release(
    wrapper: SocketWrapper,
    processor: Processor,
    isSocketClosing: boolean,
    addToPoller: boolean,
  ): void;
  /** An asynchronous request of the connection is no longer awaited. */
  removeWaitingRequest(wrapper: SocketWrapper): void;
}

/**
 * What the workers of one connector share.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/AbstractProtocol.java AbstractProtocol.AbstractConnectionHandler
 */
export class AbstractConnectionHandler {
  /** Connections that have a processor to come back to. */
  readonly connections = new Map<SocketWrapper, Processor>();
  readonly #methods: ConnectorMethods;
  readonly #log: Log;

  constructor(methods: ConnectorMethods, sink: LogSink) {
    this.#methods = methods;
    this.#log = new Log('AbstractConnectionHandler', sink);
  }

  get recycledProcessors(): RecycledProcessors {
    return this.#methods.recycledProcessors;
  }

  /**
   * Serves a connection as far as it goes now, and says what it has become.
   *
   * @story when wrapper.upgraded: A processor is remembered for this socket, and it is an upgraded one: HTTP plays no part any more.
   * @story `process` looks for the processor that it remembers for this socket, and takes another one if there is none.
   * @story when state == 'UPGRADING': on state SocketState: Because an upgrade handler is stored, `AbstractHttp11Processor.process` returns `UPGRADING`.
   * @story when state == 'UPGRADED': on state SocketState: Neither stream asks to be closed, so the dispatch answers `UPGRADED` and the loop ends.
   * @story when state == 'LONG': on state SocketState: The request is not over, so its connection must find the same processor again: `LONG`.
   * @story when state == 'OPEN': on state SocketState: The connection is kept, and nothing of another request has come: `OPEN`.
   * @story when state == 'ASYNC_END': on state SocketState: The request has been completed, so `ASYNC_END` makes the loop turn once more.
   * @story when processor.kind == 'BioProcessor': on state SocketState: Only now does the second pass end, and because a stream asks for it, with `CLOSED`.
   * @story on state SocketState: No further request is expected on this connection, so the state is `CLOSED`.
   * @story when state == 'UPGRADING': on log AbstractConnectionHandler: A debug line sums up this pass of the loop: `{status}` in, `UPGRADING` out.
   * @story when processor.kind == 'NioProcessor': on log AbstractConnectionHandler: The dispatch of this event ends: `{status}` in, `{state}` out.
   * @story on log AbstractConnectionHandler: A debug line sums up this pass of the loop: `{status}` in, `{state}` out.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java AbstractConnectionHandler.process
   * @omits comet, and the upgrade mechanism that came before Servlet 3.1
   *   (`UPGRADING_TOMCAT`): no chapter's connection takes those branches
   */
  async process(
    wrapper: SocketWrapper | undefined,
    status: SocketStatus,
  ): Promise<SocketState> {
    if (wrapper === undefined) return 'CLOSED';
    let processor = this.connections.get(wrapper);
    if (status === 'DISCONNECT' && processor === undefined) return 'CLOSED';
    wrapper.async = false;
    try {
      processor ??=
        this.#methods.recycledProcessors.poll() ??
        this.#methods.createProcessor();
      let state: SocketState = 'CLOSED';
      do {
        if (status === 'DISCONNECT') {
          // Nobody is there to be answered; the state stays as it is.
        } else if (processor.isAsync() || isAsyncEnd(state)) {
          state = await this.#asyncDispatch(wrapper, processor, status);
        } else if (processor.isUpgrade()) {
          state = await processor.upgradeDispatch(status);
        } else {
          state = await processor.process(wrapper);
        }
        if (state !== 'CLOSED' && processor.isAsync()) {
          state = processor.asyncPostProcess();
        }
        if (state === 'UPGRADING') {
          // The release wipes the handler, so it is fetched before.
          const handler = upgradeHandlerOf(processor);
          const upgraded = this.#handOver(wrapper, processor, handler);
          processor = upgraded;
          await handler.init(upgraded);
        }
        this.#log.debug(
          `Socket: [${wrapper.name}], Status in: [${status}], State out: [${state}]`,
        );
      } while (state === 'ASYNC_END' || state === 'UPGRADING');
      await this.#conclude(wrapper, processor, status, state);
      return state;
    } catch (error) {
      this.#fail(wrapper, processor, error);
      return 'CLOSED';
    }
  }

  /**
   * Goes on with an asynchronous request; when it is over, the next one may
   * have come already.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java AbstractConnectionHandler.process (part)
   */
  async #asyncDispatch(
    wrapper: SocketWrapper,
    processor: Processor,
    status: SocketStatus,
  ): Promise<SocketState> {
    const state = await processor.asyncDispatch(status);
    if (state !== 'OPEN') return state;
    this.#methods.removeWaitingRequest(wrapper);
    return processor.process(wrapper);
  }

  /**
   * Gives the connection a processor for the protocol it was upgraded to.
   * What the HTTP processor had read beyond the request's head is lost.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java AbstractConnectionHandler.process (part)
   */
  #handOver(
    wrapper: SocketWrapper,
    http: Processor,
    handler: HttpUpgradeHandler,
  ): UpgradeProcessor {
    this.#methods.release(wrapper, http, false, false);
    const upgraded = this.#methods.createUpgradeProcessor(wrapper, handler);
    wrapper.upgraded = true;
    this.connections.set(wrapper, upgraded);
    return upgraded;
  }

  /**
   * Forgets a connection that ended while no worker was with it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProtocol.java Http11ConnectionHandler.release (part)
   */
  forget(wrapper: SocketWrapper): void {
    const processor = this.connections.get(wrapper);
    this.connections.delete(wrapper);
    if (processor === undefined || processor.isUpgrade()) return;
    this.#methods.release(wrapper, processor, true, false);
  }

  /**
   * Does with the connection what the last pass's state asks for.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java AbstractConnectionHandler.process (part)
   */
  async #conclude(
    wrapper: SocketWrapper,
    processor: Processor,
    status: SocketStatus,
    state: SocketState,
  ): Promise<void> {
    switch (state) {
      case 'LONG':
        this.connections.set(wrapper, processor);
        this.#methods.longPoll(wrapper, processor);
        return;
      case 'OPEN':
        this.connections.delete(wrapper);
        this.#methods.release(wrapper, processor, false, true);
        return;
      case 'SENDFILE':
        this.connections.set(wrapper, processor);
        return;
      case 'UPGRADED':
        this.connections.set(wrapper, processor);
        // After a write the write path itself asks for what it needs.
        if (status !== 'OPEN_WRITE') {
          this.#methods.longPoll(wrapper, processor);
        }
        return;
      case 'CLOSED':
      case 'ASYNC_END':
      case 'UPGRADING':
      case 'UPGRADING_TOMCAT':
        this.connections.delete(wrapper);
        if (processor.isUpgrade()) {
          await processor.getHttpUpgradeHandler()?.destroy();
        } else {
          this.#methods.release(wrapper, processor, true, false);
        }
    }
  }

  /**
   * Ends a connection whose processor threw. The upgrade handler is not told.
   *
   * @story on log: An exception escapes from the processor; the log is all that hears of it.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java AbstractConnectionHandler.process (part)
   */
  #fail(
    wrapper: SocketWrapper,
    processor: Processor | undefined,
    error: unknown,
  ): void {
    if (error instanceof IOException) {
      this.#log.debug(error.message);
    } else {
      this.#log.error(`Error reading request, ignored ${String(error)}`);
    }
    this.connections.delete(wrapper);
    if (processor !== undefined && !processor.isUpgrade()) {
      this.#methods.release(wrapper, processor, true, false);
    }
  }
}

/** The protocol that a processor whose state is UPGRADING was given. */
function upgradeHandlerOf(processor: Processor): HttpUpgradeHandler {
  const handler = processor.getHttpUpgradeHandler();
  if (handler === undefined) throw new IOException('No upgrade handler');
  return handler;
}

/** Told apart here, for the compiler knows only the state's first value. */
function isAsyncEnd(state: SocketState): boolean {
  return state === 'ASYNC_END';
}
