/**
 * Sending: messages become parts, parts become frames, one after the other.
 *
 * Whatever sends, the application or the protocol itself, goes through
 * `startMessage`; a part that comes while another is being written waits in a
 * queue. What differs between server and client is `doWrite` alone.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import {
  IllegalArgumentException,
  IllegalStateException,
} from '../java/exceptions.ts';
import {
  BLOCKING_SEND_TIMEOUT_PROPERTY,
  DEFAULT_BLOCKING_SEND_TIMEOUT,
  DEFAULT_BUFFER_SIZE,
  INTERNAL_OPCODE_FLUSH,
  MAX_CONTROL_PAYLOAD,
} from './constants.ts';
import { Fragments } from './fragments.ts';
import { frameHeader, maskInPlace } from './frame-writer.ts';
import { FutureToSendHandler } from './future-to-send-handler.ts';
import type { SendHandler, SendResult } from './javax.ts';
import { MessageBuffer } from './message-buffer.ts';
import { StateMachine } from './state-machine.ts';
import type { MessagePart, Transformation } from './transformation.ts';
import { generateMask } from './util.ts';
import type { WsSession } from './ws-session.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase
 * @omits encoders of objects
 */
export abstract class WsRemoteEndpointImplBase {
  readonly stateMachine = new StateMachine();
  protected readonly sim: Sim;
  #wsSession: WsSession | undefined;
  #transformation: Transformation | undefined;
  readonly #messagePartQueue: MessagePart[] = [];
  #messagePartInProgress = false;
  readonly #fragments = new Fragments();
  #batchingAllowed = false;
  readonly #outputBuffer = new MessageBuffer(0);
  #sendTimeout: Milliseconds = -1;

  constructor(sim: Sim) {
    this.sim = sim;
  }

  /** Writes buffers one after the other, and tells `handler` how it went. */
  protected abstract doWrite(
    handler: SendHandler | undefined,
    buffers: readonly Uint8Array[],
  ): Promise<void>;

  /** Whether frames are masked: a client's are. */
  protected abstract isMasked(): boolean;

  protected abstract doClose(): Promise<void>;

  setSession(wsSession: WsSession): void {
    this.#wsSession = wsSession;
  }

  setTransformation(transformation: Transformation): void {
    this.#transformation = transformation;
  }

  getSendTimeout(): Milliseconds {
    return this.#sendTimeout;
  }

  setSendTimeout(timeout: Milliseconds): void {
    this.#sendTimeout = timeout;
  }

