/**
 * A conversation, and how it ends.
 *
 * It ends in two steps, because both sides have to say so. `OUTPUT_CLOSED`
 * means that a close frame has been sent; `CLOSED`, that the connection is
 * gone. What the application hears and what the peer hears may differ: that a
 * peer vanished is nothing one could tell that peer.
 */
import { IOException } from '../java/exceptions.ts';
import { appendCloseReasonWithTruncation } from './close-reason-text.ts';
import { OPCODE_CLOSE } from './constants.ts';
import type { FutureToSendHandler } from './future-to-send-handler.ts';
import {
  CLOSED_ABNORMALLY,
  CloseReason,
  GOING_AWAY,
  NORMAL_CLOSURE,
  PROTOCOL_ERROR,
} from './javax.ts';
import type { Session } from './javax.ts';
import { SessionProperties } from './session-properties.ts';
import type { SessionOptions } from './session-properties.ts';
import type { WsRemoteEndpointImplBase } from './ws-remote-endpoint-impl-base.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsSession.java WsSession
 * @omits class loaders, the HTTP session's end and user principals
 */
export class WsSession extends SessionProperties implements Session {
  readonly #remote: WsRemoteEndpointImplBase;
  #lastActive: number;
  readonly #futures = new Set<FutureToSendHandler>();

  constructor(options: SessionOptions) {
    super(options);
    const { container, wsRemoteEndpoint } = options;
    this.#remote = wsRemoteEndpoint;
    wsRemoteEndpoint.setSession(this);
    wsRemoteEndpoint.setSendTimeout(container.defaultAsyncSendTimeout);
    this.#lastActive = container.sim.now();
  }

  /**
   * Ends the conversation from this side.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.close
   */
  async close(reason?: CloseReason): Promise<void> {
    const told = reason ?? new CloseReason(NORMAL_CLOSURE, '');
    await this.doClose(told, told);
  }

  /**
   * @story when closeReasonLocal.reason: The session closes from this side with code {closeReasonLocal.code} for the application, and {closeReasonMessage.code} for the peer: {closeReasonLocal.reason}.
   * @story The session closes from this side with code {closeReasonLocal.code} for the application, and {closeReasonMessage.code} for the peer.
   *
   * Sends a close frame and tells the application. The socket stays open: the
   * peer is to answer, and nothing limits how long it may take.
   *
   * @story on state: From now on the session sends nothing but its close frame, and waits for the peer's.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.doClose
   */
  async doClose(
    closeReasonMessage: CloseReason,
    closeReasonLocal: CloseReason,
  ): Promise<void> {
    if (this.currentState !== 'OPEN') return;
    await this.#stopBatching();
    this.currentState = 'OUTPUT_CLOSED';
    await this.#sendCloseMessage(closeReasonMessage);
    await this.#fireEndpointOnClose(closeReasonLocal);
    const exception = new IOException(
      'Unable to write the complete message as the WebSocket connection has been closed',
    );
    for (const future of this.#futures) await future.onResult({ exception });
  }

  /**
   * @story when closeReason.reason: Code {closeReason.code} ends the session: {closeReason.reason}.
   * @story Code {closeReason.code} ends the session; no reason is given.
   *
   * The peer has closed, or broke a rule: answers if nothing has been said
   * yet, and closes the connection.
   *
   * @story when this.currentState == 'CLOSED': on state: Closed on both sides, the session closes its two streams and with them the socket.
   * @story on state: The session answers with a close frame of the same code before the endpoint hears of it.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.onClose
   */
  async onClose(closeReason: CloseReason): Promise<void> {
    if (this.currentState === 'CLOSED') return;
    await this.#stopBatching();
    if (this.currentState === 'OPEN') {
      this.currentState = 'OUTPUT_CLOSED';
      await this.#sendCloseMessage(closeReason);
      await this.#fireEndpointOnClose(closeReason);
    }
    this.currentState = 'CLOSED';
    await this.#remote.close();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.fireEndpointOnError
   */
  async fireEndpointOnError(error: Error): Promise<void> {
    await this.getLocal().onError(this, error);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.updateLastActive
   */
  updateLastActive(): void {
    this.#lastActive = this.options.container.sim.now();
  }

  /** Whether nothing has come or gone for longer than allowed. */
  get isExpired(): boolean {
    const idle = this.options.container.sim.now() - this.#lastActive;
    return this.maxIdleTimeout > 0 && idle > this.maxIdleTimeout;
  }

  /** Whether it has a limit that somebody must watch. */
  get isLimited(): boolean {
    return this.maxIdleTimeout > 0;
  }

  /**
   * Ends a session that has been idle for too long.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.checkExpiration
   */
  async checkExpiration(): Promise<void> {
    if (!this.isExpired) return;
    const text = 'The WebSocket session timeout expired';
    await this.doClose(
      new CloseReason(GOING_AWAY, text),
      new CloseReason(CLOSED_ABNORMALLY, text),
    );
  }

  registerFuture(future: FutureToSendHandler): void {
    // The one that sends the close frame itself is not to fail with it.
    if (this.currentState === 'OPEN') this.#futures.add(future);
  }

  unregisterFuture(future: FutureToSendHandler): void {
    this.#futures.delete(future);
  }

  /** Lets others have a turn in a loop that would not end. */
  async pause(): Promise<void> {
    await this.options.container.sim.sleep(0);
  }

  async #stopBatching(): Promise<void> {
    try {
      await this.#remote.setBatchingAllowed(false);
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
      await this.fireEndpointOnError(error);
    }
  }

  /**
   * Writes the close frame: 1006 never goes out, any other code does.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.sendCloseMessage
   */
  async #sendCloseMessage({ code, reason }: CloseReason): Promise<void> {
    const wire = code === CLOSED_ABNORMALLY ? PROTOCOL_ERROR : code;
    const text = appendCloseReasonWithTruncation(reason ?? '');
    const payload = Uint8Array.from([
      (wire >>> 8) & 0xff,
      wire & 0xff,
      ...text,
    ]);
    try {
      await this.#remote.startMessageBlock(OPCODE_CLOSE, payload, true);
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
      await this.#handleCloseException(error, code);
    } finally {
      this.options.container.unregisterSession(this.getLocal(), this);
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.handleCloseException
   */
  async #handleCloseException(error: IOException, code: number): Promise<void> {
    await this.#remote.close();
    if (code !== CLOSED_ABNORMALLY) await this.fireEndpointOnError(error);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.fireEndpointOnClose
   */
  async #fireEndpointOnClose(closeReason: CloseReason): Promise<void> {
    try {
      await this.getLocal().onClose(this, closeReason);
    } catch (error) {
      await this.fireEndpointOnError(error as Error);
    }
  }
}
