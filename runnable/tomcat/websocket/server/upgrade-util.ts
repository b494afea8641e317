/**
 * The handshake: a ladder of checks, and an answer that is filled in on the
 * way. Which check a bad request fails first decides its status.
 */
import type { Ports } from '../../../ports.ts';
import type {
  HttpServletRequest,
  HttpServletResponse,
} from '../../catalina/servlet.ts';
import { ServletException } from '../../java/exceptions.ts';
import type { LogSink } from '../../juli/log.ts';
import { toLatin1 } from '../../util/buf/bytes.ts';
import {
  CONNECTION_HEADER_NAME,
  CONNECTION_HEADER_VALUE,
  INSTALLED_EXTENSIONS,
  ORIGIN_HEADER_NAME,
  POJO_PATH_PARAM_KEY,
  UPGRADE_HEADER_NAME,
  UPGRADE_HEADER_VALUE,
  WS_ACCEPT_GUID,
  WS_EXTENSIONS_HEADER_NAME,
  WS_KEY_HEADER_NAME,
  WS_PROTOCOL_HEADER_NAME,
  WS_VERSION_HEADER_NAME,
  WS_VERSION_HEADER_VALUE,
} from '../constants.ts';
import { extensionHeader } from '../extension-header.ts';
import type { Endpoint, Extension, ExtensionParameter } from '../javax.ts';
import { PojoEndpointServer } from '../pojo/pojo-endpoint-server.ts';
import type { Transformation } from '../transformation.ts';
import { create } from '../transformation-factory.ts';
import { parseExtensionHeader } from '../util.ts';
import type { ServerEndpointConfig } from './server-endpoint-config.ts';
import { WsHandshakeRequest } from './ws-handshake-request.ts';
import { WsHttpUpgradeHandler } from './ws-http-upgrade-handler.ts';
import type {
  WsMappingResult,
  WsServerContainer,
} from './ws-server-container.ts';

/**
 * Whether somebody wants WebSocket: only a GET can be an upgrade.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.isWebSocketUpgradeRequest
 */
export function isWebSocketUpgradeRequest(
  request: HttpServletRequest,
): boolean {
  return (
    headerContainsToken(request, UPGRADE_HEADER_NAME, UPGRADE_HEADER_VALUE) &&
    request.getMethod() === 'GET'
  );
}

/**
 * Checks a handshake, fills in the answer, and leaves an upgrade handler with
 * the connection. Nothing is written here.
 *
 * @story when refusal: Because of its `{refusal}`, `doUpgrade` refuses the handshake with status {status}.
 * @story when accept: Connection, version, key and origin pass, in that order, and `doUpgrade` fills in the response headers.
 * @story Connection, version, key and origin pass, but `doUpgrade` cannot make sense of what the client offers, and throws.
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.doUpgrade
 * @differs the handler is made with what upstream's `preInit` gives it
 * @throws {RuntimeException} for a malformed extension header: the container
 *   answers 500
 */
export function doUpgrade(
  sc: WsServerContainer,
  req: HttpServletRequest,
  resp: HttpServletResponse,
  { config, pathParams }: WsMappingResult,
): void {
  const refusal = refusalOf(req, config);
  const status = refusal === undefined ? 101 : statuses[refusal];
  if (refusal === WS_VERSION_HEADER_NAME) {
    // The client is told which version it may come back with.
    resp.setStatus(status);
    resp.setHeader(WS_VERSION_HEADER_NAME, WS_VERSION_HEADER_VALUE);
    return;
  }
  if (refusal !== undefined) {
    resp.sendError(status);
    return;
  }
  const { configurator } = config;
  const subProtocol = configurator.getNegotiatedSubprotocol(
    config.subprotocols,
    getTokensFromHeader(req, WS_PROTOCOL_HEADER_NAME),
  );
  const requested = req
    .getHeaders(WS_EXTENSIONS_HEADER_NAME)
    .flatMap((header) => parseExtensionHeader(header));
  const negotiated = configurator.getNegotiatedExtensions(
    installedExtensions(config),
    requested,
  );
  const transformations = createTransformations(negotiated, sc.ports);
  const transformation = chain(transformations);
  const extensions = transformations
    .map((one) => one.getExtensionResponse())
    .filter((extension) => extension !== undefined);

  resp.setHeader(UPGRADE_HEADER_NAME, UPGRADE_HEADER_VALUE);
  resp.setHeader(CONNECTION_HEADER_NAME, CONNECTION_HEADER_VALUE);
  const key = req.getHeader(WS_KEY_HEADER_NAME) ?? '';
  const accept = getWebSocketAccept(key, sc.ports);
  resp.setHeader('Sec-WebSocket-Accept', accept);
  if (subProtocol !== '') resp.setHeader(WS_PROTOCOL_HEADER_NAME, subProtocol);
  if (extensions.length > 0) {
    resp.setHeader(WS_EXTENSIONS_HEADER_NAME, extensionHeader(extensions));
  }

  const handshakeRequest = new WsHandshakeRequest(req, pathParams);
  const perSession: ServerEndpointConfig = {
    ...config,
    userProperties: new Map(config.userProperties),
  };
  modifyHandshake(perSession, handshakeRequest, resp);
  const endpoint = newEndpoint(perSession, pathParams, sc.log);
  req.upgrade(
    () =>
      new WsHttpUpgradeHandler({
        endpoint,
        endpointConfig: perSession,
        webSocketContainer: sc,
        handshakeRequest,
        negotiatedExtensions: extensions,
        subProtocol,
        transformation,
        pathParameters: pathParams,
        secure: req.isSecure(),
      }),
  );
}

