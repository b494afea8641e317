/**
 * Makes messages of payloads: control frames at once, data when the endpoint
 * can take it, whole or in parts.
 *
 * Text is decoded as it comes, so a fault in it is found at its first byte,
 * not at the end of the message. Control frames may come between the frames of a
 * message; they have a buffer of their own.
 */
import { IllegalStateException } from '../java/exceptions.ts';
import { decode } from '../util/buf/utf8-decoder.ts';
import { MAX_CONTROL_PAYLOAD } from './constants.ts';
import { controlFrameOf, toCloseReason } from './frame-control.ts';
import { protocolError } from './frame-header.ts';
import { checkSize, invalidUtf8, textTooBig } from './message-limits.ts';
import type { FrameState } from './frame-state.ts';
import { CLOSED_ABNORMALLY, CloseReason, TOO_BIG } from './javax.ts';
import type { BinaryMessageHandler, TextMessageHandler } from './javax.ts';
import { MessageBuffer } from './message-buffer.ts';
import type { Transformation, TransformationResult } from './transformation.ts';
import { grouped } from './util.ts';
import { WsIOException } from './ws-io-exception.ts';
import type { WsSession } from './ws-session.ts';

/** The part of the parser that deals with payloads. */
export class FrameMessages {
  readonly #frame: FrameState;
  readonly #wsSession: WsSession;
  readonly #transformation: Transformation;
  readonly #controlBuffer = new MessageBuffer(MAX_CONTROL_PAYLOAD);
  readonly #messageBuffer = new MessageBuffer(0);
  #text = '';
  /** In chars: how much text is kept for a handler. */
  #textCapacity = 0;
  #textMsgHandler: TextMessageHandler | undefined;
  #binaryMsgHandler: BinaryMessageHandler | undefined;

  constructor(
    frame: FrameState,
    wsSession: WsSession,
    transformation: Transformation,
  ) {
    this.#frame = frame;
    this.#wsSession = wsSession;
    this.#transformation = transformation;
  }

