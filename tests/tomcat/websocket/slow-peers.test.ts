/**
 * WebSocket clients that are slow, or gone without a word: what they hold up,
 * and for how long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sim } from '../../../runnable/sim/sim.ts';
import { PipeListener } from '../../../runnable/sim/pipe.ts';
import type { ByteStream } from '../../../runnable/sim/stream.ts';
import { shortPass, startLab } from '../../../src/chapter/tomcat-server.ts';
import type { Connector } from './harness.ts';
import { frame, parseFrames } from './frames.ts';

const upgrade = (path: string): Buffer =>
  Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      'Host: a',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      '\r\n',
    ].join('\r\n'),
  );

interface Setting {
  readonly sim: Sim;
  readonly connect: (path: string) => Promise<ByteStream>;
  readonly events: readonly string[];
  readonly passes: readonly string[];
}

/** A lab whose connections take few bytes before a writer has to wait. */
function onSmallPipes<T>(
  connector: Connector,
  body: (setting: Setting) => Promise<T>,
): Promise<T> {
  const sim = new Sim({ seed: 1 });
  const listener = new PipeListener(sim, 'port', { capacity: 2000 });
  const events: string[] = [];
  const passes: string[] = [];
  return sim.run(() => {
    startLab({
      sim,
      listener,
      connector,
      onEvent: (line) => events.push(line),
      onPass: (line) => passes.push(shortPass(line)),
    });
    const connect = async (path: string): Promise<ByteStream> => {
      const stream = listener.connect();
      await stream.write(upgrade(path));
      await sim.sleep(5);
      const head = Buffer.from(stream.readNow(2000) ?? []).toString('latin1');
      assert.match(head, /^HTTP\/1\.1 101 /);
      return stream;
    };
    return body({ sim, connect, events, passes });
  });
}

/** Reads a little every 10 ms until `bytes` have come. */
async function readSlowly(
  sim: Sim,
  stream: ByteStream,
  bytes: number,
): Promise<void> {
  for (let read = 0; read < bytes;) {
    await sim.sleep(10);
    read += (await stream.read(1500, 1000))?.length ?? bytes;
  }
  await sim.sleep(10);
}

test('on NIO a slow reader is written to pass by pass while its callback waits', () =>
  onSmallPipes('nio', async ({ sim, connect, passes }) => {
    const client = await connect('/cmd');
    await client.write(frame(1, 'size 20000'));
    await readSlowly(sim, client, 20_004);
    // The second pass looked for bytes behind the handshake.
    const rest = passes.slice(2);
    assert.ok(rest.length > 3);
    assert.equal(rest.pop(), 'OPEN_READ>UPGRADED');
    assert.deepEqual([...new Set(rest)], ['OPEN_WRITE>UPGRADED']);
  }));

test('on BIO a slow reader brings no OPEN_WRITE: the thread itself waits', () =>
  onSmallPipes('bio', async ({ sim, connect, passes }) => {
    const client = await connect('/cmd');
    await client.write(frame(1, 'size 20000'));
    await readSlowly(sim, client, 20_004);
    assert.equal(passes[0], 'OPEN_READ>UPGRADING');
    assert.ok(!passes.some((pass) => pass.startsWith('OPEN_WRITE')));
  }));

for (const connector of ['bio', 'nio'] as const) {
  test(`${connector} closes a session whose client never reads`, () =>
    onSmallPipes(connector, async ({ sim, connect, events }) => {
      const client = await connect('/cmd');
      await client.write(frame(1, 'size 20000'));
      await sim.sleep(19_000);
      assert.ok(!events.some((line) => line.startsWith('onClose')));
      await sim.sleep(30_000);
      assert.ok(events.some((line) => line.startsWith('onError')));
      assert.ok(events.some((line) => line.startsWith('onClose 1006')));
    }));

  test(`${connector} closes a session that is idle for longer than it may`, () =>
    onSmallPipes(connector, async ({ sim, connect, events }) => {
      const client = await connect('/cmd');
      await client.write(frame(1, 'idle 5000'));
      await sim.sleep(4000);
      assert.ok(!events.some((line) => line.startsWith('onClose')));
      await sim.sleep(20_000);
      const expired = 'The WebSocket session timeout expired';
      assert.ok(events.includes(`onClose 1006 '${expired}'`));
      const [close] = parseFrames(Buffer.from((await client.read(100)) ?? []));
      assert.equal(close?.payload.readUInt16BE(0), 1001);
      assert.equal(close.payload.toString('utf8', 2), expired);
    }));
}
