/**
 * Which endpoint serves which path.
 *
 * A path that is deployed literally wins. Templates are tried in the order of
 * their normalised paths, plain string order: since `{` comes after the
 * letters, a literal segment is mostly tried before a parameter.
 */
import { sortBy } from '../../../sim/sort-by.ts';
import { DeploymentException } from '../../java/exceptions.ts';
import { WsWebSocketContainer } from '../ws-web-socket-container.ts';
import type { ServerEndpointConfig } from './server-endpoint-config.ts';
import { UriTemplate } from './uri-template.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsMappingResult.java WsMappingResult
 */
export interface WsMappingResult {
  readonly config: ServerEndpointConfig;
  readonly pathParams: ReadonlyMap<string, string>;
}

interface TemplatePathMatch {
  readonly config: ServerEndpointConfig;
  readonly uriTemplate: UriTemplate;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsServerContainer.java WsServerContainer
 */
export class WsServerContainer extends WsWebSocketContainer {
  readonly #configExactMatchMap = new Map<string, ServerEndpointConfig>();
  /** By the number of segments. */
  readonly #configTemplateMatchMap = new Map<number, TemplatePathMatch[]>();
  #endpointsRegistered = false;

  /**
   * Deploys an endpoint.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsServerContainer.java WsServerContainer.addEndpoint
   * @omits the switch that forbids this after the first handshake
   * @throws {DeploymentException} when the path is taken or no path at all
   * @throws {IllegalArgumentException} when the template is malformed
   */
  addEndpoint(config: ServerEndpointConfig): void {
    const { path } = config;
    const uriTemplate = new UriTemplate(path);
    if (uriTemplate.hasParameters()) {
      const size = uriTemplate.getSegmentCount();
      const others = this.#configTemplateMatchMap.get(size) ?? [];
      const same = others.find(
        (other) => other.uriTemplate.normalized === uriTemplate.normalized,
      );
      if (same !== undefined) throw duplicate(path, same.config, config);
      const all = [...others, { config, uriTemplate }];
      this.#configTemplateMatchMap.set(
        size,
        sortBy(all, (match) => match.uriTemplate.normalized),
      );
    } else {
      const old = this.#configExactMatchMap.get(path);
      if (old !== undefined) throw duplicate(path, old, config);
      this.#configExactMatchMap.set(path, config);
    }
    this.#endpointsRegistered = true;
  }

  areEndpointsRegistered(): boolean {
    return this.#endpointsRegistered;
  }

  /**
   * The endpoint for a path, with the values of its parameters.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsServerContainer.java WsServerContainer.findMapping
   * @throws {IllegalArgumentException} for a path that is no template either
   */
  findMapping(path: string): WsMappingResult | undefined {
    const exact = this.#configExactMatchMap.get(path);
    if (exact !== undefined) return { config: exact, pathParams: new Map() };
    const candidate = toCandidate(path);
    if (candidate === undefined) return undefined;
    const size = candidate.getSegmentCount();
    for (const match of this.#configTemplateMatchMap.get(size) ?? []) {
      const pathParams = match.uriTemplate.match(candidate);
      if (pathParams !== undefined) return { config: match.config, pathParams };
    }
    return undefined;
  }
}

function toCandidate(path: string): UriTemplate | undefined {
  try {
    return new UriTemplate(path);
  } catch (error) {
    if (error instanceof DeploymentException) return undefined;
    throw error;
  }
}

function duplicate(
  path: string,
  old: ServerEndpointConfig,
  added: ServerEndpointConfig,
): DeploymentException {
  return new DeploymentException(
    `Multiple Endpoints may not be deployed to the same path [${path}] : existing endpoint was ${old.endpointClass.name} and new endpoint is ${added.endpointClass.name}`,
  );
}
