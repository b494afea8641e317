/**
 * A snapshot of the request, for configurator and session: the request itself
 * is used again as soon as it has been answered.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsHandshakeRequest.java WsHandshakeRequest
 */
import type {
  HttpServletRequest,
  HttpSession,
  Principal,
} from '../../catalina/servlet.ts';
import type { HandshakeRequest } from './server-endpoint-config.ts';

/** The request of one handshake. */
export class WsHandshakeRequest implements HandshakeRequest {
  readonly #headers = new Map<string, readonly string[]>();
  readonly #parameters: ReadonlyMap<string, readonly string[]>;
  readonly #requestURI: string;
  readonly #queryString: string | undefined;
  readonly #userPrincipal: Principal | undefined;
  readonly #httpSession: HttpSession | undefined;

  /** A path parameter takes the place of a query parameter of its name. */
  constructor(
    request: HttpServletRequest,
    pathParams: ReadonlyMap<string, string>,
  ) {
    this.#queryString = request.getQueryString();
    this.#userPrincipal = request.getUserPrincipal();
    this.#httpSession = request.getSession(false);
    const query =
      this.#queryString === undefined ? '' : `?${this.#queryString}`;
    this.#requestURI = request.getRequestURI() + query;
    const parameters = new Map(request.getParameterMap());
    for (const [name, value] of pathParams) parameters.set(name, [value]);
    this.#parameters = parameters;
    for (const name of request.getHeaderNames()) {
      this.#headers.set(name.toLowerCase(), request.getHeaders(name));
    }
  }

  getHeaders(): ReadonlyMap<string, readonly string[]> {
    return this.#headers;
  }

  getParameterMap(): ReadonlyMap<string, readonly string[]> {
    return this.#parameters;
  }

  getRequestURI(): string {
    return this.#requestURI;
  }

  getQueryString(): string | undefined {
    return this.#queryString;
  }

  getUserPrincipal(): Principal | undefined {
    return this.#userPrincipal;
  }

  getHttpSession(): HttpSession | undefined {
    return this.#httpSession;
  }
}
