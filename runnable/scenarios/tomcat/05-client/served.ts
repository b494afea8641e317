/**
 * What the stories about the client share: Tomcat's client, and a server that
 * follows a script.
 */
import type { Ports } from '../../../ports.ts';
import { pipe } from '../../../sim/pipe.ts';
import type { Sim } from '../../../sim/sim.ts';
import { StreamError } from '../../../sim/stream.ts';
import type { ByteStream } from '../../../sim/stream.ts';
import { LogLines } from '../../../tomcat/juli/log.ts';
import { fromLatin1, toLatin1 } from '../../../tomcat/util/buf/bytes.ts';
import type { ClientEndpointConfig } from '../../../tomcat/websocket/ws-client-container.ts';
import { WsClientContainer } from '../../../tomcat/websocket/ws-client-container.ts';
import { sessionStates } from '../../../tomcat/websocket/session-properties.ts';
import type { Lane, Run } from '../../scenario.ts';
import { ClientEndpoint } from './client-endpoint.ts';

export const cast: readonly Lane[] = [
  {
    id: 'caller',
    noun: 'the caller',
    role: 'the thread that connects',
    tasks: ['main', 'caller'],
  },
  {
    id: 'reader',
    noun: 'the reader',
    role: 'a thread of the channel group',
    tasks: ['WebSocketClient-AsyncIO'],
  },
  {
    id: 'endpoint',
    noun: 'the endpoint',
    role: 'ClientEndpoint, the application',
    symbols: ['ClientEndpoint.*'],
  },
  { id: 'server', noun: 'the server', played: true, tasks: ['server'] },
];

export const notes: readonly string[] = [
  'cast: caller = the thread that calls connectToServer; reader = the thread that reads afterwards; endpoint = ClientEndpoint; the server is played',
];

export const folded: readonly string[] = [
  'tomcat/java',
  'tomcat/juli',
  'tomcat/util',
];

/** What the server answers a handshake. */
export function answer(...headers: readonly string[]): Uint8Array {
  const usual = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: upgrade',
  ];
  return toLatin1([...usual, ...headers, '', ''].join('\r\n'));
}

/** A short text frame as a server sends it: without a mask. */
export const text = (message: string): Uint8Array =>
  Uint8Array.of(0x81, message.length, ...toLatin1(message));

/**
 * Connects, and lets a second go by.
 *
 * @param script what the server does once it has the request
 * @param application one that hears and says nothing by default
 */
export function connect(
  sim: Sim,
  ports: Ports,
  script: (server: ByteStream, request: string) => Promise<void>,
  application?: ClientEndpoint,
): Run {
  const options = { sim, ports, log: new LogLines() };
  const container = new WsClientContainer(options, () => {
    const [client, server] = pipe(sim, ['client', 'server'], { latency: 10 });
    sim.go('server', async () => {
      try {
        const request = await server.read(8192);
        await script(server, fromLatin1(request ?? new Uint8Array(0)));
      } catch (error) {
        // A client that has hung up is not told anything more.
        if (!(error instanceof StreamError)) throw error;
      }
    });
    return Promise.resolve(client);
  });
  const endpoint = application ?? new ClientEndpoint();
  const config: ClientEndpointConfig = {
    preferredSubprotocols: [],
    extensions: [],
    userProperties: new Map(),
  };
  return {
    view: {
      machines: [
        {
          name: 'Session',
          states: ['none', ...sessionStates],
          initial: 'none',
          read: () => endpoint.state,
        },
      ],
    },
    async main() {
      const caller = sim.go('caller', async () => {
        const uri = 'ws://localhost:8080/echo';
        try {
          await container.connectToServer(endpoint, config, uri);
        } catch (error) {
          endpoint.heard.push(`failed: ${(error as Error).message}`);
        }
      });
      await caller.done;
      await sim.sleep(1000);
      return { heard: endpoint.heard };
    },
  };
}
