/**
 * What an application of WebSocket sees: sessions, remote endpoints, message
 * handlers, close reasons. These are the interfaces of JSR 356, as far as the
 * chapters and the lab need them.
 *
 * @omits encoders and decoders: messages are text, bytes or pongs
 * @differs whatever may wait for the network returns a promise
 */
import type { Milliseconds } from '../../sim/clock.ts';

/**
 * Why a connection ends.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/javax/websocket/CloseReason.java CloseReason
 */
export class CloseReason {
  /** 1000 to 4999; 1005 and 1006 are for the application's ears only. */
  readonly code: number;
  /** Absent is not the same as empty: a peer may send a code alone. */
  readonly reason: string | undefined;

  constructor(code: number, reason?: string) {
    this.code = code;
    this.reason = reason;
  }
}

export const NORMAL_CLOSURE = 1000;
export const GOING_AWAY = 1001;
export const PROTOCOL_ERROR = 1002;
export const CLOSED_ABNORMALLY = 1006;
export const NOT_CONSISTENT = 1007;
export const TOO_BIG = 1009;

/** `name;parameter=value`, offered or agreed. */
export interface ExtensionParameter {
  readonly name: string;
  readonly value: string | undefined;
}

export interface Extension {
  readonly name: string;
  readonly parameters: readonly ExtensionParameter[];
}

/** Hears of text: whole messages, or parts as they come. */
export interface TextMessageHandler {
  readonly type: 'TEXT';
  readonly partial: boolean;
  /** Longest message in chars; -1 for no limit. */
  readonly maxMessageSize: number;
  onMessage(message: string, last: boolean): Promise<void>;
}

export interface BinaryMessageHandler {
  readonly type: 'BINARY';
  readonly partial: boolean;
  /** Longest message in bytes; -1 for no limit. */
  readonly maxMessageSize: number;
  onMessage(message: Uint8Array, last: boolean): Promise<void>;
}

export interface PongMessageHandler {
  readonly type: 'PONG';
  onMessage(message: Uint8Array): Promise<void>;
}

export type MessageHandler =
  TextMessageHandler | BinaryMessageHandler | PongMessageHandler;

/** How an asynchronous send ended; without an exception it is done. */
export interface SendResult {
  readonly exception: Error | undefined;
}

export interface SendHandler {
  onResult(result: SendResult): Promise<void>;
}

/** What every way to send has. */
export interface RemoteEndpoint {
  setBatchingAllowed(allowed: boolean): Promise<void>;
  flushBatch(): Promise<void>;
  /** @throws {IllegalArgumentException} for more than 125 bytes */
  sendPing(data: Uint8Array): Promise<void>;
  sendPong(data: Uint8Array): Promise<void>;
}

/** A message that is written piece by piece. */
export interface MessageWriter<Piece> {
  write(piece: Piece): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Sends and returns when everything has been written. */
export interface RemoteEndpointBasic extends RemoteEndpoint {
  sendText(text: string): Promise<void>;
  sendTextPart(fragment: string, isLast: boolean): Promise<void>;
  sendBinary(data: Uint8Array): Promise<void>;
  sendBinaryPart(fragment: Uint8Array, isLast: boolean): Promise<void>;
  getSendStream(): MessageWriter<Uint8Array>;
  getSendWriter(): MessageWriter<string>;
}

/** Sends and tells a handler when everything has been written. */
export interface RemoteEndpointAsync extends RemoteEndpoint {
  getSendTimeout(): Milliseconds;
  setSendTimeout(timeout: Milliseconds): void;
  sendText(text: string, handler: SendHandler): Promise<void>;
  sendBinary(data: Uint8Array, handler: SendHandler): Promise<void>;
}

/** A conversation with one peer. */
export interface Session {
  getId(): string;
  isOpen(): boolean;
  isSecure(): boolean;
  addMessageHandler(handler: MessageHandler): void;
  getNegotiatedSubprotocol(): string;
  getNegotiatedExtensions(): readonly Extension[];
  getMaxIdleTimeout(): Milliseconds;
  /** After how long without traffic the session ends; 0 for never. */
  setMaxIdleTimeout(timeout: Milliseconds): void;
  getMaxTextMessageBufferSize(): number;
  setMaxTextMessageBufferSize(chars: number): void;
  getMaxBinaryMessageBufferSize(): number;
  setMaxBinaryMessageBufferSize(bytes: number): void;
  getBasicRemote(): RemoteEndpointBasic;
  getAsyncRemote(): RemoteEndpointAsync;
  close(reason?: CloseReason): Promise<void>;
  getRequestURI(): string | undefined;
  getQueryString(): string | undefined;
  getRequestParameterMap(): ReadonlyMap<string, readonly string[]>;
  getPathParameters(): ReadonlyMap<string, string>;
  getUserProperties(): Map<string, unknown>;
  getOpenSessions(): readonly Session[];
}

export interface EndpointConfig {
  readonly userProperties: Map<string, unknown>;
}

/**
 * An application's side of a session, as a subclass.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/javax/websocket/Endpoint.java Endpoint
 */
export abstract class Endpoint {
  abstract onOpen(session: Session, config: EndpointConfig): Promise<void>;

  onClose(_session: Session, _reason: CloseReason): Promise<void> {
    return Promise.resolve();
  }

  onError(_session: Session, _error: Error): Promise<void> {
    return Promise.resolve();
  }
}
