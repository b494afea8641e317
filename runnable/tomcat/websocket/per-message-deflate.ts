/**
 * Compression of messages, RFC 7692.
 *
 * The reserved bit RSV1 of a message's first frame says that the message is
 * compressed. Both sides keep their window from message to message unless the
 * handshake said otherwise, so a message that one side skips without
 * inflating it breaks all that follow.
 */
import type { Ports, RawDeflate, RawInflate } from '../../ports.ts';
import {
  IllegalArgumentException,
  IOException,
  RuntimeException,
} from '../java/exceptions.ts';
import { concat } from '../util/buf/bytes.ts';
import { DEFAULT_BUFFER_SIZE, INTERNAL_OPCODE_FLUSH } from './constants.ts';
import type { Extension } from './javax.ts';
import { MessageBuffer } from './message-buffer.ts';
import { extensionOf } from './per-message-deflate-parameters.ts';
import type { DeflateParameters } from './per-message-deflate-parameters.ts';
import type {
  MessagePart,
  Transformation,
  TransformationResult,
} from './transformation.ts';
import { isContinuation, isControl } from './util.ts';

/** RSV1. */
const RSV_BITMASK = 4;

/** What a sync flush ends with; it is left out on the wire. */
const EOM_BYTES = Uint8Array.from([0, 0, 0xff, 0xff]);

const empty: Uint8Array = new Uint8Array(0);

/** A reference to nothing was followed. */
class NullPointerException extends RuntimeException {
  override name = 'NullPointerException';
  override readonly javaName = 'java.lang.NullPointerException';
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate
 */
export class PerMessageDeflate implements Transformation {
  readonly #parameters: DeflateParameters;
  readonly #isServer: boolean;
  readonly #inflater: RawInflate;
  readonly #deflater: RawDeflate;
  readonly #readBuffer = new MessageBuffer(DEFAULT_BUFFER_SIZE);
  #next: Transformation | undefined;
  #skipDecompression = false;
  /** Bytes for the inflater, and what came out and has not been taken. */
  #input = empty;
  #output = empty;
  #usedEomBytes = false;
  /** Compressed data of an unfinished message, less than a frame of it. */
  #compressed = empty;
  #emptyMessage = true;
  #firstCompressedFrameWritten = false;

  constructor(parameters: DeflateParameters, isServer: boolean, ports: Ports) {
    this.#parameters = parameters;
    this.#isServer = isServer;
    this.#inflater = ports.newInflate();
    this.#deflater = ports.newDeflate();
  }

