/**
 * Writes frames to an upgraded connection.
 *
 * A write takes what the connection takes; the rest goes out when the
 * connection says that there is room, in whichever task hears it. Whoever
 * sends waits for the handler, not for this.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { ServletOutputStream } from '../../coyote/http11/upgrade/servlet31.ts';
import {
  IllegalStateException,
  SocketTimeoutException,
} from '../../java/exceptions.ts';
import type { SendHandler } from '../javax.ts';
import { toIOException } from '../to-io-exception.ts';
import { WsRemoteEndpointImplBase } from '../ws-remote-endpoint-impl-base.ts';
import type { WsWebSocketContainer } from '../ws-web-socket-container.ts';

/** How often slow writes are looked for. */
const WRITE_TIMEOUT_PERIOD: Milliseconds = 1000;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer
 * @differs a result is told by the task that wrote the last byte; upstream
 *   hands it to an executor when that is the sender's own thread
 */
export class WsRemoteEndpointImplServer extends WsRemoteEndpointImplBase {
  readonly #sos: ServletOutputStream;
  readonly #container: WsWebSocketContainer;
  readonly #closeConnection: () => Promise<void>;
  #handler: SendHandler | undefined;
  #buffers: Uint8Array[] | undefined;
  #timeoutExpiry: number | undefined;
  #writing = false;

  constructor(
    sos: ServletOutputStream,
    container: WsWebSocketContainer,
    closeConnection: () => Promise<void>,
  ) {
    super(container.sim);
    this.#sos = sos;
    this.#container = container;
    this.#closeConnection = closeConnection;
  }

  protected isMasked(): boolean {
    return false;
  }

  protected async doWrite(
    handler: SendHandler,
    buffers: readonly Uint8Array[],
  ): Promise<void> {
    this.#handler = handler;
    this.#buffers = [...buffers];
    await this.onWritePossible();
  }

  /**
   * Writes what is left of the current frame.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer.onWritePossible
   */
  async onWritePossible(): Promise<void> {
    if (this.#buffers === undefined || this.#writing) return;
    let isComplete = false;
    try {
      this.#writing = true;
      isComplete = await this.#writeBuffers(this.#buffers);
    } catch (error) {
      await this.#clearHandler(toWriteError(error));
      await this.close();
      return;
    } finally {
      this.#writing = false;
    }
    if (isComplete) await this.#clearHandler(undefined);
    else this.#limit();
  }

  /** @returns false when the connection takes no more for now */
  async #writeBuffers(buffers: Uint8Array[]): Promise<boolean> {
    while (this.#sos.isReady()) {
      const next = buffers.shift();
      if (next === undefined) return true;
      if (next.length > 0) await this.#sos.write(next, 0, next.length);
    }
    return false;
  }

  /**
   * Ends writes that take longer than asynchronous sends may.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer.onWritePossible (part)
   */
  #limit(): void {
    const timeout = this.getSendTimeout();
    if (timeout <= 0) return;
    this.#timeoutExpiry = this.sim.now() + timeout;
    this.#container.backgroundProcesses.register(this, WRITE_TIMEOUT_PERIOD);
  }

  get isNeeded(): boolean {
    return this.#timeoutExpiry !== undefined;
  }

  get isDue(): boolean {
    return (this.#timeoutExpiry ?? Infinity) < this.sim.now();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer.onTimeout
   */
  async backgroundProcess(): Promise<void> {
    await this.#clearHandler(new SocketTimeoutException());
    await this.close();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer.doClose
   */
  protected async doClose(): Promise<void> {
    if (this.#handler !== undefined) {
      await this.#clearHandler(toIOException(new Error('Socket closed')));
    }
    await this.#closeConnection();
  }

  /**
   * Tells the handler; it may send the next frame at once.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsRemoteEndpointImplServer.java WsRemoteEndpointImplServer.clearHandler
   */
  async #clearHandler(exception: Error | undefined): Promise<void> {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#buffers = undefined;
    this.#timeoutExpiry = undefined;
    await handler?.onResult({ exception });
  }
}

/** A stream that was closed meanwhile says so with another exception. */
function toWriteError(error: unknown): Error {
  return error instanceof IllegalStateException ? error : toIOException(error);
}