/** The header that a handshake can be refused for, and with which status. */
const statuses = {
  [CONNECTION_HEADER_NAME]: 400,
  [WS_VERSION_HEADER_NAME]: 426,
  [WS_KEY_HEADER_NAME]: 400,
  [ORIGIN_HEADER_NAME]: 403,
} as const;

/**
 * The first header that is missing or wrong. A key is not looked at: any
 * text will do.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.doUpgrade (part)
 */
function refusalOf(
  req: HttpServletRequest,
  { configurator }: ServerEndpointConfig,
): keyof typeof statuses | undefined {
  if (
    !headerContainsToken(req, CONNECTION_HEADER_NAME, CONNECTION_HEADER_VALUE)
  ) {
    return CONNECTION_HEADER_NAME;
  }
  if (
    !headerContainsToken(req, WS_VERSION_HEADER_NAME, WS_VERSION_HEADER_VALUE)
  ) {
    return WS_VERSION_HEADER_NAME;
  }
  if (req.getHeader(WS_KEY_HEADER_NAME) === undefined) {
    return WS_KEY_HEADER_NAME;
  }
  const origin = req.getHeader(ORIGIN_HEADER_NAME);
  return configurator.checkOrigin(origin) ? undefined : ORIGIN_HEADER_NAME;
}

function installedExtensions(config: ServerEndpointConfig): Extension[] {
  const own = INSTALLED_EXTENSIONS.map((name) => ({ name, parameters: [] }));
  return [...config.extensions, ...own];
}

/**
 * One transformation a name: requests of one name are alternatives.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.createTransformations
 * @throws {IllegalArgumentException} for a bad parameter
 */
export function createTransformations(
  negotiated: readonly Extension[],
  ports: Ports,
): Transformation[] {
  const preferences = new Map<string, (readonly ExtensionParameter[])[]>();
  for (const { name, parameters } of negotiated) {
    preferences.set(name, [...(preferences.get(name) ?? []), parameters]);
  }
  return [...preferences]
    .map(([name, alternatives]) => create(name, alternatives, true, ports))
    .filter((transformation) => transformation !== undefined);
}

/** @throws {ServletException} when two of them use the same reserved bit */
function chain(
  transformations: readonly Transformation[],
): Transformation | undefined {
  const [first, ...rest] = transformations;
  for (const next of rest) first?.setNext(next);
  if (first?.validateRsvBits(0) === false) {
    throw new ServletException(
      'One or more of the requested extensions use the same reserved bits',
    );
  }
  return first;
}

function modifyHandshake(
  config: ServerEndpointConfig,
  request: WsHandshakeRequest,
  resp: HttpServletResponse,
): void {
  const added = new Map<string, string[]>();
  config.configurator.modifyHandshake(config, request, {
    getHeaders: () => added,
  });
  for (const [name, values] of added) {
    for (const value of values) resp.addHeader(name, value);
  }
}

/** An annotated class gets its instance later, when the session opens. */
function newEndpoint(
  { endpointClass, userProperties }: ServerEndpointConfig,
  pathParams: ReadonlyMap<string, string>,
  log: LogSink,
): Endpoint {
  if (endpointClass.type === 'Endpoint') return endpointClass.newInstance();
  userProperties.set(POJO_PATH_PARAM_KEY, pathParams);
  return new PojoEndpointServer(endpointClass, log);
}

/**
 * Whether one of a header's values has a token, whatever its case.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.headerContainsToken
 */
function headerContainsToken(
  req: HttpServletRequest,
  name: string,
  target: string,
): boolean {
  return getTokensFromHeader(req, name).some(
    (token) => token.toLowerCase() === target.toLowerCase(),
  );
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.getTokensFromHeader
 */
function getTokensFromHeader(req: HttpServletRequest, name: string): string[] {
  return req
    .getHeaders(name)
    .flatMap((value) => value.split(','))
    .map((token) => token.trim());
}

/**
 * Proves to the client that its key was read by somebody who knows WebSocket.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.getWebSocketAccept
 */
export function getWebSocketAccept(key: string, ports: Ports): string {
  const digest = ports.sha1(toLatin1(key + WS_ACCEPT_GUID));
  return btoa(String.fromCharCode(...digest));
}
