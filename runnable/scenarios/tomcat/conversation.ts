/**
 * One conversation on the NIO connector, told along what the client does.
 */
import type { Ports } from '../../ports.ts';
import type { Sim } from '../../sim/sim.ts';
import type { ByteStream } from '../../sim/stream.ts';
import type { Lane, Run } from '../scenario.ts';
import { echoClass } from './echo-endpoint.ts';
import type { Stage } from './stage.ts';
import { foldedFiles, readAll, send } from './stage.ts';
import { castWithEndpoint, newWebSocketStage } from './websocket.ts';
import type { Deployed } from './websocket.ts';

/** The lanes: a client, the connector, one for all workers, the application. */
export const conversationCast: readonly Lane[] = castWithEndpoint('nio', 1).map(
  (lane) =>
    lane.id === 'worker-1'
      ? { ...lane, id: 'worker', role: 'any thread', tasks: ['worker-*'] }
      : lane,
);

/** Everything of chapters 01 and 03, which tell it in full. */
export const foldedInConversations: readonly string[] = [
  ...foldedFiles,
  'tomcat/catalina',
  'tomcat/coyote',
  'tomcat/juli',
  'tomcat/util',
];

/** What happens all the time and is told elsewhere. */
const behindTheScenes: readonly string[] = [
  'task.',
  'chan.',
  'call EchoEndpoint.onMessages',
  'call Poller',
  'call NioEndpoint',
  'call AbstractConnectionHandler',
  'call AbstractHttp11Processor',
  'call AbstractProcessor',
  'call AbstractServletInputStream',
  'call Http11ConnectionHandler',
  'state SocketState',
  'change connections',
  'log AbstractConnectionHandler',
];

/** Where the handshake is told: where the parser stands matters later. */
export const foldOfConversations: readonly string[] = [
  ...behindTheScenes,
  'state Parser',
];

/** Where the parser's steps are told: the handshake was before. */
export const foldOfParsing: readonly string[] = [
  ...behindTheScenes,
  'call WsFilter',
  'call doUpgrade',
  'call Request.upgrade',
];

/** Where frames are told, each as a whole. */
export const foldOfFrames: readonly string[] = [
  ...foldOfParsing,
  'state Parser',
];

/**
 * A server with the echo endpoint, and a client that first sends `request`.
 *
 * @param request text, or a whole segment
 * @param script what the client does afterwards, before it reads to the end
 */
export function converse(
  sim: Sim,
  ports: Ports,
  request: string | Uint8Array,
  script: (stream: ByteStream, stage: Stage) => Promise<void>,
  deployed: Deployed = echoClass,
): Run {
  const { stage, machines, parser } = newWebSocketStage(
    sim,
    ports,
    'nio',
    deployed,
  );
  return {
    view: stage.view({ machines: [...machines, parser] }),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        if (typeof request === 'string') await send(stream, request);
        else await stream.write(request);
        await stage.at(1000);
        await script(stream, stage);
        await readAll(stream);
      });
      await client.done;
      return { states: stage.states };
    },
  };
}

/** The request of a handshake, with other headers than usual. */
export function requestWith(
  path: string,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const headers: Record<string, string | undefined> = {
    Host: 'localhost:8080',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...changes,
  };
  const lines = Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value ?? ''}`);
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
