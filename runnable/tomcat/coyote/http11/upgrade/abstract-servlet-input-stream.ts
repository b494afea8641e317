/**
 * The reading side of an upgraded connection.
 *
 * Whether a read would block is known, or not known: after every read it is
 * unknown, and only then is the transport asked. When the connector announces
 * bytes the answer is preset, so the first read of a visit asks nobody.
 */
import {
  IllegalArgumentException,
  IllegalStateException,
} from '../../../java/exceptions.ts';
import type { ReadListener, ServletInputStream } from './servlet31.ts';

/** How bytes come out of one kind of transport. */
export interface InputTransport {
  doIsReady(): boolean;
  /** @throws {IOException} as the transport does, EOF on NIO included */
  doRead(
    block: boolean,
    buffer: Uint8Array,
    offset: number,
    length: number,
  ): Promise<number>;
  doClose(): void;
}

/** `unknown` is Java's `null`. */
export type Readiness = 'TRUE' | 'FALSE' | 'unknown';

/**
 * Bytes of an upgraded connection, by way of one transport.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream
 * @omits the class loader of the application, which Java must switch
 */
export class AbstractServletInputStream implements ServletInputStream {
  readonly #transport: InputTransport;
  #closeRequired = false;
  #ready: Readiness = 'TRUE';
  #listener: ReadListener | undefined;

  constructor(transport: InputTransport) {
    this.#transport = transport;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.isReady
   * @throws {IllegalStateException} before a listener is set
   */
  async isReady(): Promise<boolean> {
    if (this.#listener === undefined) {
      throw new IllegalStateException(
        'The stream may only be asked for readiness once a ReadListener is set',
      );
    }
    if (this.#ready !== 'unknown') return this.#ready === 'TRUE';
    try {
      this.#ready = this.#transport.doIsReady() ? 'TRUE' : 'FALSE';
    } catch (error) {
      await this.onError(error as Error);
      return false;
    }
    return this.isKnownReady();
  }

  /**
   * Registers who hears of bytes. From here on reads do not block, and
   * nothing is known about the next one.
   *
   * @story Last of all `init` sets the read listener, so no message can overtake `onOpen`.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.setReadListener
   */
  setReadListener(listener: ReadListener): void {
    if (this.#listener !== undefined) {
      throw new IllegalArgumentException('A ReadListener has been set already');
    }
    this.#listener = listener;
    this.#ready = 'unknown';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.read
   * @throws {IllegalStateException} when nobody asked whether a read may be
   */
  async read(
    buffer: Uint8Array,
    offset: number,
    length: number,
  ): Promise<number> {
    if (this.#listener !== undefined && this.#ready !== 'TRUE') {
      throw new IllegalStateException(
        'The stream is not ready, and a non-blocking read may not wait',
      );
    }
    this.#ready = 'unknown';
    const block = this.#listener === undefined;
    try {
      return await this.#transport.doRead(block, buffer, offset, length);
    } catch (error) {
      this.#closeRequired = true;
      throw error;
    }
  }

  /**
   * Tells the listener that bytes are there. Without one nothing happens, and
   * nothing is lost: the bytes wait in the transport.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.onDataAvailable
   */
  async onDataAvailable(): Promise<void> {
    if (this.#listener === undefined) return;
    this.#ready = 'TRUE';
    await this.#listener.onDataAvailable();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.onError
   */
  async onError(error: Error): Promise<void> {
    if (this.#listener === undefined) return;
    await this.#listener.onError(error);
    this.#ready = 'FALSE';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractServletInputStream.java AbstractServletInputStream.close
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

  /** Whether the last answer of the transport was yes. */
  isKnownReady(): boolean {
    return this.#ready === 'TRUE';
  }
}
