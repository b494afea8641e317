/**
 * What the parser knows of the frame it is in, and the bytes it has not used.
 */
import type { MessageBuffer } from './message-buffer.ts';
import type {
  MessagePart,
  Transformation,
  TransformationResult,
} from './transformation.ts';
import { DEFAULT_BUFFER_SIZE } from './constants.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.State
 */
export type FrameParserState = 'NEW_FRAME' | 'PARTIAL_HEADER' | 'DATA';

/** The parser's states, in upstream's order. */
export const frameParserStates: readonly FrameParserState[] = [
  'NEW_FRAME',
  'PARTIAL_HEADER',
  'DATA',
];

/** A control frame with a client's header fits into this many bytes. */
const CONTROL_FRAME_ROOM = 131;

/** The parser's fields, shared with the transformation that unmasks. */
export class FrameState {
  state: FrameParserState = 'NEW_FRAME';
  /** False once a close frame was read, whatever the session's state. */
  open = true;
  fin = false;
  rsv = 0;
  opCode = 0;
  readonly mask = new Uint8Array(4);
  maskIndex = 0;
  payloadLength = 0;
  payloadWritten = 0;
  /** Whether the message goes on in another frame. */
  continuationExpected = false;
  /** Of the current message; it holds for its continuations. */
  textMessage = false;
  readonly inputBuffer = new Uint8Array(DEFAULT_BUFFER_SIZE);
  readPos = 0;
  writePos = 0;

  /** How many bytes wait to be parsed. */
  get unread(): number {
    return this.writePos - this.readPos;
  }

  /** The next byte. */
  next(): number {
    return this.inputBuffer[this.readPos++] ?? 0;
  }

  /**
   * @story on state: With the last byte of its payload the frame is done, and the parser is ready for the next.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.newFrame
   */
  newFrame(): void {
    if (this.readPos === this.writePos) {
      this.readPos = 0;
      this.writePos = 0;
    }
    this.maskIndex = 0;
    this.payloadLength = 0;
    this.payloadWritten = 0;
    this.state = 'NEW_FRAME';
    this.checkRoomHeaders();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.checkRoomHeaders
   */
  checkRoomHeaders(): void {
    if (this.inputBuffer.length - this.readPos < CONTROL_FRAME_ROOM) {
      this.#makeRoom();
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.checkRoomPayload
   */
  checkRoomPayload(): void {
    const left = this.payloadLength - this.payloadWritten;
    if (this.inputBuffer.length - this.readPos < left) {
      this.#makeRoom();
    }
  }

  /**
   * Moves what is unread to the front.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.makeRoom
   */
  #makeRoom(): void {
    this.inputBuffer.copyWithin(0, this.readPos, this.writePos);
    this.writePos -= this.readPos;
    this.readPos = 0;
  }
}

/**
 * The end of the chain: payload as it came, unmasked if it is masked.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.UnmaskTransformation
 * @differs upstream has one class that unmasks and one that does not
 */
export class TerminalTransformation implements Transformation {
  readonly #frame: FrameState;
  readonly #masked: boolean;

  constructor(frame: FrameState, masked: boolean) {
    this.#frame = frame;
    this.#masked = masked;
  }

  setNext(): void {
    // Nothing can come after the end.
  }

  validateRsvBits(): boolean {
    return true;
  }

  getExtensionResponse(): undefined {
    return undefined;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java UnmaskTransformation.getMoreData
   */
  getMoreData(
    _opCode: number,
    _fin: boolean,
    _rsv: number,
    destination: MessageBuffer,
  ): TransformationResult {
    const frame = this.#frame;
    const wanted = frame.payloadLength - frame.payloadWritten;
    const size = Math.max(
      0,
      Math.min(wanted, frame.unread, destination.remaining),
    );
    const end = frame.readPos + size;
    const bytes = frame.inputBuffer.subarray(frame.readPos, end);
    if (this.#masked) unmask(bytes, frame);
    destination.put(bytes);
    frame.readPos = end;
    frame.payloadWritten += size;
    if (frame.payloadWritten === frame.payloadLength) return 'END_OF_FRAME';
    return frame.unread === 0 ? 'UNDERFLOW' : 'OVERFLOW';
  }

  /** Nobody has given the reserved bits a meaning. */
  validateRsv(rsv: number): boolean {
    return rsv === 0;
  }

  sendMessagePart(parts: readonly MessagePart[]): readonly MessagePart[] {
    return parts;
  }
}

/** Removes the mask in place; the buffer's bytes are read only once. */
function unmask(bytes: Uint8Array, frame: FrameState): void {
  const { mask } = frame;
  let at = frame.maskIndex;
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (bytes[index] ?? 0) ^ (mask[at & 3] ?? 0);
    at += 1;
  }
  frame.maskIndex = at & 3;
}
