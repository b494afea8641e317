/**
 * A request as the container knows it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/Request.java Request
 * @omits bodies, sessions, cookies, attributes, dispatching
 */
import type { HttpUpgradeHandler } from '../coyote/http11/upgrade/servlet31.ts';
import type { Request as CoyoteRequest } from '../coyote/request.ts';
import { AsyncContext } from './async-context.ts';
import type { Response } from './response.ts';
import type { HttpServletRequest, HttpSession, Principal } from './servlet.ts';
import { parseQuery } from './uri.ts';

export class Request implements HttpServletRequest {
  /** The path that is looked up: decoded and in normal form. */
  decodedURI = '';
  readonly #coyoteRequest: CoyoteRequest;
  readonly #response: Response;

  constructor(request: CoyoteRequest, response: Response) {
    this.#coyoteRequest = request;
    this.#response = response;
  }

  getMethod(): string {
    return this.#coyoteRequest.method;
  }

  getProtocol(): string {
    return this.#coyoteRequest.protocol;
  }

  getRequestURI(): string {
    return this.#coyoteRequest.requestURI;
  }

  /** The default servlet serves every path, and so this is all of it. */
  getServletPath(): string {
    return this.decodedURI;
  }

  getPathInfo(): string | undefined {
    return undefined;
  }

  getQueryString(): string | undefined {
    return this.#coyoteRequest.queryString;
  }

  getHeader(name: string): string | undefined {
    return this.#coyoteRequest.headers.getValue(name);
  }

  getHeaders(name: string): readonly string[] {
    return this.#coyoteRequest.headers.values(name);
  }

  getHeaderNames(): readonly string[] {
    return this.#coyoteRequest.headers.names();
  }

  getParameterMap(): ReadonlyMap<string, readonly string[]> {
    return parseQuery(this.#coyoteRequest.queryString ?? '');
  }

  getUserPrincipal(): Principal | undefined {
    return undefined;
  }

  getSession(_create: false): HttpSession | undefined {
    return undefined;
  }

  isSecure(): boolean {
    return false;
  }

  getScheme(): string {
    return 'http';
  }

  getServerName(): string {
    return this.#coyoteRequest.serverName;
  }

  getServerPort(): number {
    const { serverPort } = this.#coyoteRequest;
    return serverPort < 0 ? 80 : serverPort;
  }

  isAsync(): boolean {
    return this.#coyoteRequest.hook?.isAsync() ?? false;
  }

  /**
   * Keeps the response open when the servlet has returned.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Request.java Request.startAsync
   */
  startAsync(): AsyncContext {
    return new AsyncContext(this.#coyoteRequest, this.#response);
  }

  /**
   * Makes the handler that is to take the connection over, and leaves it with
   * the processor. The status becomes 101, and nothing is sent.
   *
   * @story `Request.upgrade` leaves the handler with the processor and sets status 101; no byte is sent yet.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/Request.java Request.upgrade
   */
  upgrade<Handler extends HttpUpgradeHandler>(factory: () => Handler): Handler {
    const handler = factory();
    this.#coyoteRequest.hook?.upgrade(handler);
    this.#response.setStatus(101);
    return handler;
  }
}
