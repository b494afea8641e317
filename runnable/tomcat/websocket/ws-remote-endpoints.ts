/**
 * What an application sends through: the blocking and the asynchronous way,
 * text and binary, whole and in parts.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import { IllegalStateException } from '../java/exceptions.ts';
import {
  DEFAULT_BUFFER_SIZE,
  OPCODE_BINARY,
  OPCODE_PING,
  OPCODE_PONG,
  OPCODE_TEXT,
} from './constants.ts';
import type {
  MessageWriter,
  RemoteEndpointAsync,
  RemoteEndpointBasic,
  SendHandler,
  SendResult,
} from './javax.ts';
import { MessageBuffer } from './message-buffer.ts';
import { checkEncodable, encodeInto } from './utf8.ts';
import type { WsRemoteEndpointImplBase } from './ws-remote-endpoint-impl-base.ts';

/**
 * What both ways have.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointBase.java WsRemoteEndpointBase
 */
class WsRemoteEndpointBase {
  protected readonly base: WsRemoteEndpointImplBase;

  constructor(base: WsRemoteEndpointImplBase) {
    this.base = base;
  }

  async setBatchingAllowed(allowed: boolean): Promise<void> {
    await this.base.setBatchingAllowed(allowed);
  }

  async flushBatch(): Promise<void> {
    await this.base.flushBatch();
  }

  async sendPing(data: Uint8Array): Promise<void> {
    await this.base.sendControl(OPCODE_PING, data);
  }

  async sendPong(data: Uint8Array): Promise<void> {
    await this.base.sendControl(OPCODE_PONG, data);
  }
}

/**
 * Sends and returns when everything has been written.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointBasic.java WsRemoteEndpointBasic
 */
