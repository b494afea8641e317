/**
 * A response as a servlet or filter sees it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/Response.java Response
 */
import type { Request as CoyoteRequest } from '../coyote/request.ts';
import type { Response as CoyoteResponse } from '../coyote/response.ts';
import { IllegalStateException } from '../java/exceptions.ts';
import { toLatin1 } from '../util/buf/bytes.ts';
import { OutputBuffer } from './output-buffer.ts';
import type { HttpServletResponse } from './servlet.ts';

export class Response implements HttpServletResponse {
  /** What an error page is to say; undefined while there is no error. */
  error: { readonly message: string } | undefined;
  readonly outputBuffer: OutputBuffer;
  readonly #coyoteResponse: CoyoteResponse;

  constructor(request: CoyoteRequest, response: CoyoteResponse) {
    this.#coyoteResponse = response;
    this.outputBuffer = new OutputBuffer(request, response);
  }

  getStatus(): number {
    return this.#coyoteResponse.status;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.setStatus
   */
  setStatus(status: number): void {
    if (!this.isCommitted()) this.#coyoteResponse.status = status;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.setHeader
   */
  setHeader(name: string, value: string): void {
    if (this.isCommitted() || this.#isSpecial(name, value)) return;
    this.#coyoteResponse.headers.setValue(name, value);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.addHeader
   */
  addHeader(name: string, value: string): void {
    if (this.isCommitted() || this.#isSpecial(name, value)) return;
    this.#coyoteResponse.headers.addValue(name, value);
  }

  containsHeader(name: string): boolean {
    return this.#coyoteResponse.headers.getValue(name) !== undefined;
  }

  setContentType(type: string): void {
    if (this.isCommitted()) return;
    const parts = /^(?<type>[^;]*)(?:;\s*charset=(?<charset>.*))?$/i.exec(
      type,
    )?.groups;
    this.#coyoteResponse.contentType = parts?.['type']?.trim() ?? type;
    const charset = parts?.['charset'];
    if (charset !== undefined) {
      this.#coyoteResponse.characterEncoding = charset;
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.sendError
   * @throws {IllegalStateException} once the head is on its way
   */
  sendError(status: number, message = ''): void {
    if (this.isCommitted()) {
      throw new IllegalStateException(
        'Cannot call sendError() after the response has been committed',
      );
    }
    this.error = { message };
    this.#coyoteResponse.status = status;
    this.outputBuffer.reset();
    this.outputBuffer.suspended = true;
  }

  isCommitted(): boolean {
    return this.#coyoteResponse.committed;
  }

  /** Forgets headers and body, to begin the response again. */
  reset(): void {
    this.#coyoteResponse.headers.clear();
    this.#coyoteResponse.contentType = undefined;
    this.#coyoteResponse.characterEncoding = undefined;
    this.#coyoteResponse.contentLength = -1;
    this.outputBuffer.reset();
  }

  async print(text: string): Promise<void> {
    const response = this.#coyoteResponse;
    if (!response.committed) response.characterEncoding ??= 'ISO-8859-1';
    const isUtf8 = response.characterEncoding?.toLowerCase() === 'utf-8';
    const bytes = isUtf8 ? new TextEncoder().encode(text) : toLatin1(text);
    await this.outputBuffer.writeBytes(bytes);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.finishResponse
   */
  async finishResponse(): Promise<void> {
    await this.outputBuffer.close();
  }

  /**
   * Type and length have places of their own.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Response.java Response.checkSpecialHeader
   */
  #isSpecial(name: string, value: string): boolean {
    if (name.toLowerCase() === 'content-type') {
      this.setContentType(value);
      return true;
    }
    const isLength =
      name.toLowerCase() === 'content-length' && /^\d+$/.test(value);
    if (isLength) this.#coyoteResponse.contentLength = Number(value);
    return isLength;
  }
}
