/**
 * The client against servers that follow a script.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pipe } from '../../../runnable/sim/pipe.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { ByteStream } from '../../../runnable/sim/stream.ts';
import { LogLines } from '../../../runnable/tomcat/juli/log.ts';
import { ProgEndpoint } from '../../../runnable/tomcat/lab/echo-endpoints.ts';
import { WsClientContainer } from '../../../runnable/tomcat/websocket/ws-client-container.ts';
import type { WsSession } from '../../../runnable/tomcat/websocket/ws-session.ts';
import { ports } from '../../../src/ports/ports.ts';

const answer = (more = '', status = '101 Switching Protocols'): string =>
  `HTTP/1.1 ${status}\r\n${more}\r\n`;

/** What the endpoint heard, what the server got, and how it went. */
async function connect(
  script: (server: ByteStream, sim: Sim) => Promise<void>,
  uri = 'ws://example.org/chat?x=1',
  after?: (session: WsSession, sim: Sim) => Promise<void>,
) {
  const sim = new Sim({ seed: 1 });
  const events: string[] = [];
  const requests: string[] = [];
  const options = { sim, ports, log: new LogLines() };
  const container = new WsClientContainer(options, async () => {
    const [client, server] = pipe(sim, ['client', 'server']);
    sim.go('server', async () => {
      const bytes = await server.read(8192);
      requests.push(Buffer.from(bytes ?? []).toString());
      await script(server, sim);
    });
    return Promise.resolve(client);
  });
  const endpoint = new ProgEndpoint((line) => events.push(line));
  const config = {
    preferredSubprotocols: [],
    extensions: [],
    userProperties: new Map<string, unknown>(),
  };
  const error = await sim.run(async () => {
    try {
      const session = await container.connectToServer(endpoint, config, uri);
      events.push('connected');
      await after?.(session, sim);
      await sim.sleep(100);
      return undefined;
    } catch (thrown) {
      return thrown as Error;
    }
  });
  return { events, requests, error };
}

test('connectToServer() delivers what came with the answer before it returns', async () => {
  const { events } = await connect(async (server) => {
    await server.write(Buffer.from(answer() + '\x81\x02hi', 'latin1'));
  });
  assert.deepEqual(events, ['onOpen prog', 'onText hi', 'connected']);
});

test('connectToServer() delivers later messages after it has returned', async () => {
  const { events } = await connect(async (server, sim) => {
    await server.write(Buffer.from(answer()));
    await sim.sleep(10);
    await server.write(Buffer.from('\x81\x02hi', 'latin1'));
  });
  assert.deepEqual(events, ['onOpen prog', 'connected', 'onText hi']);
});

test('connectToServer() asks with a port, even the usual one', async () => {
  const { requests } = await connect((server) =>
    server.write(Buffer.from(answer())),
  );
  const [request = ''] = requests;
  assert.match(request, /^GET \/chat\?x=1 HTTP\/1\.1\r\nSec-WebSocket-Key: /);
  assert.match(request, /\r\nHost: example\.org:80\r\n/);
});

test('connectToServer() masks what it sends', async () => {
  const got: Buffer[] = [];
  await connect(
    async (server) => {
      await server.write(Buffer.from(answer()));
      got.push(Buffer.from((await server.read(100)) ?? []));
    },
    undefined,
    (session) => session.getBasicRemote().sendText('hi'),
  );
  const [bytes] = got;
  assert.ok(bytes);
  assert.equal(bytes.subarray(0, 2).toString('hex'), '8182');
  const mask = bytes.subarray(2, 6);
  const payload = bytes.subarray(6).map((byte, at) => byte ^ mask[at % 4]!);
  assert.equal(Buffer.from(payload).toString(), 'hi');
});

test('connectToServer() trusts a wrong Sec-WebSocket-Accept', async () => {
  const { error, events } = await connect((server) =>
    server.write(Buffer.from(answer('Sec-WebSocket-Accept: nonsense\r\n'))),
  );
  assert.equal(error, undefined);
  assert.ok(events.includes('connected'));
});

for (const [about, text, message] of [
  ['another status', answer('', '404 Not Found'), /\[404\] did not permit/],
  [
    'two subprotocols',
    answer('Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n'),
    /multiple values/,
  ],
  ['no HTTP', 'SMTP ready\r\n\r\n', /did not permit/],
  ['a redirect to nowhere', answer('', '302 Found'), /Missing Location/],
  [
    'a redirect to itself',
    answer('Location: /chat?x=1\r\n', '302 Found'),
    /Cyclic Location/,
  ],
  [
    'a window it cannot have',
    answer(
      'Sec-WebSocket-Extensions: permessage-deflate;client_max_window_bits=9\r\n',
    ),
    /unable to support/,
  ],
] as const) {
  test(`connectToServer() refuses ${about}`, async () => {
    const { error } = await connect((server) =>
      server.write(Buffer.from(text)),
    );
    assert.equal(error?.name, 'DeploymentException');
    assert.match(error.message, message);
  });
}

test('connectToServer() lets an unknown extension escape as what it is', async () => {
  const { error } = await connect((server) =>
    server.write(Buffer.from(answer('Sec-WebSocket-Extensions: zip\r\n'))),
  );
  assert.equal(error?.name, 'IllegalArgumentException');
});

test('connectToServer() fails when the server closes or says nothing', async () => {
  for (const script of [
    (server: ByteStream) => {
      server.close();
      return Promise.resolve();
    },
    () => Promise.resolve(),
  ]) {
    const { error } = await connect(script);
    assert.equal(error?.name, 'DeploymentException');
  }
});

for (const uri of ['http://example.org/', 'ws:///nowhere']) {
  test(`connectToServer() refuses the URI ${uri}`, async () => {
    const { error } = await connect(() => Promise.resolve(), uri);
    assert.equal(error?.name, 'DeploymentException');
  });
}

test('a client that loses its server hears 1006', async () => {
  const { events } = await connect(async (server, sim) => {
    await server.write(Buffer.from(answer()));
    await sim.sleep(10);
    server.close();
  });
  assert.ok(events.includes('onClose 1006 null'), events.join());
});
