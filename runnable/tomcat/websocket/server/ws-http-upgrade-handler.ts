/**
 * The protocol that takes over a connection once the 101 is on the wire.
 *
 * Its `init` has an order that everything depends on: parser and session
 * first, then the application's `onOpen`, and the read listener last of all.
 * So the application may send in `onOpen`, and hears of nothing before it.
 */
import type {
  HttpUpgradeHandler,
  ReadListener,
  WebConnection,
  WriteListener,
} from '../../coyote/http11/upgrade/servlet31.ts';
import { IllegalStateException, IOException } from '../../java/exceptions.ts';
import { Log } from '../../juli/log.ts';
import { CLOSED_ABNORMALLY, CloseReason, GOING_AWAY } from '../javax.ts';
import type { Endpoint, EndpointConfig, Extension } from '../javax.ts';
import type { Transformation } from '../transformation.ts';
import { WsIOException } from '../ws-io-exception.ts';
import { WsSession } from '../ws-session.ts';
import type { HandshakeRequest } from './server-endpoint-config.ts';
import { WsFrameServer } from './ws-frame-server.ts';
import { WsRemoteEndpointImplServer } from './ws-remote-endpoint-impl-server.ts';
import type { WsServerContainer } from './ws-server-container.ts';

/** What the handshake found out. */
export interface UpgradeOptions {
  readonly endpoint: Endpoint;
  readonly endpointConfig: EndpointConfig;
  readonly webSocketContainer: WsServerContainer;
  readonly handshakeRequest: HandshakeRequest;
  readonly negotiatedExtensions: readonly Extension[];
  readonly subProtocol: string;
  readonly transformation: Transformation | undefined;
  readonly pathParameters: ReadonlyMap<string, string>;
  readonly secure: boolean;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler
 * @omits the class loader of the application, which Java must switch
 */
export class WsHttpUpgradeHandler implements HttpUpgradeHandler {
  readonly #options: UpgradeOptions;
  readonly #log: Log;
  #connection: WebConnection | undefined;
  #wsSession: WsSession | undefined;
  #wsFrame: WsFrameServer | undefined;

  constructor(options: UpgradeOptions) {
    this.#options = options;
    const { log } = options.webSocketContainer;
    this.#log = new Log('WsHttpUpgradeHandler', log);
  }

  /** The session, once there is one. */
  get session(): WsSession | undefined {
    return this.#wsSession;
  }

  /** Where the frame parser stands. */
  get parserState(): string | undefined {
    return this.#wsFrame?.parserState;
  }

  /**
   * Takes the connection over.
   *
   * @story `init` builds session and frame parser and sets the write listener, but no read listener yet.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.init
   * @throws whatever a subclass of `Endpoint` throws in `onOpen`: the answer
   *   is out, so nobody can be told, and the connection just ends
   */
  async init(connection: WebConnection): Promise<void> {
    const { endpoint, endpointConfig, webSocketContainer } = this.#options;
    this.#connection = connection;
    const sis = connection.getInputStream();
    const sos = connection.getOutputStream();
    const remote = new WsRemoteEndpointImplServer(sos, webSocketContainer, () =>
      connection.close(),
    );
    const wsSession = this.#newSession(remote);
    this.#wsSession = wsSession;
    const wsFrame = new WsFrameServer(
      sis,
      wsSession,
      this.#options.transformation,
      webSocketContainer.faults,
    );
    this.#wsFrame = wsFrame;
    sos.setWriteListener(new WsWriteListener(this, remote));
    remote.setTransformation(wsFrame.getTransformation());
    await endpoint.onOpen(wsSession, endpointConfig);
    webSocketContainer.registerSession(endpoint, wsSession);
    sis.setReadListener(new WsReadListener(this, wsFrame));
  }

  #newSession(remote: WsRemoteEndpointImplServer): WsSession {
    const options = this.#options;
    const { handshakeRequest } = options;
    return new WsSession({
      localEndpoint: options.endpoint,
      wsRemoteEndpoint: remote,
      container: options.webSocketContainer,
      requestUri: handshakeRequest.getRequestURI(),
      queryString: handshakeRequest.getQueryString(),
      requestParameterMap: handshakeRequest.getParameterMap(),
      negotiatedExtensions: options.negotiatedExtensions,
      subProtocol: options.subProtocol,
      pathParameters: options.pathParameters,
      secure: options.secure,
      userProperties: options.endpointConfig.userProperties,
    });
  }

  /**
   * The connection failed: the peer, if it is there, is told 1001, the
   * application 1006, and then it hears of the error.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.onError
   */
  async onError(error: Error): Promise<void> {
    const reason = error.message === '' ? undefined : error.message;
    await this.#wsSession?.doClose(
      new CloseReason(GOING_AWAY, reason),
      new CloseReason(CLOSED_ABNORMALLY, reason),
    );
    await this.#wsSession?.fireEndpointOnError(error);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.close
   */
  async close(reason: CloseReason): Promise<void> {
    await this.#wsSession?.onClose(reason);
  }

  /**
   * @story In the end `destroy` closes what is left of the connection.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.destroy
   */
  async destroy(): Promise<void> {
    try {
      await this.#connection?.close();
    } catch (error) {
      this.#log.error(
        `Failed to close WebConnection while destroying the WebSocket HttpUpgradeHandler: ${(error as Error).message}`,
      );
    }
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.WsReadListener
 */
class WsReadListener implements ReadListener {
  readonly #wsProtocolHandler: WsHttpUpgradeHandler;
  readonly #wsFrame: WsFrameServer;

  constructor(handler: WsHttpUpgradeHandler, wsFrame: WsFrameServer) {
    this.#wsProtocolHandler = handler;
    this.#wsFrame = wsFrame;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsReadListener.onDataAvailable
   */
  async onDataAvailable(): Promise<void> {
    try {
      await this.#wsFrame.onDataAvailable();
    } catch (error) {
      if (error instanceof WsIOException) {
        await this.#wsProtocolHandler.close(error.closeReason);
      } else if (error instanceof IOException) {
        await this.onError(error);
        const reason = error.message === '' ? undefined : error.message;
        await this.#wsProtocolHandler.close(
          new CloseReason(CLOSED_ABNORMALLY, reason),
        );
      } else {
        throw error;
      }
    }
  }

  /** Nobody calls it: the end of a stream comes as an exception. */
  onAllDataRead(): Promise<void> {
    throw new IllegalStateException('The stream does not say when it ends');
  }

  async onError(error: Error): Promise<void> {
    await this.#wsProtocolHandler.onError(error);
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsHttpUpgradeHandler.java WsHttpUpgradeHandler.WsWriteListener
 */
class WsWriteListener implements WriteListener {
  readonly #wsProtocolHandler: WsHttpUpgradeHandler;
  readonly #remote: WsRemoteEndpointImplServer;

  constructor(
    handler: WsHttpUpgradeHandler,
    remote: WsRemoteEndpointImplServer,
  ) {
    this.#wsProtocolHandler = handler;
    this.#remote = remote;
  }

  async onWritePossible(): Promise<void> {
    await this.#remote.onWritePossible();
  }

  async onError(error: Error): Promise<void> {
    await this.#wsProtocolHandler.onError(error);
    await this.#remote.close();
  }
}
