/**
 * Where the BIO connector reads a request from: when bytes are missing, the
 * worker waits for them.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { ByteStream } from '../../../sim/stream.ts';
import {
  EOFException,
  IllegalArgumentException,
  IOException,
} from '../../java/exceptions.ts';
import { toSocketException } from '../../util/net/socket-errors.ts';
import type { Request } from '../request.ts';
import type { InputBuffer } from './input-buffer.ts';
import { HeadParser } from './head-parser.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/InternalInputBuffer.java InternalInputBuffer
 */
export class InternalInputBuffer implements InputBuffer {
  readonly buf: Uint8Array;
  pos = 0;
  lastValid = 0;
  /** How long a read may take; SO_TIMEOUT. */
  timeout: Milliseconds = 0;
  readonly #parser: HeadParser;
  #parsingHeader = true;
  #socket: ByteStream | undefined;

  constructor(request: Request, headerBufferSize: number) {
    this.buf = new Uint8Array(headerBufferSize);
    this.#parser = new HeadParser(this, request);
  }

  init(socket: ByteStream, timeout: Milliseconds): void {
    this.#socket = socket;
    this.timeout = timeout;
  }

  /** Upstream's BIO parser has no phases: it never stops half way. */
  getParsingRequestLinePhase(): number {
    return this.#parser.getParsingRequestLinePhase();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalInputBuffer.java InternalInputBuffer.parseRequestLine
   * @throws {EOFException} when the client closes instead
   */
  async parseRequestLine(): Promise<boolean> {
    while (!this.#parser.parseRequestLine()) await this.#fillOrEnd();
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalInputBuffer.java InternalInputBuffer.parseHeaders
   * @throws {EOFException} when the client closes instead
   */
  async parseHeaders(): Promise<boolean> {
    while (!this.#parser.parseHeaders()) await this.#fillOrEnd();
    this.#parsingHeader = false;
    return true;
  }

  /**
   * Reads what there is, and waits when there is nothing.
   *
   * @story on bytes.read: The request wakes the worker, which parses the head and passes it on.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalInputBuffer.java InternalInputBuffer.fill
   * @returns false at the end of the stream
   * @throws {IllegalArgumentException} when the head does not fit
   */
  async fill(): Promise<boolean> {
    if (!this.#parsingHeader) {
      this.pos = 0;
      this.lastValid = 0;
    }
    const room = this.buf.length - this.lastValid;
    if (room === 0) {
      throw new IllegalArgumentException('Request header is too large');
    }
    const bytes = await this.#read(room);
    if (bytes === undefined) return false;
    this.buf.set(bytes, this.lastValid);
    this.lastValid += bytes.length;
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractInputBuffer.java AbstractInputBuffer.nextRequest
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
   *   java/org/apache/coyote/http11/InternalInputBuffer.java InternalInputBuffer.recycle
   */
  recycle(): void {
    this.pos = 0;
    this.lastValid = 0;
    this.#parsingHeader = true;
    this.#parser.recycle();
    this.#socket = undefined;
  }

  async #fillOrEnd(): Promise<void> {
    if (await this.fill()) return;
    throw new EOFException('Unexpected EOF read on the socket');
  }

  async #read(room: number): Promise<Uint8Array | undefined> {
    if (this.#socket === undefined) throw new IOException('No socket');
    try {
      return await this.#socket.read(room, this.timeout);
    } catch (error) {
      throw toSocketException(error);
    }
  }
}
