/**
 * What an application is given of a request: no more than the interface, so
 * that it cannot reach into the container.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/RequestFacade.java RequestFacade
 */
import type { HttpUpgradeHandler } from '../coyote/http11/upgrade/servlet31.ts';
import type { AsyncContext } from './async-context.ts';
import type { Request } from './request.ts';
import type { HttpServletRequest, HttpSession, Principal } from './servlet.ts';

export class RequestFacade implements HttpServletRequest {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  getMethod(): string {
    return this.#request.getMethod();
  }

  getProtocol(): string {
    return this.#request.getProtocol();
  }

  getRequestURI(): string {
    return this.#request.getRequestURI();
  }

  getServletPath(): string {
    return this.#request.getServletPath();
  }

  getPathInfo(): string | undefined {
    return this.#request.getPathInfo();
  }

  getQueryString(): string | undefined {
    return this.#request.getQueryString();
  }

  getHeader(name: string): string | undefined {
    return this.#request.getHeader(name);
  }

  getHeaders(name: string): readonly string[] {
    return this.#request.getHeaders(name);
  }

  getHeaderNames(): readonly string[] {
    return this.#request.getHeaderNames();
  }

  getParameterMap(): ReadonlyMap<string, readonly string[]> {
    return this.#request.getParameterMap();
  }

  getUserPrincipal(): Principal | undefined {
    return this.#request.getUserPrincipal();
  }

  getSession(create: false): HttpSession | undefined {
    return this.#request.getSession(create);
  }

  isSecure(): boolean {
    return this.#request.isSecure();
  }

  getScheme(): string {
    return this.#request.getScheme();
  }

  getServerName(): string {
    return this.#request.getServerName();
  }

  getServerPort(): number {
    return this.#request.getServerPort();
  }

  startAsync(): AsyncContext {
    return this.#request.startAsync();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/RequestFacade.java RequestFacade.upgrade
   */
  upgrade<Handler extends HttpUpgradeHandler>(factory: () => Handler): Handler {
    return this.#request.upgrade(factory);
  }
}