  setNext(next: Transformation): void {
    if (this.#next === undefined) this.#next = next;
    else this.#next.setNext(next);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.validateRsvBits
   */
  validateRsvBits(used: number): boolean {
    if ((used & RSV_BITMASK) !== 0) return false;
    return this.#next?.validateRsvBits(used | RSV_BITMASK) ?? true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.getExtensionResponse
   */
  getExtensionResponse(): Extension {
    return extensionOf(this.#parameters);
  }

  /**
   * A control frame may not have the bit, a data frame may or may not.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.validateRsv
   */
  validateRsv(rsv: number, opCode: number): boolean {
    const rest = isControl(opCode) ? rsv : rsv & ~RSV_BITMASK;
    if (isControl(opCode) && (rsv & RSV_BITMASK) !== 0) return false;
    return this.#next?.validateRsv(rest, opCode) ?? true;
  }

  /**
   * Inflates until the destination is full or the frame is used up.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.getMoreData
   * @throws {IOException} when the data is not deflated data
   */
  getMoreData(
    opCode: number,
    fin: boolean,
    rsv: number,
    destination: MessageBuffer,
  ): TransformationResult {
    const isData = !isControl(opCode);
    if (isData && !isContinuation(opCode)) {
      this.#skipDecompression = (rsv & RSV_BITMASK) === 0;
    }
    if (!isData || this.#skipDecompression) {
      return this.#pull(opCode, fin, rsv, destination);
    }
    while (destination.remaining > 0) {
      this.#inflate();
      const written = destination.put(this.#output);
      this.#output = this.#output.subarray(written);
      const wantsInput = this.#output.length === 0 && !this.#usedEomBytes;
      if (wantsInput && destination.remaining > 0) {
        const result = this.#refill(opCode, fin, rsv ^ RSV_BITMASK);
        if (result !== undefined) return result;
      } else if (!wantsInput && written === 0) {
        return this.#endOfFrame(fin);
      }
    }
    return 'OVERFLOW';
  }

  /**
   * Gets input for the inflater.
   *
   * @returns the result to return, when there is nothing to inflate now
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.getMoreData (part)
   */
  #refill(
    opCode: number,
    fin: boolean,
    rsv: number,
  ): TransformationResult | undefined {
    const result = this.#pull(opCode, fin, rsv, this.#readBuffer);
    this.#input = this.#readBuffer.take();
    if (result === 'UNDERFLOW') return result;
    if (result !== 'END_OF_FRAME' || this.#input.length > 0) return undefined;
    if (!fin) return result;
    this.#input = EOM_BYTES;
    this.#usedEomBytes = true;
    return undefined;
  }

  #pull(
    opCode: number,
    fin: boolean,
    rsv: number,
    destination: MessageBuffer,
  ): TransformationResult {
    return (
      this.#next?.getMoreData(opCode, fin, rsv, destination) ?? 'END_OF_FRAME'
    );
  }

  #inflate(): void {
    if (this.#input.length === 0) return;
    try {
      const output = this.#inflater.inflate(this.#input);
      this.#output = concat([this.#output, output]);
    } catch (cause) {
      throw new IOException(
        'Failed to decompress a compressed WebSocket frame',
        { cause },
      );
    }
    this.#input = empty;
  }

  #endOfFrame(fin: boolean): TransformationResult {
    const { serverContextTakeover, clientContextTakeover } = this.#parameters;
    const keepsWindow = this.#isServer
      ? clientContextTakeover
      : serverContextTakeover;
    if (fin && !keepsWindow) this.#inflater.reset();
    this.#usedEomBytes = false;
    return 'END_OF_FRAME';
  }

  /**
   * Compresses the parts of a message; control frames pass as they are.
   *
   * A control frame that is not empty makes the next message count as not
   * empty, too: a defect of 7.0.88, by which an empty text fails after a ping.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.sendMessagePart
   * @throws {RuntimeException} when asked to empty the batch, as upstream does
   */
  sendMessagePart(parts: readonly MessagePart[]): readonly MessagePart[] {
    const all = parts.flatMap((part) => {
      const { opCode, payload, fin } = part;
      if (payload === undefined || opCode === INTERNAL_OPCODE_FLUSH) {
        throw new NullPointerException();
      }
      this.#emptyMessage &&= payload.length === 0;
      if (isControl(opCode)) return [part];
      if (this.#emptyMessage && fin) return [part];
      return this.#compress(part, payload);
    });
    return this.#next?.sendMessagePart(all) ?? all;
  }

  #compress(part: MessagePart, payload: Uint8Array): MessagePart[] {
    const { fin } = part;
    const output = fin
      ? this.#deflater.deflate(payload)
      : this.#deflater.deflatePart(payload);
    const end = output.length - (fin ? EOM_BYTES.length : 0);
    if (end < 0) {
      throw new IllegalArgumentException('newLimit < 0: (-4 < 0)');
    }
    let rest = concat([this.#compressed, output.subarray(0, end)]);
    const frames: MessagePart[] = [];
    const add = (size: number, isLast: boolean): void => {
      const { opCode } = part;
      const payload = rest.slice(0, size);
      const rsv = this.#getRsv();
      frames.push({ fin: isLast, rsv, opCode, payload, endHandler: undefined });
      rest = rest.subarray(size);
    };
    while (rest.length > DEFAULT_BUFFER_SIZE) add(DEFAULT_BUFFER_SIZE, false);
    if (fin) add(rest.length, true);
    this.#compressed = rest.slice();
    if (fin) this.#startNewMessage();
    return frames.map((frame, index) =>
      index === frames.length - 1
        ? { ...frame, endHandler: part.endHandler }
        : frame,
    );
  }

  /**
   * The bit goes on a message's first frame.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.getRsv
   */
  #getRsv(): number {
    if (this.#firstCompressedFrameWritten) return 0;
    this.#firstCompressedFrameWritten = true;
    return RSV_BITMASK;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.startNewMessage
   */
  #startNewMessage(): void {
    const { serverContextTakeover, clientContextTakeover } = this.#parameters;
    this.#firstCompressedFrameWritten = false;
    this.#emptyMessage = true;
    const keepsWindow = this.#isServer
      ? serverContextTakeover
      : clientContextTakeover;
    if (!keepsWindow) this.#deflater.reset();
  }
}