export class WsRemoteEndpointBasic
  extends WsRemoteEndpointBase
  implements RemoteEndpointBasic
{
  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointBasic.java WsRemoteEndpointBasic.sendText
   */
  async sendText(text: string): Promise<void> {
    this.base.stateMachine.textStart();
    const future = this.base.newFuture();
    await sendTextMessage(this.base, text, true, completing(this.base, future));
    await this.base.waitFor(future);
  }

  async sendTextPart(fragment: string, isLast: boolean): Promise<void> {
    this.base.stateMachine.textPartialStart();
    const future = this.base.newFuture();
    await sendTextMessage(this.base, fragment, isLast, future);
    await this.base.waitFor(future);
    this.base.stateMachine.complete(isLast);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointBasic.java WsRemoteEndpointBasic.sendBinary
   */
  async sendBinary(data: Uint8Array): Promise<void> {
    this.base.stateMachine.binaryStart();
    await this.base.startMessageBlock(OPCODE_BINARY, data, true);
    this.base.stateMachine.complete(true);
  }

  async sendBinaryPart(fragment: Uint8Array, isLast: boolean): Promise<void> {
    this.base.stateMachine.binaryPartialStart();
    await this.base.startMessageBlock(OPCODE_BINARY, fragment, isLast);
    this.base.stateMachine.complete(isLast);
  }

  getSendStream(): MessageWriter<Uint8Array> {
    this.base.stateMachine.streamStart();
    return new BufferedMessage(
      this.base,
      OPCODE_BINARY,
      (bytes, at, target) => {
        const size = Math.min(bytes.length - at, target.remaining);
        target.put(bytes.subarray(at, at + size));
        return size;
      },
    );
  }

  getSendWriter(): MessageWriter<string> {
    this.base.stateMachine.writeStart();
    return new BufferedMessage(this.base, OPCODE_TEXT, (text, at, target) => {
      const room = new Uint8Array(target.remaining);
      const { read, written } = encodeInto(text, at, room);
      target.put(room.subarray(0, written));
      return read;
    });
  }
}

/**
 * Sends and tells a handler when everything has been written.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointAsync.java WsRemoteEndpointAsync
 */
export class WsRemoteEndpointAsync
  extends WsRemoteEndpointBase
  implements RemoteEndpointAsync
{
  getSendTimeout(): Milliseconds {
    return this.base.getSendTimeout();
  }

  setSendTimeout(timeout: Milliseconds): void {
    this.base.setSendTimeout(timeout);
  }

  async sendText(text: string, handler: SendHandler): Promise<void> {
    this.base.stateMachine.textStart();
    await sendTextMessage(
      this.base,
      text,
      true,
      completing(this.base, handler),
    );
  }

  async sendBinary(data: Uint8Array, handler: SendHandler): Promise<void> {
    this.base.stateMachine.binaryStart();
    const completed = completing(this.base, handler);
    await this.base.startMessage(OPCODE_BINARY, data, true, completed);
  }
}

/**
 * Opens the state machine for the next message before `handler` is told. A
 * send that failed leaves it as it is.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java StateUpdateSendHandler.onResult
 */
function completing(
  base: WsRemoteEndpointImplBase,
  handler: SendHandler,
): SendHandler {
  return {
    onResult: async (result: SendResult) => {
      if (result.exception === undefined) base.stateMachine.complete(true);
      await handler.onResult(result);
    },
  };
}

/**
 * Encodes text buffer by buffer; each full buffer becomes a frame, and no
 * character is cut in two.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.TextMessageSendHandler
 * @differs text that has no UTF-8 is refused before any of it is sent
 */
async function sendTextMessage(
  base: WsRemoteEndpointImplBase,
  text: string,
  isLast: boolean,
  handler: SendHandler,
): Promise<void> {
  checkEncodable(text);
  let at = 0;
  const write = async (): Promise<void> => {
    const buffer = new Uint8Array(
      Math.min(DEFAULT_BUFFER_SIZE, 3 * (text.length - at)),
    );
    const { read, written } = encodeInto(text, at, buffer);
    at += read;
    const isDone = at >= text.length;
    await base.startMessage(
      OPCODE_TEXT,
      buffer.subarray(0, written),
      isDone && isLast,
      {
        onResult: async (result) => {
          if (isDone || result.exception !== undefined) {
            await handler.onResult(result);
          } else {
            await write();
          }
        },
      },
    );
  };
  await write();
}

/**
 * A message that is written through a stream or a writer.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.WsOutputStream
 */
class BufferedMessage<
  Piece extends { readonly length: number },
> implements MessageWriter<Piece> {
  readonly #base: WsRemoteEndpointImplBase;
  readonly #opCode: number;
  readonly #fill: (piece: Piece, at: number, target: MessageBuffer) => number;
  readonly #buffer = new MessageBuffer(DEFAULT_BUFFER_SIZE);
  #closed = false;

  constructor(
    base: WsRemoteEndpointImplBase,
    opCode: number,
    fill: (piece: Piece, at: number, target: MessageBuffer) => number,
  ) {
    this.#base = base;
    this.#opCode = opCode;
    this.#fill = fill;
  }

  async write(piece: Piece): Promise<void> {
    this.#checkOpen();
    let at = this.#fill(piece, 0, this.#buffer);
    while (at < piece.length) {
      await this.#doWrite(false);
      at += this.#fill(piece, at, this.#buffer);
    }
  }

  /** Sends what there is as a fragment, even if that is nothing. */
  async flush(): Promise<void> {
    this.#checkOpen();
    await this.#doWrite(false);
  }

  async close(): Promise<void> {
    this.#checkOpen();
    this.#closed = true;
    await this.#doWrite(true);
  }

  async #doWrite(last: boolean): Promise<void> {
    const bytes = this.#buffer.take();
    await this.#base.startMessageBlock(this.#opCode, bytes, last);
    this.#base.stateMachine.complete(last);
  }

  #checkOpen(): void {
    if (!this.#closed) return;
    throw new IllegalStateException('The message has been closed');
  }
}
