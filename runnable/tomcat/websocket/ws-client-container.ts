/**
 * Connecting to a server.
 *
 * The order of the last steps is the lesson: the application hears of its
 * session, the session is registered, and only then are bytes parsed that
 * came together with the answer. Earlier, a message would come before
 * `onOpen`; not at all, and it would stay unread until the next one.
 */
import type { Chance } from '../../sim/chance.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { StreamError } from '../../sim/stream.ts';
import type { ByteStream } from '../../sim/stream.ts';
import { DeploymentException, IOException } from '../java/exceptions.ts';
import { toLatin1 } from '../util/buf/bytes.ts';
import {
  createRequest,
  createRequestHeaders,
  parseTarget,
  processResponse,
} from './client-handshake.ts';
import type { HttpResponse, Target } from './client-handshake.ts';
import type { Endpoint, EndpointConfig, Extension } from './javax.ts';
import type { Transformation } from './transformation.ts';
import { create } from './transformation-factory.ts';
import { parseExtensionHeader } from './util.ts';
import { WsFrameClient } from './ws-frame-client.ts';
import { WsRemoteEndpointImplClient } from './ws-remote-endpoint-impl-client.ts';
import { WsSession } from './ws-session.ts';
import { WsWebSocketContainer } from './ws-web-socket-container.ts';
import type { ContainerOptions } from './ws-web-socket-container.ts';

/** Opens a connection; TLS is its business, too. */
export type Connect = (target: Target) => Promise<ByteStream>;

export interface ClientEndpointConfig extends EndpointConfig {
  readonly preferredSubprotocols: readonly string[];
  readonly extensions: readonly Extension[];
  readonly configurator?: {
    beforeRequest?(headers: Map<string, string[]>): void;
    afterResponse?(response: HttpResponse): void;
  };
}

/** How long connecting and answering may take, each. */
const IO_TIMEOUT: Milliseconds = 5000;

const MAX_REDIRECTIONS = 20;

/**
 * The container of clients.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer
 */
export class WsClientContainer extends WsWebSocketContainer {
  readonly #connect: Connect;

  constructor(options: ContainerOptions, connect: Connect) {
    super(options);
    this.#connect = connect;
  }

  /**
   * Connects, shakes hands, and opens a session.
   *
   * @story `connectToServer` begins a handshake with `{uri}`, and does not return before it has a session.
   * @story returns: With the session open and registered, and what came with the answer parsed, `connectToServer` returns.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.connectToServerRecursive
   * @omits proxies and authentication; a 401 is refused as any other status
   * @throws {DeploymentException} when there is no session in the end
   */
  async connectToServer(
    endpoint: Endpoint,
    config: ClientEndpointConfig,
    uri: string,
    redirects: readonly string[] = [],
  ): Promise<WsSession> {
    const target = parseTarget(uri);
    const headers = createRequestHeaders(target, {
      key: generateWsKeyValue(this.sim.chance),
      subProtocols: config.preferredSubprotocols,
      extensions: config.extensions,
    });
    config.configurator?.beforeRequest?.(headers);
    let channel: ByteStream | undefined;
    let response: HttpResponse;
    let subProtocol: string;
    let transformation: Transformation | undefined;
    let extensions: readonly Extension[];
    try {
      channel = await this.#connect(target);
      const request = createRequest(target, headers);
      await channel.write(toLatin1(request), IO_TIMEOUT);
      const size = this.defaultMaxBinaryMessageBufferSize;
      response = await processResponse(channel, size, IO_TIMEOUT);
      if (isRedirectStatus(response.status)) {
        const location = redirectOf(response, uri, redirects);
        channel.close();
        const seen = [...redirects, uri];
        return await this.connectToServer(endpoint, config, location, seen);
      }
      if (response.status !== 101) throw invalidStatus(response.status);
      config.configurator?.afterResponse?.(response);
      subProtocol = subProtocolOf(response);
      extensions = extensionsOf(response);
      transformation = this.#transformationOf(extensions);
    } catch (error) {
      channel?.close();
      throw toDeploymentException(error);
    }
    const remote = new WsRemoteEndpointImplClient(this.sim, channel);
    const wsSession = new WsSession({
      localEndpoint: endpoint,
      wsRemoteEndpoint: remote,
      container: this,
      negotiatedExtensions: extensions,
      subProtocol,
      secure: target.secure,
      userProperties: config.userProperties,
    });
    const { rest } = response;
    const wsFrameClient = new WsFrameClient(
      this.sim,
      rest,
      channel,
      wsSession,
      transformation,
    );
    remote.setTransformation(wsFrameClient.getTransformation());
    await endpoint.onOpen(wsSession, config);
    this.registerSession(endpoint, wsSession);
    await wsFrameClient.startInputProcessing();
    return wsSession;
  }

  /** @throws {DeploymentException} for parameters it cannot follow */
  #transformationOf(
    extensions: readonly Extension[],
  ): Transformation | undefined {
    let first: Transformation | undefined;
    for (const { name, parameters } of extensions) {
      const next = create(name, [parameters], false, this.ports);
      if (next === undefined) {
        throw new DeploymentException(
          'The server responded with extension parameters the client is unable to support',
        );
      }
      if (first === undefined) first = next;
      else first.setNext(next);
    }
    return first;
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.generateWsKeyValue
 */
function generateWsKeyValue(chance: Chance): string {
  const bytes = Array.from({ length: 16 }, () => chance.below(256));
  return btoa(String.fromCharCode(...bytes));
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.isRedirectStatus
 */
function isRedirectStatus(status: number): boolean {
  return [300, 301, 302, 303, 305, 307].includes(status);
}

/** Where the server sends the client, as a URI of WebSocket. */
function redirectOf(
  { status, headers }: HttpResponse,
  uri: string,
  redirects: readonly string[],
): string {
  const location = headers.get('location')?.[0];
  if (location === undefined || location === '') {
    throw new DeploymentException(
      `Failed to handle HTTP response code [${String(status)}]. Missing Location header in response`,
    );
  }
  const next = resolve(location, uri);
  if (
    next === uri ||
    redirects.includes(next) ||
    redirects.length >= MAX_REDIRECTIONS
  ) {
    throw new DeploymentException(
      `Cyclic Location header [${next}] detected / reached max number of redirects [${String(redirects.length)}] of max [${String(MAX_REDIRECTIONS)}]`,
    );
  }
  return next;
}

function resolve(location: string, uri: string): string {
  const absolute = new URL(location, uri.replace(/^ws/i, 'http')).href;
  return absolute.replace(/^http/i, 'ws');
}

function invalidStatus(status: number): DeploymentException {
  return new DeploymentException(
    `The HTTP response from the server [${String(status)}] did not permit the HTTP upgrade to WebSocket`,
  );
}

/** Whatever the server says it is, asked for or not. */
function subProtocolOf({ headers }: HttpResponse): string {
  const values = headers.get('sec-websocket-protocol') ?? [];
  if (values.length > 1) {
    throw new DeploymentException(
      'The WebSocket server returned multiple values for the Sec-WebSocket-Protocol header',
    );
  }
  return values[0] ?? '';
}

function extensionsOf({ headers }: HttpResponse): readonly Extension[] {
  return (headers.get('sec-websocket-extensions') ?? []).flatMap((value) =>
    parseExtensionHeader(value),
  );
}

/** An unknown extension stays the unchecked exception that it is. */
function toDeploymentException(error: unknown): unknown {
  if (!(error instanceof IOException) && !(error instanceof StreamError)) {
    return error;
  }
  return new DeploymentException(
    'The HTTP request to initiate the WebSocket connection failed',
    { cause: error },
  );
}