  getBatchingAllowed(): boolean {
    return this.#batchingAllowed;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.setBatchingAllowed
   */
  async setBatchingAllowed(allowed: boolean): Promise<void> {
    const before = this.#batchingAllowed;
    this.#batchingAllowed = allowed;
    if (before && !allowed) await this.flushBatch();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.flushBatch
   */
  async flushBatch(): Promise<void> {
    await this.startMessageBlock(INTERNAL_OPCODE_FLUSH, undefined, true);
  }

  /**
   * Sends a ping or a pong.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.sendPing
   * @throws {IllegalArgumentException} for more than 125 bytes
   */
  async sendControl(opCode: number, data: Uint8Array): Promise<void> {
    if (data.length > MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
        'Ping or pong may not send more than 125 bytes',
      );
    }
    await this.startMessageBlock(opCode, data, true);
  }

  /**
   * Sends a part and waits until it has been written.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.startMessageBlock
   * @throws {IOException} when it could not be written, or not in time
   */
  async startMessageBlock(
    opCode: number,
    payload: Uint8Array | undefined,
    last: boolean,
  ): Promise<void> {
    const future = this.newFuture();
    await this.startMessage(opCode, payload, last, future);
    await this.waitFor(future);
  }

  /** A handler to wait for; it fails when the session is closed. */
  newFuture(): FutureToSendHandler {
    const future = new FutureToSendHandler(this.sim);
    this.#wsSession?.registerFuture(future);
    return future;
  }

  /** Waits as long as a blocking send may take. */
  async waitFor(future: FutureToSendHandler): Promise<void> {
    try {
      await future.get(this.#getBlockingSendTimeout());
    } finally {
      this.#wsSession?.unregisterFuture(future);
    }
  }

  /**
   * Writes a part of a message, or queues it behind the one being written.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.startMessage
   */
  async startMessage(
    opCode: number,
    payload: Uint8Array | undefined,
    last: boolean,
    handler: SendHandler,
  ): Promise<void> {
    this.#wsSession?.updateLastActive();
    const endHandler: SendHandler = {
      onResult: (result) => this.#endMessage(handler, result),
    };
    const part = { fin: last, rsv: 0, opCode, payload, endHandler };
    const parts = this.#transformation?.sendMessagePart([part]) ?? [part];
    const [first, ...rest] = parts;
    if (first === undefined) {
      // A compressor has taken it, and gives it out with a later part.
      await handler.onResult({ exception: undefined });
      return;
    }
    if (this.#messagePartInProgress) {
      this.#messagePartQueue.push(first, ...rest);
      return;
    }
    this.#messagePartInProgress = true;
    this.#messagePartQueue.push(...rest);
    await this.#writeMessagePart(first);
  }

  /**
   * A part has been written, or not: the next one may go.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.endMessage
   */
  async #endMessage(
    handler: SendHandler | undefined,
    result: SendResult,
  ): Promise<void> {
    this.#fragments.written();
    const next = this.#messagePartQueue.shift();
    if (next === undefined) this.#messagePartInProgress = false;
    else if (!this.#fragments.closed) await this.#writeMessagePart(next);
    this.#wsSession?.updateLastActive();
    await handler?.onResult(result);
  }

  /**
   * Writes one frame.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.writeMessagePart
   * @throws {IllegalStateException} after a close frame
   */
  async #writeMessagePart(part: MessagePart): Promise<void> {
    if (this.#fragments.closed) {
      throw new IllegalStateException(
        'Message will not be sent because the WebSocket session has been closed',
      );
    }
    const handler = part.endHandler ?? {
      onResult: (result) => this.#endMessage(undefined, result),
    };
    const first = this.#fragments.note(part);
    if (part.opCode === INTERNAL_OPCODE_FLUSH) {
      await this.doWrite(handler, [this.#outputBuffer.take()]);
      return;
    }
    const payload = part.payload ?? new Uint8Array(0);
    const mask = this.isMasked() ? generateMask(this.sim.chance) : undefined;
    const header = frameHeader(part, payload.length, first, mask);
    if (this.#batchingAllowed || mask !== undefined) {
      const bytes = mask === undefined ? payload : payload.slice();
      if (mask !== undefined) maskInPlace(bytes, mask);
      await this.#writeBuffered(handler, header, bytes);
    } else {
      await this.doWrite(handler, [header, payload]);
    }
  }

  /**
   * Writes by way of a buffer, which is emptied when it is full, and at the
   * end unless more is to come with it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java OutputBufferSendHandler.write
   */
  async #writeBuffered(
    handler: SendHandler,
    header: Uint8Array,
    payload: Uint8Array,
  ): Promise<void> {
    const buffer = this.#outputBuffer;
    if (buffer.capacity === 0) buffer.resize(DEFAULT_BUFFER_SIZE);
    const full: Uint8Array[] = [];
    for (const bytes of [header, payload]) {
      let at = buffer.put(bytes);
      while (at < bytes.length) {
        full.push(buffer.take());
        at += buffer.put(bytes.subarray(at));
      }
    }
    if (!this.#batchingAllowed) full.push(buffer.take());
    if (full.length === 0) await handler.onResult({ exception: undefined });
    else await this.doWrite(handler, full);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.getBlockingSendTimeout
   */
  #getBlockingSendTimeout(): Milliseconds {
    const property = this.#wsSession
      ?.getUserProperties()
      .get(BLOCKING_SEND_TIMEOUT_PROPERTY);
    return typeof property === 'number'
      ? property
      : DEFAULT_BLOCKING_SEND_TIMEOUT;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.close
   */
  async close(): Promise<void> {
    await this.doClose();
  }
}
