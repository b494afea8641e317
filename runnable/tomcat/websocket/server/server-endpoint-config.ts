/**
 * How an endpoint is deployed: its path, its class, and a configurator that
 * has a word in each handshake.
 */
import type { HttpSession, Principal } from '../../catalina/servlet.ts';
import type { Endpoint, EndpointConfig, Extension } from '../javax.ts';
import type { Pojo } from '../pojo/pojo.ts';

/** A class that extends `Endpoint`. */
export interface EndpointClass {
  readonly type: 'Endpoint';
  /** As Java prints it: `class org.example.Echo`. */
  readonly name: string;
  newInstance(): Endpoint;
}

/** A class that is annotated instead. */
export interface PojoClass {
  readonly type: 'POJO';
  readonly name: string;
  newInstance(): Pojo;
}

/** The request of a handshake, as a configurator sees it. */
export interface HandshakeRequest {
  /** Names in lower case. */
  getHeaders(): ReadonlyMap<string, readonly string[]>;
  getParameterMap(): ReadonlyMap<string, readonly string[]>;
  getRequestURI(): string;
  getQueryString(): string | undefined;
  getUserPrincipal(): Principal | undefined;
  getHttpSession(): HttpSession | undefined;
}

/** The answer of a handshake, as a configurator may change it. */
export interface HandshakeResponse {
  getHeaders(): Map<string, string[]>;
}

/**
 * What an application may decide in a handshake.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/javax/websocket/server/ServerEndpointConfig.java ServerEndpointConfig.Configurator
 */
export interface Configurator {
  checkOrigin(origin: string | undefined): boolean;
  getNegotiatedSubprotocol(
    supported: readonly string[],
    requested: readonly string[],
  ): string;
  getNegotiatedExtensions(
    installed: readonly Extension[],
    requested: readonly Extension[],
  ): readonly Extension[];
  modifyHandshake(
    config: ServerEndpointConfig,
    request: HandshakeRequest,
    response: HandshakeResponse,
  ): void;
}

export interface ServerEndpointConfig extends EndpointConfig {
  readonly path: string;
  readonly endpointClass: EndpointClass | PojoClass;
  readonly subprotocols: readonly string[];
  readonly extensions: readonly Extension[];
  readonly configurator: Configurator;
}
