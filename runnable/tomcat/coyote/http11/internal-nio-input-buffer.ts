/**
 * Where the NIO connector reads a request from: when bytes are missing while
 * the head is parsed, the worker goes, and comes back when there are more.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { ByteStream } from '../../../sim/stream.ts';
import {
  EOFException,
  IllegalArgumentException,
  IOException,
} from '../../java/exceptions.ts';
import { toChannelException } from '../../util/net/socket-errors.ts';
import type { Request } from '../request.ts';
import { HeadParser } from './head-parser.ts';
import type { InputBuffer } from './input-buffer.ts';

/** How much one read takes at most. */
const socketReadBufferSize = 8192;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer
 */
export class InternalNioInputBuffer implements InputBuffer {
  readonly buf: Uint8Array;
  pos = 0;
  lastValid = 0;
  /** How long a read of a body may take. */
  timeout: Milliseconds = 0;
  readonly #headerBufferSize: number;
  readonly #parser: HeadParser;
  #parsingHeader = true;
  #socket: ByteStream | undefined;

  constructor(request: Request, headerBufferSize: number) {
    this.#headerBufferSize = headerBufferSize;
    this.buf = new Uint8Array(headerBufferSize + socketReadBufferSize);
    this.#parser = new HeadParser(this, request);
  }

  init(socket: ByteStream, timeout: Milliseconds): void {
    this.#socket = socket;
    this.timeout = timeout;
  }

  getParsingRequestLinePhase(): number {
    return this.#parser.getParsingRequestLinePhase();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.parseRequestLine (part)
   * @param useAvailableDataOnly whether a request that has not begun in the
   *   buffer is left to the poller
   * @returns false when bytes are missing
   */
  async parseRequestLine(useAvailableDataOnly: boolean): Promise<boolean> {
    while (!this.#parser.parseRequestLine()) {
      const begun = this.#parser.getParsingRequestLinePhase() > 0;
      if (useAvailableDataOnly && !begun) return false;
      if (!(await this.fill(false))) return false;
    }
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.parseHeaders (part)
   * @returns false when bytes are missing
   * @throws {IllegalArgumentException} when the head is too large
   */
  async parseHeaders(): Promise<boolean> {
    while (!this.#parser.parseHeaders()) {
      if (!(await this.fill(false))) return false;
    }
    if (this.pos > this.#headerBufferSize) throw tooLarge();
    this.#parsingHeader = false;
    return true;
  }

  /**
   * Reads what there is.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.fill
   * @param block whether to wait when there is nothing, as for a body
   * @returns false when there is nothing
   * @throws {EOFException} at the end of the stream
   */
  async fill(block: boolean): Promise<boolean> {
    if (!this.#parsingHeader) {
      this.pos = 0;
      this.lastValid = 0;
    } else if (this.lastValid > this.#headerBufferSize) throw tooLarge();
    const bytes = await this.#readSocket(block);
    if (bytes === undefined) {
      throw new EOFException('Unexpected EOF read on the socket');
    }
    this.buf.set(bytes, this.lastValid);
    this.lastValid += bytes.length;
    return bytes.length > 0;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.nextRequest
   */
  nextRequest(): void {
    this.buf.copyWithin(0, this.pos, this.lastValid);
    this.lastValid -= this.pos;
    this.pos = 0;
    this.#parsingHeader = true;
    this.#parser.recycle();
  }

  /**
   * Forgets everything, bytes that were read included.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.recycle
   */
  recycle(): void {
    this.pos = 0;
    this.lastValid = 0;
    this.#parsingHeader = true;
    this.#parser.recycle();
    this.#socket = undefined;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.readSocket
   */
  async #readSocket(block: boolean): Promise<Uint8Array | undefined> {
    if (this.#socket === undefined) throw new IOException('No socket');
    const room = Math.min(
      socketReadBufferSize,
      this.buf.length - this.lastValid,
    );
    try {
      return block
        ? await this.#socket.read(room, this.timeout)
        : this.#socket.readNow(room);
    } catch (error) {
      throw toChannelException(error);
    }
  }
}

const tooLarge = (): IllegalArgumentException =>
  new IllegalArgumentException('Request header is too large');
