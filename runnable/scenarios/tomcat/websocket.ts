/**
 * What the stories about WebSocket share: a server with one endpoint, and the
 * bytes that a client sends.
 */
import type { Ports } from '../../ports.ts';
import type { Sim } from '../../sim/sim.ts';
import type { ConnectorName } from '../../tomcat/catalina/connector.ts';
import { LogLines } from '../../tomcat/juli/log.ts';
import { DefaultServerEndpointConfigurator } from '../../tomcat/websocket/server/default-server-endpoint-configurator.ts';
import type {
  Configurator,
  EndpointClass,
  PojoClass,
} from '../../tomcat/websocket/server/server-endpoint-config.ts';
import { WsFilter } from '../../tomcat/websocket/server/ws-filter.ts';
import { WsHttpUpgradeHandler } from '../../tomcat/websocket/server/ws-http-upgrade-handler.ts';
import { WsServerContainer } from '../../tomcat/websocket/server/ws-server-container.ts';
import { frameParserStates } from '../../tomcat/websocket/frame-state.ts';
import { sessionStates } from '../../tomcat/websocket/session-properties.ts';
import type { Lane, Machine } from '../scenario.ts';
import { Stage, castOf } from './stage.ts';

/** The request of RFC 6455's own example. */
export const upgradeRequest = [
  'GET /echo HTTP/1.1',
  'Host: localhost:8080',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

/** The server of a story, and who has been upgraded on it. */
export interface WebSocketStage {
  readonly stage: Stage;
  readonly machines: readonly Machine[];
  /** Where the frame parser of the one connection stands. */
  readonly parser: Machine;
}

/** What is deployed. */
export type Deployed = (EndpointClass | PojoClass) & {
  /** What the application says about handshakes; nothing by default. */
  readonly configurator?: Configurator;
};

/** A server with one endpoint at `/echo`. */
export function newWebSocketStage(
  sim: Sim,
  ports: Ports,
  connector: ConnectorName,
  endpointClass: Deployed,
): WebSocketStage {
  const log = new LogLines();
  const container = new WsServerContainer({ sim, ports, log });
  container.addEndpoint({
    path: '/echo',
    endpointClass,
    subprotocols: [],
    extensions: [],
    configurator:
      endpointClass.configurator ?? new DefaultServerEndpointConfigurator(),
    userProperties: new Map(),
  });
  const application = { filters: [new WsFilter(container)] };
  const stage = new Stage(sim, connector, { application, log });
  /** The handler of the one connection, also when it has been forgotten. */
  const last: { handler?: WsHttpUpgradeHandler } = {};
  const handlerNow = (): WsHttpUpgradeHandler | undefined => {
    for (const processor of stage.connector.handler.connections.values()) {
      const handler = processor.getHttpUpgradeHandler();
      if (handler instanceof WsHttpUpgradeHandler) last.handler = handler;
    }
    return last.handler;
  };
  return {
    stage,
    machines: [
      {
        name: 'Session',
        states: ['none', ...sessionStates],
        initial: 'none',
        read: () => handlerNow()?.session?.state,
      },
    ],
    parser: {
      name: 'Parser',
      states: ['none', ...frameParserStates],
      initial: 'none',
      read: () => handlerNow()?.parserState,
    },
  };
}

const mask = [0x37, 0xfa, 0x21, 0x3d];

/** A short frame as a client sends it: final and masked. */
export function maskedFrame(
  opCode: number,
  payload: readonly number[],
): Uint8Array {
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Uint8Array.from([
    0x80 + opCode,
    0x80 + payload.length,
    ...mask,
    ...masked,
  ]);
}

/** A short frame with any first byte: `0x01` begins a text that goes on. */
export function fragment(first: number, text: string): Uint8Array {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  const frame = maskedFrame(0, codes);
  frame[0] = first;
  return frame;
}

export const hello = maskedFrame(1, [0x48, 0x65, 0x6c, 0x6c, 0x6f]);
/** Code 1000. */
export const closeFrame = maskedFrame(8, [0x03, 0xe8]);

/** What goes on behind the scenes, and what another step says already. */
export const fold: readonly string[] = [
  'task.',
  'chan.',
  'clock.',
  'state Session OPEN',
  'call EchoEndpoint.onMessages',
];

/** The lanes of a run on a connector, the application last. */
export function castWithEndpoint(
  connector: ConnectorName,
  workers: number,
): readonly Lane[] {
  return [
    ...castOf(connector, workers),
    {
      id: 'endpoint',
      noun: 'the endpoint',
      role: 'EchoEndpoint, the application',
      symbols: ['EchoEndpoint.*'],
    },
  ];
}
