/**
 * Where a response is collected, and sent when somebody flushes it, when it
 * ends, or when there is too much of it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer
 * @differs one class for both connectors, which write in two ways but fill
 *   their buffers alike
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { ByteStream } from '../../../sim/stream.ts';
import { concat, toLatin1 } from '../../util/buf/bytes.ts';
import { toSocketException } from '../../util/net/socket-errors.ts';

/** How the body is framed; VOID has none, whatever is written. */
export type OutputFilter = 'IDENTITY' | 'CHUNKED' | 'VOID';

/** How much is collected before it is sent unasked. */
const socketBufferSize = 9000;

export class OutputBuffer {
  #socket: ByteStream | undefined;
  #timeout: Milliseconds = 0;
  #pending: Uint8Array[] = [];
  #pendingLength = 0;
  #head = '';
  #filter: OutputFilter = 'IDENTITY';
  /** How much body may follow; -1 for any amount. */
  #remaining = -1;
  /** After this nothing is added: the response is complete, or upgraded. */
  finished = false;

  /** @param timeout how long a write may wait for the client */
  init(socket: ByteStream, timeout: Milliseconds): void {
    this.#socket = socket;
    this.#timeout = timeout;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.addActiveFilter
   */
  addActiveFilter(filter: OutputFilter, contentLength = -1): void {
    this.#filter = filter;
    this.#remaining = contentLength;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.sendStatus
   */
  sendStatus(status: number, reason: string): void {
    this.#head = `HTTP/1.1 ${String(status)} ${reason}\r\n`;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.sendHeader
   */
  sendHeader(name: string, value: string): void {
    this.#head += `${withoutControls(name)}: ${withoutControls(value)}\r\n`;
  }

  /**
   * Puts the head before what will be written; nothing is sent yet.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.endHeaders
   */
  endHeaders(): void {
    this.#add(toLatin1(`${this.#head}\r\n`));
    this.#head = '';
  }

  /**
   * Tells a client that waits with its body to go on.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalOutputBuffer.java InternalOutputBuffer.sendAck
   */
  async sendAck(): Promise<void> {
    this.#add(toLatin1('HTTP/1.1 100 Continue\r\n\r\n'));
    await this.flush();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.doWrite
   */
  async doWrite(bytes: Uint8Array): Promise<void> {
    if (this.finished || bytes.length === 0) return;
    if (this.#filter === 'CHUNKED') {
      const size = toLatin1(`${bytes.length.toString(16)}\r\n`);
      this.#add(concat([size, bytes, toLatin1('\r\n')]));
    } else if (this.#filter === 'IDENTITY') {
      const allowed =
        this.#remaining < 0
          ? bytes
          : bytes.subarray(0, Math.min(bytes.length, this.#remaining));
      if (this.#remaining >= 0) this.#remaining -= allowed.length;
      this.#add(allowed);
    }
    if (this.#pendingLength > socketBufferSize) await this.flush();
  }

  /**
   * Sends what has been collected.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.flush
   * @differs on BIO a write gives up after the connection's timeout; a Java
   *   socket would wait for its client for ever
   * @throws {IOException} when the client is gone, or does not read
   */
  async flush(): Promise<void> {
    if (this.#pendingLength === 0) return;
    const bytes = concat(this.#pending);
    this.#pending = [];
    this.#pendingLength = 0;
    try {
      await this.#socket?.write(bytes, this.#timeout);
    } catch (error) {
      throw toSocketException(error);
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.endRequest
   */
  async endRequest(): Promise<void> {
    if (!this.finished) {
      if (this.#filter === 'CHUNKED') this.#add(toLatin1('0\r\n\r\n'));
      this.finished = true;
    }
    await this.flush();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.nextRequest
   */
  nextRequest(): void {
    this.#head = '';
    this.#filter = 'IDENTITY';
    this.#remaining = -1;
    this.finished = false;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractOutputBuffer.java AbstractOutputBuffer.recycle
   */
  recycle(): void {
    this.nextRequest();
    this.#pending = [];
    this.#pendingLength = 0;
    this.#socket = undefined;
  }

  #add(bytes: Uint8Array): void {
    // A copy, for whoever wrote may use his array again before it is sent.
    this.#pending.push(bytes.slice());
    this.#pendingLength += bytes.length;
  }
}

/** No value can begin a header of its own. */
const withoutControls = (text: string): string =>
  text.replaceAll(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ');
