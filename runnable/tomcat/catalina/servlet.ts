/**
 * What an application sees of a request: the Servlet interfaces, as far as a
 * filter that upgrades a connection and a servlet that answers text need them.
 *
 * @differs `upgrade` is Servlet 3.1's; Tomcat 7 has it on its facade only, and
 *   gives it a class to instantiate where this takes a function. What may
 *   wait for the network returns a promise.
 */
import type { AsyncContext } from './async-context.ts';
import type { HttpUpgradeHandler } from '../coyote/http11/upgrade/servlet31.ts';

/** Who sent a request, once somebody has found out. */
export interface Principal {
  getName(): string;
}

export interface HttpSession {
  getId(): string;
}

export interface HttpServletRequest {
  getMethod(): string;
  /** `HTTP/1.1`. */
  getProtocol(): string;
  /** The path as it was sent: not decoded, without the query. */
  getRequestURI(): string;
  /** The part of the decoded path that chose the servlet. */
  getServletPath(): string;
  /** What of the decoded path is left after that; undefined if nothing. */
  getPathInfo(): string | undefined;
  getQueryString(): string | undefined;
  /** The first value of a header, whatever the case of its name. */
  getHeader(name: string): string | undefined;
  getHeaders(name: string): readonly string[];
  /** Each name once, in lower case. */
  getHeaderNames(): readonly string[];
  /** The parameters of the query, decoded, in the order they came. */
  getParameterMap(): ReadonlyMap<string, readonly string[]>;
  getUserPrincipal(): Principal | undefined;
  /** The session that exists already; none is ever made here. */
  getSession(create: false): HttpSession | undefined;
  isSecure(): boolean;
  getScheme(): string;
  getServerName(): string;
  getServerPort(): number;
  /** Keeps the response open when the servlet has returned. */
  startAsync(): AsyncContext;
  /**
   * Lets another protocol have the connection once this request has been
   * answered; the answer's status becomes 101.
   */
  upgrade<Handler extends HttpUpgradeHandler>(factory: () => Handler): Handler;
}

export interface HttpServletResponse {
  getStatus(): number;
  setStatus(status: number): void;
  /** Replaces every value that the header has. */
  setHeader(name: string, value: string): void;
  addHeader(name: string, value: string): void;
  containsHeader(name: string): boolean;
  /** Such as `text/plain`. */
  setContentType(type: string): void;
  /** Answers with an error page; what was written before is dropped. */
  sendError(status: number, message?: string): void;
  /** Whether the head of the response is on its way. */
  isCommitted(): boolean;
  /** Adds text to the body. */
  print(text: string): Promise<void>;
}

/** Answers a request. */
export interface Servlet {
  service(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void>;
}

/** The rest of the way to the servlet. */
export interface FilterChain {
  doFilter(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void>;
}

/** Stands before a servlet, and may keep a request from it. */
export interface Filter {
  doFilter(
    request: HttpServletRequest,
    response: HttpServletResponse,
    chain: FilterChain,
  ): Promise<void>;
}
