/**
 * Where the writer is: in the middle of a message, or after the close frame.
 */
import { IllegalStateException } from '../java/exceptions.ts';
import { INTERNAL_OPCODE_FLUSH, OPCODE_CLOSE } from './constants.ts';
import type { MessagePart } from './transformation.ts';
import { isControl, isText } from './util.ts';

/** Keeps account of the fragments that are written. */
export class Fragments {
  /** Whether a close frame has been written: nothing may follow it. */
  closed = false;
  /** Whether the peer is in the middle of a message, and of which kind. */
  #fragmented = false;
  #text = false;
  #nextFragmented = false;
  #nextText = false;

  /**
   * A part is about to be written.
   *
   * @returns whether its frame is the first of a message
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.writeMessagePart (part)
   * @throws {IllegalStateException} when it belongs to another message
   */
  note({ opCode, fin }: MessagePart): boolean {
    if (opCode === INTERNAL_OPCODE_FLUSH || isControl(opCode)) {
      this.#nextFragmented = this.#fragmented;
      this.#nextText = this.#text;
      if (opCode === OPCODE_CLOSE) this.closed = true;
      return true;
    }
    const text = isText(opCode);
    if (this.#fragmented && this.#text !== text) {
      throw new IllegalStateException(
        'When sending a fragmented message, all fragments must be of the same type',
      );
    }
    const first = !this.#fragmented;
    this.#nextFragmented = !fin;
    this.#nextText = text;
    return first;
  }

  /** The part has been written. */
  written(): void {
    this.#fragmented = this.#nextFragmented;
    this.#text = this.#nextText;
  }
}
