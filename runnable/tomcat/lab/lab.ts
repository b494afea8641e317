/**
 * The lab: endpoints that show each property of the protocol, deployed in a
 * container of their own.
 */
import type { Extension } from '../websocket/javax.ts';
import { DefaultServerEndpointConfigurator } from '../websocket/server/default-server-endpoint-configurator.ts';
import type {
  Configurator,
  EndpointClass,
  HandshakeRequest,
  HandshakeResponse,
  PojoClass,
  ServerEndpointConfig,
} from '../websocket/server/server-endpoint-config.ts';
import { WsServerContainer } from '../websocket/server/ws-server-container.ts';
import type { ContainerOptions } from '../websocket/ws-web-socket-container.ts';
import { CmdEndpoint } from './cmd-endpoint.ts';
import {
  BigEndpoint,
  EchoEndpoint,
  LabEndpoint,
  Limit10Endpoint,
  PartialEndpoint,
  ProgEndpoint,
  ThrowEndpoint,
} from './echo-endpoints.ts';
import type { EventSink } from './lab-events.ts';
import {
  FoundEndpoint,
  OpenCloseEndpoint,
  OpenSendEndpoint,
  OpenThrowEndpoint,
  PathEndpoint,
  ProgOpenThrowEndpoint,
  ProtoEndpoint,
} from './open-endpoints.ts';

/** `/origin`: lets one origin in, and says so in two headers. */
class OriginConfigurator extends DefaultServerEndpointConfigurator {
  readonly #tell: EventSink;

  constructor(tell: EventSink) {
    super();
    this.#tell = tell;
  }

  override checkOrigin(origin: string | undefined): boolean {
    this.#tell(`checkOrigin ${origin ?? 'null'}`);
    return origin === 'http://good';
  }

  override modifyHandshake(
    _config: ServerEndpointConfig,
    request: HandshakeRequest,
    response: HandshakeResponse,
  ): void {
    const names = [...request.getHeaders().keys()].sort();
    this.#tell(`modifyHandshake headers=[${names.join(', ')}]`);
    response.getHeaders().set('X-Extra', ['1', '2']);
  }
}

const noExtensions: readonly Extension[] = [];

/** An endpoint with the default configuration. */
export function configOf(
  path: string,
  endpointClass: EndpointClass | PojoClass,
  subprotocols: readonly string[] = [],
): ServerEndpointConfig {
  const configurator: Configurator = new DefaultServerEndpointConfigurator();
  return {
    path,
    endpointClass,
    subprotocols,
    extensions: noExtensions,
    configurator,
    userProperties: new Map(),
  };
}

/**
 * A container with every endpoint of the lab.
 *
 * @param tell takes a line for each callback
 */
export function newLab(
  options: ContainerOptions,
  tell: EventSink,
): WsServerContainer {
  const container = new WsServerContainer(options);
  const pojo = (
    path: string,
    newInstance: () => LabEndpoint,
    subprotocols?: readonly string[],
  ): ServerEndpointConfig => {
    const name = `class lab${path}`;
    return configOf(path, { type: 'POJO', name, newInstance }, subprotocols);
  };
  const prog = (
    path: string,
    newInstance: () => ProgEndpoint,
  ): ServerEndpointConfig =>
    configOf(path, { type: 'Endpoint', name: `class lab${path}`, newInstance });
  const configs = [
    pojo('/echo', () => new EchoEndpoint(tell)),
    pojo('/partial', () => new PartialEndpoint(tell)),
    pojo('/big', () => new BigEndpoint(tell)),
    pojo('/limit10', () => new Limit10Endpoint(tell)),
    pojo('/textonly', () => new LabEndpoint(tell)),
    pojo('/throw', () => new ThrowEndpoint(tell)),
    pojo('/openthrow', () => new OpenThrowEndpoint(tell)),
    prog('/progopenthrow', () => new ProgOpenThrowEndpoint(tell)),
    pojo('/openclose', () => new OpenCloseEndpoint(tell)),
    pojo('/opensend', () => new OpenSendEndpoint(tell)),
    pojo('/cmd', () => new CmdEndpoint(tell, options.sim)),
    pojo('/path/{a}/{b}', () => new PathEndpoint(tell)),
    pojo('/path/{a}/fixed', () => new FoundEndpoint(tell, 'fixed')),
    pojo('/path/x/y', () => new FoundEndpoint(tell, 'exact')),
    {
      ...pojo('/origin', () => new LabEndpoint(tell)),
      configurator: new OriginConfigurator(tell),
    },
    pojo('/proto', () => new ProtoEndpoint(tell), ['sp', 'sp2']),
    prog('/prog', () => new ProgEndpoint(tell)),
  ];
  for (const config of configs) container.addEndpoint(config);
  return container;
}
