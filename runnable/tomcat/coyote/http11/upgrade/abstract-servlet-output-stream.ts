/**
 * The writing side of an upgraded connection.
 *
 * With a listener a write takes what the transport takes at once and buffers
 * the rest; until that is gone nothing more may be written. `isReady` says so,
 * and whoever heard "no" is told when there is room.
 */
import {
  IllegalArgumentException,
  IllegalStateException,
} from '../../../java/exceptions.ts';
import type { ServletOutputStream, WriteListener } from './servlet31.ts';

/** How bytes go into one kind of transport. */
export interface OutputTransport {
  /**
   * Writes `bytes`, all of them if `block`.
   *
   * @returns how many were taken
   * @throws {IOException} as the transport does
   */
  doWrite(block: boolean, bytes: Uint8Array): Promise<number>;
  doClose(): void;
}

/**
 * Bytes of an upgraded connection, by way of one transport.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream
 * @omits the locks between writer and listener: tasks take turns
 */
export class AbstractServletOutputStream implements ServletOutputStream {
  readonly #transport: OutputTransport;
  #closeRequired = false;
  #listener: WriteListener | undefined;
  #buffer: Uint8Array = new Uint8Array(0);
  #fireListener = false;

  constructor(transport: OutputTransport) {
    this.#transport = transport;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.isReady
   * @throws {IllegalStateException} before a listener is set
   */
  isReady(): boolean {
    if (this.#listener === undefined) {
      throw new IllegalStateException(
        'The stream may only be asked for readiness once a WriteListener is set',
      );
    }
    const ready = this.#buffer.length === 0;
    this.#fireListener = !ready;
    return ready;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.setWriteListener
   */
  setWriteListener(listener: WriteListener): void {
    if (this.#listener !== undefined) {
      throw new IllegalArgumentException(
        'A WriteListener has been set already',
      );
    }
    this.#listener = listener;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.write
   * @throws {IllegalStateException} while earlier bytes are buffered
   */
  async write(
    buffer: Uint8Array,
    offset: number,
    length: number,
  ): Promise<void> {
    if (this.#buffer.length > 0) {
      throw new IllegalStateException(
        'The stream is not ready, and a non-blocking write may not wait',
      );
    }
    const bytes = buffer.subarray(offset, offset + length);
    const block = this.#listener === undefined;
    const written = await this.#doWrite(block, bytes);
    if (written < bytes.length) this.#buffer = bytes.slice(written);
  }

  /**
   * Writes what is buffered, and tells the listener once all of it is gone.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.onWritePossible
   */
  async onWritePossible(): Promise<void> {
    try {
      if (this.#buffer.length > 0) {
        const written = await this.#doWrite(false, this.#buffer);
        this.#buffer = this.#buffer.subarray(written);
      }
    } catch (error) {
      await this.onError(error as Error);
      throw error;
    }
    if (this.#buffer.length > 0 || !this.#fireListener) return;
    this.#fireListener = false;
    await this.#listener?.onWritePossible();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.onError
   */
  async onError(error: Error): Promise<void> {
    await this.#listener?.onError(error);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletOutputStream.java AbstractServletOutputStream.close
   */
  close(): Promise<void> {
    this.#closeRequired = true;
    this.#transport.doClose();
    return Promise.resolve();
  }

  /** Whether the connection has to be closed after this visit. */
  isCloseRequired(): boolean {
    return this.#closeRequired;
  }

  async #doWrite(block: boolean, bytes: Uint8Array): Promise<number> {
    try {
      return await this.#transport.doWrite(block, bytes);
    } catch (error) {
      this.#closeRequired = true;
      throw error;
    }
  }
}
