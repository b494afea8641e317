/**
 * A request as the connector parsed it, before anybody understands it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/Request.java Request
 * @differs what upstream asks for by an action code is a method of the hook
 */
import type { Milliseconds } from '../../sim/clock.ts';
import { NumberFormatException } from '../java/exceptions.ts';
import { MimeHeaders } from '../util/http/mime-headers.ts';
import type { HttpUpgradeHandler } from './http11/upgrade/servlet31.ts';

/** What a container may ask of the processor that serves its request. */
export interface RequestHook {
  upgrade(handler: HttpUpgradeHandler): void;
  /** Keeps the response open when the servlet has returned. */
  asyncStart(): void;
  /** Lets a worker end the response. */
  asyncComplete(): void;
  asyncSetTimeout(timeout: Milliseconds): void;
  isAsync(): boolean;
}

export class Request {
  method = '';
  /** The path of the request line, not decoded, without the query. */
  requestURI = '';
  queryString: string | undefined;
  protocol = '';
  serverName = '';
  /** -1 when the Host header named none. */
  serverPort = -1;
  headers: MimeHeaders;
  readonly #maxHeaderCount: number;
  /** The processor that serves this request. */
  hook: RequestHook | undefined;

  constructor(maxHeaderCount: number) {
    this.#maxHeaderCount = maxHeaderCount;
    this.headers = new MimeHeaders(maxHeaderCount);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Request.java Request.getContentLengthLong
   * @returns -1 when there is none
   * @throws {NumberFormatException} when it is not a number
   * @throws {IllegalArgumentException} when there are several
   */
  getContentLengthLong(): number {
    const value = this.headers.getUniqueValue('content-length');
    if (value === undefined || value === '') return -1;
    if (!/^\d{1,15}$/.test(value)) {
      throw new NumberFormatException(`Invalid content length [${value}]`);
    }
    return Number(value);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/Request.java Request.recycle
   */
  recycle(): void {
    this.method = '';
    this.requestURI = '';
    this.queryString = undefined;
    this.protocol = '';
    this.serverName = '';
    this.serverPort = -1;
    this.headers = new MimeHeaders(this.#maxHeaderCount);
  }
}
