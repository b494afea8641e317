/**
 * Peers that others wrote: Node's own client and `ws` talk to our server, and
 * our client talks to the server of `ws`. On loopback, on both connectors.
 */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { WebSocket as WsClient, WebSocketServer } from 'ws';
import { Sim } from '../../../runnable/sim/sim.ts';
import { LogLines } from '../../../runnable/tomcat/juli/log.ts';
import { ProgEndpoint } from '../../../runnable/tomcat/lab/echo-endpoints.ts';
import { CloseReason } from '../../../runnable/tomcat/websocket/javax.ts';
import { WsClientContainer } from '../../../runnable/tomcat/websocket/ws-client-container.ts';
import { startLab } from '../../../src/chapter/tomcat-server.ts';
import { ports } from '../../../src/ports/ports.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { connectTo, listen } from '../../../src/ports/tcp.ts';

type Connector = 'bio' | 'nio';

/** Serves the lab while `use` runs; gives the URL of a path. */
async function served(
  connector: Connector,
  use: (url: (path: string) => string) => Promise<void>,
): Promise<void> {
  const sim = new Sim({ seed: 1, clock: realClock() });
  const listener = await listen(0);
  const lab = startLab({ sim, listener, connector });
  try {
    await use((path) => `ws://127.0.0.1:${listener.port}${path}`);
  } finally {
    await lab.stop();
    listener.close();
  }
}

/** What both kinds of client have in common. */
type Peer = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

const nextMessage = (peer: Peer): Promise<unknown> =>
  new Promise((resolve) => {
    const once = (event: { readonly data: unknown }) => {
      resolve(event.data);
    };
    peer.addEventListener('message', once, { once: true });
  });

const opened = (peer: Peer): Promise<void> =>
  new Promise((resolve, reject) => {
    peer.addEventListener('open', () => {
      resolve();
    });
    peer.addEventListener('error', () => {
      reject(new Error('The connection could not be opened'));
    });
  });

const closed = (peer: Peer): Promise<readonly [number, string]> =>
  new Promise((resolve) => {
    peer.addEventListener('close', ({ code, reason }) => {
      resolve([code, reason]);
    });
  });

const clients: readonly [string, (url: string) => Peer][] = [
  ['the WebSocket of Node', (url) => new WebSocket(url)],
  ['ws', (url) => new WsClient(url) as unknown as Peer],
  [
    'ws without compression',
    (url) => new WsClient(url, { perMessageDeflate: false }) as unknown as Peer,
  ],
];

for (const [name, connect] of clients) {
  for (const connector of ['bio', 'nio'] as const) {
    test(`${name} talks to the server on ${connector}`, () =>
      served(connector, async (url) => {
        const peer = connect(url('/big'));
        await opened(peer);
        for (const text of ['Hello', '', 'ä€😀', 'x'.repeat(70_000)]) {
          const answer = nextMessage(peer);
          peer.send(text);
          assert.equal(await answer, text);
        }
        const end = closed(peer);
        peer.close(4321, 'app');
        assert.deepEqual(await end, [4321, 'app']);
      }));

    test(`${name} hears how the server on ${connector} closes`, () =>
      served(connector, async (url) => {
        const peer = connect(url('/cmd'));
        await opened(peer);
        const fragments = nextMessage(peer);
        peer.send('frag');
        assert.equal(await fragments, 'abcdef');
        const end = closed(peer);
        peer.send('close 3000 enough');
        assert.deepEqual(await end, [3000, 'enough']);
      }));
  }
}

test('the client talks to the server of ws, compressed, and closes', async () => {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: { threshold: 0 },
  });
  const codes: number[] = [];
  server.on('connection', (socket) => {
    socket.send('welcome');
    socket.on('message', (data, isBinary) => {
      socket.send(data as Buffer, { binary: isBinary });
    });
    socket.on('close', (code) => codes.push(code));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const sim = new Sim({ seed: 1, clock: realClock() });
  const events: string[] = [];
  const container = new WsClientContainer(
    { sim, ports, log: new LogLines() },
    () => connectTo(port),
  );
  const extensions = [{ name: 'permessage-deflate', parameters: [] }];
  await sim.run(async () => {
    const session = await container.connectToServer(
      new Echoless((line) => events.push(line)),
      { preferredSubprotocols: [], extensions, userProperties: new Map() },
      `ws://127.0.0.1:${port}/`,
    );
    assert.equal(
      session.getNegotiatedExtensions()[0]?.name,
      'permessage-deflate',
    );
    for (const text of ['one', 'two', 'x'.repeat(8000)]) {
      await session.getBasicRemote().sendText(text);
    }
    while (events.length < 5) await sim.sleep(5);
    await session.close(new CloseReason(1000, 'done'));
    while (codes.length === 0) await sim.sleep(5);
  });
  server.close();
  assert.deepEqual(events.slice(0, 4), [
    'onOpen prog',
    'onText welcome',
    'onText one',
    'onText two',
  ]);
  assert.deepEqual(codes, [1000]);
});

/** Hears text and says nothing. */
class Echoless extends ProgEndpoint {
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    super(tell);
    this.#tell = tell;
  }

  override onMessage(_session: unknown, message: string): Promise<void> {
    this.#tell(`onText ${message}`);
    return Promise.resolve();
  }
}
