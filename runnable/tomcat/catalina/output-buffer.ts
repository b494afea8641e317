/**
 * What a servlet has written and the connector has not yet been given.
 *
 * While everything fits, the response's length is known in the end; once it
 * does not, the head goes out without one.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/OutputBuffer.java OutputBuffer
 */
import type { Request } from '../coyote/request.ts';
import type { Response } from '../coyote/response.ts';
import { concat } from '../util/buf/bytes.ts';

const defaultBufferSize = 8192;

export class OutputBuffer {
  readonly #coyoteRequest: Request;
  readonly #coyoteResponse: Response;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #closed = false;
  /** Set by an error: nothing written after it counts. */
  suspended = false;
  contentWritten = 0;

  constructor(request: Request, response: Response) {
    this.#coyoteRequest = request;
    this.#coyoteResponse = response;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/OutputBuffer.java OutputBuffer.writeBytes
   */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    if (this.#closed || this.suspended) return;
    this.contentWritten += bytes.length;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#length > defaultBufferSize) await this.#doFlush(false);
  }

  /**
   * Drops what has not been given to the connector.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/OutputBuffer.java OutputBuffer.reset
   */
  reset(): void {
    this.#chunks = [];
    this.#length = 0;
    this.contentWritten = 0;
  }

  /**
   * Ends the response. A 101 is sent at once, for what follows it is not
   * HTTP any more.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/OutputBuffer.java OutputBuffer.close
   */
  async close(): Promise<void> {
    if (this.#closed || this.suspended) return;
    const response = this.#coyoteResponse;
    const isLengthKnown =
      !response.committed && this.#coyoteRequest.method !== 'HEAD';
    if (isLengthKnown && response.contentLength === -1) {
      response.contentLength = this.#length;
    }
    await this.#doFlush(response.status === 101);
    this.#closed = true;
    await response.finish();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/OutputBuffer.java OutputBuffer.doFlush
   */
  async #doFlush(realFlush: boolean): Promise<void> {
    const response = this.#coyoteResponse;
    if (!response.committed) response.sendHeaders();
    const bytes = concat(this.#chunks);
    this.#chunks = [];
    this.#length = 0;
    if (bytes.length > 0) await response.doWrite(bytes);
    if (realFlush) await response.flush();
  }
}
