/**
 * What a session knows: its handlers, its limits, and what the handshake
 * found out. Once it is closed it tells nothing any more.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import { IllegalStateException } from '../java/exceptions.ts';
import type {
  BinaryMessageHandler,
  Endpoint,
  Extension,
  MessageHandler,
  PongMessageHandler,
  RemoteEndpointAsync,
  RemoteEndpointBasic,
  Session,
  TextMessageHandler,
} from './javax.ts';
import type { WsRemoteEndpointImplBase } from './ws-remote-endpoint-impl-base.ts';
import {
  WsRemoteEndpointAsync,
  WsRemoteEndpointBasic,
} from './ws-remote-endpoints.ts';
import type { WsWebSocketContainer } from './ws-web-socket-container.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsSession.java WsSession.State
 */
export type SessionState = 'OPEN' | 'OUTPUT_CLOSED' | 'CLOSED';

/** The session's states, in upstream's order. */
export const sessionStates: readonly SessionState[] = [
  'OPEN',
  'OUTPUT_CLOSED',
  'CLOSED',
];

/** What is known when a session begins. */
export interface SessionOptions {
  readonly localEndpoint: Endpoint;
  readonly wsRemoteEndpoint: WsRemoteEndpointImplBase;
  readonly container: WsWebSocketContainer;
  readonly requestUri?: string | undefined;
  readonly queryString?: string | undefined;
  readonly requestParameterMap?: ReadonlyMap<string, readonly string[]>;
  readonly negotiatedExtensions: readonly Extension[];
  readonly subProtocol: string;
  readonly pathParameters?: ReadonlyMap<string, string>;
  readonly secure: boolean;
  readonly userProperties: Map<string, unknown>;
}

/**
 * The part of a session that only knows.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsSession.java WsSession (part)
 */
export class SessionProperties {
  protected readonly options: SessionOptions;
  protected currentState: SessionState = 'OPEN';
  protected maxIdleTimeout: Milliseconds;
  readonly #basic: WsRemoteEndpointBasic;
  readonly #async: WsRemoteEndpointAsync;
  readonly #id: string;
  #textMessageHandler: TextMessageHandler | undefined;
  #binaryMessageHandler: BinaryMessageHandler | undefined;
  #pongMessageHandler: PongMessageHandler | undefined;
  #maxTextMessageBufferSize: number;
  #maxBinaryMessageBufferSize: number;

  constructor(options: SessionOptions) {
    const { container, wsRemoteEndpoint } = options;
    this.options = options;
    this.#basic = new WsRemoteEndpointBasic(wsRemoteEndpoint);
    this.#async = new WsRemoteEndpointAsync(wsRemoteEndpoint);
    this.#maxTextMessageBufferSize = container.defaultMaxTextMessageBufferSize;
    this.#maxBinaryMessageBufferSize =
      container.defaultMaxBinaryMessageBufferSize;
    this.maxIdleTimeout = container.defaultMaxSessionIdleTimeout;
    this.#id = (container.sim.count('WebSocket session') - 1).toString(16);
  }

  /** Of the application: what happens to this session is told to it. */
  getLocal(): Endpoint {
    return this.options.localEndpoint;
  }

  get state(): SessionState {
    return this.currentState;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.addMessageHandler
   * @throws {IllegalStateException} when there is one for such messages
   */
  addMessageHandler(handler: MessageHandler): void {
    this.#checkState();
    if (handler.type === 'TEXT') {
      refuseSecond(this.#textMessageHandler, 'text');
      this.#textMessageHandler = handler;
    } else if (handler.type === 'BINARY') {
      refuseSecond(this.#binaryMessageHandler, 'binary');
      this.#binaryMessageHandler = handler;
    } else {
      refuseSecond(this.#pongMessageHandler, 'pong');
      this.#pongMessageHandler = handler;
    }
  }

  getTextMessageHandler(): TextMessageHandler | undefined {
    return this.#textMessageHandler;
  }

  getBinaryMessageHandler(): BinaryMessageHandler | undefined {
    return this.#binaryMessageHandler;
  }

  getPongMessageHandler(): PongMessageHandler | undefined {
    return this.#pongMessageHandler;
  }

  getId(): string {
    return this.#id;
  }

  isOpen(): boolean {
    return this.currentState === 'OPEN';
  }

  isSecure(): boolean {
    this.#checkState();
    return this.options.secure;
  }

  getNegotiatedSubprotocol(): string {
    this.#checkState();
    return this.options.subProtocol;
  }

  getNegotiatedExtensions(): readonly Extension[] {
    this.#checkState();
    return this.options.negotiatedExtensions;
  }

  getMaxIdleTimeout(): Milliseconds {
    this.#checkState();
    return this.maxIdleTimeout;
  }

  setMaxIdleTimeout(timeout: Milliseconds): void {
    this.#checkState();
    this.maxIdleTimeout = timeout;
    if (timeout > 0) this.options.container.watchSessions();
  }

  getMaxTextMessageBufferSize(): number {
    this.#checkState();
    return this.#maxTextMessageBufferSize;
  }

  setMaxTextMessageBufferSize(chars: number): void {
    this.#checkState();
    this.#maxTextMessageBufferSize = chars;
  }

  getMaxBinaryMessageBufferSize(): number {
    this.#checkState();
    return this.#maxBinaryMessageBufferSize;
  }

  setMaxBinaryMessageBufferSize(bytes: number): void {
    this.#checkState();
    this.#maxBinaryMessageBufferSize = bytes;
  }

  getBasicRemote(): RemoteEndpointBasic {
    this.#checkState();
    return this.#basic;
  }

  getAsyncRemote(): RemoteEndpointAsync {
    this.#checkState();
    return this.#async;
  }

  getRequestURI(): string | undefined {
    this.#checkState();
    return this.options.requestUri;
  }

  getQueryString(): string | undefined {
    this.#checkState();
    return this.options.queryString;
  }

  getRequestParameterMap(): ReadonlyMap<string, readonly string[]> {
    this.#checkState();
    return this.options.requestParameterMap ?? new Map();
  }

  getPathParameters(): ReadonlyMap<string, string> {
    this.#checkState();
    return this.options.pathParameters ?? new Map();
  }

  getUserProperties(): Map<string, unknown> {
    return this.options.userProperties;
  }

  getOpenSessions(): readonly Session[] {
    this.#checkState();
    return this.options.container.getOpenSessions(this.getLocal());
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsSession.java WsSession.checkState
   */
  #checkState(): void {
    if (this.currentState !== 'CLOSED') return;
    throw new IllegalStateException(
      `The WebSocket session [${this.#id}] has been closed and no method (apart from close()) may be called on a closed session`,
    );
  }
}

function refuseSecond(existing: unknown, kind: string): void {
  if (existing === undefined) return;
  throw new IllegalStateException(
    `A ${kind} message handler has already been configured`,
  );
}