  /**
   * Fixes limits and handler for the whole message that begins.
   *
   * @throws {WsIOException} 1002 when the session is closed already
   */
  startMessage(textMessage: boolean): void {
    try {
      this.#messageBuffer.resize(
        this.#wsSession.getMaxBinaryMessageBufferSize(),
      );
      this.#textCapacity = this.#wsSession.getMaxTextMessageBufferSize();
    } catch (error) {
      if (!(error instanceof IllegalStateException)) throw error;
      throw protocolError(
        'The client data cannot be processed because the session has already been closed',
      );
    }
    if (textMessage) {
      this.#textMsgHandler = this.#wsSession.getTextMessageHandler();
    } else {
      this.#binaryMsgHandler = this.#wsSession.getBinaryMessageHandler();
    }
  }

  /**
   * Uses payload of the current frame.
   *
   * @returns true at the end of the frame, false while more must come
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processData
   */
  async processData(): Promise<boolean> {
    const { opCode, textMessage } = this.#frame;
    if ((opCode & 0x08) !== 0) return this.#processDataControl();
    if (textMessage) {
      return this.#textMsgHandler === undefined
        ? this.#swallowInput()
        : this.#processDataText(this.#textMsgHandler);
    }
    return this.#binaryMsgHandler === undefined
      ? this.#swallowInput()
      : this.#processDataBinary(this.#binaryMsgHandler);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processDataControl
   * @throws {WsIOException} 1002 for a close frame that says it badly
   */
  async #processDataControl(): Promise<boolean> {
    const result = this.#getMoreData(this.#controlBuffer);
    if (result === 'UNDERFLOW') return false;
    const frame = this.#frame;
    const payload = this.#controlBuffer.take();
    const kind = controlFrameOf(frame.opCode);
    if (kind === 'close') {
      frame.open = false;
      await this.#wsSession.onClose(toCloseReason(payload));
    } else if (kind === 'ping') {
      if (this.#wsSession.isOpen()) {
        await this.#wsSession.getBasicRemote().sendPong(payload);
      }
    } else {
      await this.#deliver(async () => {
        await this.#wsSession.getPongMessageHandler()?.onMessage(payload);
      });
    }
    frame.newFrame();
    return true;
  }

  /**
   * Decodes text and delivers it whole, or in parts.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processDataText
   * @throws {WsIOException} 1007 for bytes that are not UTF-8, 1009 for a text
   *   that does not fit
   */
  async #processDataText(handler: TextMessageHandler): Promise<boolean> {
    const frame = this.#frame;
    for (;;) {
      const result = this.#getMoreData(this.#messageBuffer);
      await this.#decodeText(handler, false);
      if (result === 'UNDERFLOW') return false;
      if (result === 'END_OF_FRAME') break;
      // With a negative length, which only the fault lets pass, nothing is
      // ever taken and this loop does not end.
      if (frame.payloadLength < 0) await this.#wsSession.pause();
    }
    if (frame.continuationExpected) {
      if (handler.partial) await this.#sendMessageText(handler, false);
      frame.newFrame();
      return true;
    }
    await this.#decodeText(handler, true);
    await this.#sendMessageText(handler, true);
    this.#newMessage();
    return true;
  }

  /** Decodes what is there; a full buffer goes to who takes parts. */
  async #decodeText(
    handler: TextMessageHandler,
    endOfInput: boolean,
  ): Promise<void> {
    for (;;) {
      const room = this.#textCapacity - this.#text.length;
      const bytes = this.#messageBuffer.view();
      const { result, consumed, chars } = decode(bytes, room, endOfInput);
      if (result === 'error') {
        throw invalidUtf8();
      }
      this.#text += chars;
      this.#messageBuffer.consume(consumed);
      if (result === 'underflow') return;
      if (!handler.partial) {
        throw textTooBig();
      }
      await this.#sendMessageText(handler, false);
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processDataBinary
   * @throws {WsIOException} 1009 for a message that does not fit
   */
  async #processDataBinary(handler: BinaryMessageHandler): Promise<boolean> {
    const frame = this.#frame;
    const buffer = this.#messageBuffer;
    for (;;) {
      const result = this.#getMoreData(buffer);
      if (result === 'UNDERFLOW') return false;
      if (result === 'END_OF_FRAME') break;
      if (!handler.partial) {
        throw new WsIOException(
          new CloseReason(
            TOO_BIG,
            `No async message support and buffer too small. Buffer size: [${grouped(buffer.capacity)}], Message size: [${grouped(frame.payloadLength)}]`,
          ),
        );
      }
      await this.#sendMessageBinary(handler, buffer.take(), false);
    }
    const last = !frame.continuationExpected;
    if (handler.partial || last) {
      await this.#sendMessageBinary(handler, buffer.take(), last);
    }
    if (last) this.#newMessage();
    else frame.newFrame();
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.sendMessageText
   */
  async #sendMessageText(
    handler: TextMessageHandler,
    last: boolean,
  ): Promise<void> {
    const text = this.#text;
    this.#text = '';
    checkSize(text.length, handler.maxMessageSize);
    await this.#deliver(() => handler.onMessage(text, last));
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.sendMessageBinary
   */
  async #sendMessageBinary(
    handler: BinaryMessageHandler,
    message: Uint8Array,
    last: boolean,
  ): Promise<void> {
    checkSize(message.length, handler.maxMessageSize);
    await this.#deliver(() => handler.onMessage(message, last));
  }

  /**
   * Calls the application; what it throws ends the connection.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.handleThrowableOnSend
   * @throws {WsIOException} 1006, which goes out as 1002
   */
  async #deliver(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      await this.#wsSession.fireEndpointOnError(error as Error);
      throw new WsIOException(
        new CloseReason(
          CLOSED_ABNORMALLY,
          'An unrecoverable IOException occurred so the connection was closed',
        ),
      );
    }
  }

  /**
   * Skips a message that the endpoint has no handler for.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.swallowInput
   */
  #swallowInput(): boolean {
    const frame = this.#frame;
    const left = frame.payloadLength - frame.payloadWritten;
    const skipped = Math.min(left, frame.unread);
    frame.readPos += skipped;
    frame.payloadWritten += skipped;
    if (frame.payloadWritten !== frame.payloadLength) return false;
    if (frame.continuationExpected) frame.newFrame();
    else this.#newMessage();
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.newMessage
   */
  #newMessage(): void {
    this.#messageBuffer.clear();
    this.#text = '';
    this.#frame.continuationExpected = false;
    this.#frame.newFrame();
  }

  #getMoreData(destination: MessageBuffer): TransformationResult {
    const { opCode, fin, rsv } = this.#frame;
    return this.#transformation.getMoreData(opCode, fin, rsv, destination);
  }
}
