/**
 * What happens in a handshake when the application says nothing about it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/DefaultServerEndpointConfigurator.java DefaultServerEndpointConfigurator
 */
import type { Extension } from '../javax.ts';
import type {
  Configurator,
  HandshakeRequest,
  HandshakeResponse,
  ServerEndpointConfig,
} from './server-endpoint-config.ts';

/** Everybody may connect, and the client's preferences count. */
export class DefaultServerEndpointConfigurator implements Configurator {
  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/DefaultServerEndpointConfigurator.java DefaultServerEndpointConfigurator.checkOrigin
   */
  checkOrigin(_origin: string | undefined): boolean {
    return true;
  }

  /**
   * The first that the client asks for and the server has, or none: ''.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/DefaultServerEndpointConfigurator.java DefaultServerEndpointConfigurator.getNegotiatedSubprotocol
   */
  getNegotiatedSubprotocol(
    supported: readonly string[],
    requested: readonly string[],
  ): string {
    return requested.find((name) => supported.includes(name)) ?? '';
  }

  /**
   * What the client asks for, less what nobody here knows by that name.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/DefaultServerEndpointConfigurator.java DefaultServerEndpointConfigurator.getNegotiatedExtensions
   */
  getNegotiatedExtensions(
    installed: readonly Extension[],
    requested: readonly Extension[],
  ): readonly Extension[] {
    const names = new Set(installed.map(({ name }) => name));
    return requested.filter(({ name }) => names.has(name));
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/DefaultServerEndpointConfigurator.java DefaultServerEndpointConfigurator.modifyHandshake
   */
  modifyHandshake(
    _config: ServerEndpointConfig,
    _request: HandshakeRequest,
    _response: HandshakeResponse,
  ): void {
    // The handshake stays as it is.
  }
}
