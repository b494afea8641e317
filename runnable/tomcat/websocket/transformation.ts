/**
 * What happens to payloads between the frames and the messages.
 *
 * Extensions form a chain: a frame's payload is pulled through it from the
 * end, where bytes are unmasked, and a message is pushed through it from the
 * front, before headers are written.
 */
import type { Extension, SendHandler } from './javax.ts';
import type { MessageBuffer } from './message-buffer.ts';

/**
 * `END_OF_FRAME`: the frame's payload is used up; `UNDERFLOW`: more bytes of
 * it must come; `OVERFLOW`: the destination is full.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/TransformationResult.java TransformationResult
 */
export type TransformationResult = 'UNDERFLOW' | 'OVERFLOW' | 'END_OF_FRAME';

/**
 * A frame that is to be written.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/MessagePart.java MessagePart
 */
export interface MessagePart {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opCode: number;
  /** Absent when a part only empties the batch. */
  readonly payload: Uint8Array | undefined;
  /** Told when the frame has been written; one message has one that counts. */
  readonly endHandler: SendHandler | undefined;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Transformation.java Transformation
 */
export interface Transformation {
  /** Adds a transformation at the end of the chain. */
  setNext(next: Transformation): void;
  /** Whether no two transformations of the chain use the same bit. */
  validateRsvBits(used: number): boolean;
  /** What the handshake's answer says of it; undefined for nothing. */
  getExtensionResponse(): Extension | undefined;
  /** Fills `destination` with payload of the current frame. */
  getMoreData(
    opCode: number,
    fin: boolean,
    rsv: number,
    destination: MessageBuffer,
  ): TransformationResult;
  /** Whether a frame with this opcode may have these reserved bits. */
  validateRsv(rsv: number, opCode: number): boolean;
  /** Turns parts of a message into what is written. */
  sendMessagePart(parts: readonly MessagePart[]): readonly MessagePart[];
}
