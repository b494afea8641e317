/**
 * A response as the connector sends it: status, headers, and bytes.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/Response.java Response
 */
import { MimeHeaders } from '../util/http/mime-headers.ts';

/** What a container may ask of the processor that sends its response. */
export interface ResponseHook {
  /** Builds the head; it is buffered, not sent. */
  commit(): void;
  /** Sends what is buffered. */
  clientFlush(): Promise<void>;
  /** Adds to the body, once the head is built. */
  doWrite(bytes: Uint8Array): Promise<void>;
  /** Tells a client that waits with its body to send it. */
  acknowledge(): Promise<void>;
  /** Ends the response and sends what is left of it. */
  close(): Promise<void>;
}

export class Response {
  status = 200;
  contentType: string | undefined;
  characterEncoding: string | undefined;
  /** -1 while it is not known. */
  contentLength = -1;
  committed = false;
  /** What broke after a part of the response was on its way. */
  errorException: unknown;
  headers = new MimeHeaders();
  /** The processor that sends this response. */
  hook: ResponseHook | undefined;

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.getContentType
   */
  getContentType(): string | undefined {
    const { contentType, characterEncoding } = this;
    if (contentType === undefined || characterEncoding === undefined) {
      return contentType;
    }
    return `${contentType};charset=${characterEncoding}`;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.sendHeaders
   */
  sendHeaders(): void {
    this.hook?.commit();
    this.committed = true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.acknowledge
   */
  async acknowledge(): Promise<void> {
    await this.hook?.acknowledge();
  }

  async flush(): Promise<void> {
    await this.hook?.clientFlush();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.doWrite
   */
  async doWrite(bytes: Uint8Array): Promise<void> {
    await this.hook?.doWrite(bytes);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.finish
   */
  async finish(): Promise<void> {
    await this.hook?.close();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Response.java Response.recycle
   */
  recycle(): void {
    this.status = 200;
    this.contentType = undefined;
    this.characterEncoding = undefined;
    this.contentLength = -1;
    this.committed = false;
    this.errorException = undefined;
    this.headers = new MimeHeaders();
  }
}
