/**
 * The filter that stands before every servlet and looks for WebSocket.
 *
 * It keeps quiet in three cases: nobody deployed an endpoint, the request is
 * no upgrade, or no endpoint has its path. Then the servlet answers, and a
 * client that wanted WebSocket gets whatever a browser would get.
 */
import type {
  Filter,
  FilterChain,
  HttpServletRequest,
  HttpServletResponse,
} from '../../catalina/servlet.ts';
import { doUpgrade, isWebSocketUpgradeRequest } from './upgrade-util.ts';
import type { WsServerContainer } from './ws-server-container.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsFilter.java WsFilter
 */
export class WsFilter implements Filter {
  readonly #sc: WsServerContainer;

  constructor(sc: WsServerContainer) {
    this.#sc = sc;
  }

  /**
   * @story when decision == 'upgrade': `WsFilter` finds an `Upgrade: websocket` header and an endpoint at `{path}`, so no servlet will run.
   * @story when decision == 'no endpoint': `WsFilter` finds an upgrade, but no endpoint at `{path}`: the request goes on to the servlet as any other does.
   * @story when decision == 'no upgrade': Since the request asks for no upgrade to WebSocket, `WsFilter` passes it on.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsFilter.java WsFilter.doFilter
   */
  doFilter(
    request: HttpServletRequest,
    response: HttpServletResponse,
    chain: FilterChain,
  ): Promise<void> {
    const path = request.getServletPath() + (request.getPathInfo() ?? '');
    const isUpgrade =
      this.#sc.areEndpointsRegistered() && isWebSocketUpgradeRequest(request);
    const mapping = isUpgrade ? this.#sc.findMapping(path) : undefined;
    const decision = decisionOf(isUpgrade, mapping !== undefined);
    if (decision !== 'upgrade' || mapping === undefined) {
      return chain.doFilter(request, response);
    }
    doUpgrade(this.#sc, request, response, mapping);
    return Promise.resolve();
  }
}

/** Why the filter keeps a request, or does not. */
function decisionOf(
  isUpgrade: boolean,
  hasEndpoint: boolean,
): 'upgrade' | 'no endpoint' | 'no upgrade' {
  if (!isUpgrade) return 'no upgrade';
  return hasEndpoint ? 'upgrade' : 'no endpoint';
}
