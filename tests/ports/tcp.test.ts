import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Sim } from '../../runnable/sim/sim.ts';
import type { ByteStream } from '../../runnable/sim/stream.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { connectTo, listen } from '../../src/ports/tcp.ts';
import type { TcpListener } from '../../src/ports/tcp.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (read: Uint8Array | undefined): string | undefined =>
  read === undefined ? undefined : new TextDecoder().decode(read);

describe('tcp', { timeout: 20_000 }, () => {
  let listener: TcpListener;
  const open: ByteStream[] = [];

  before(async () => {
    listener = await listen(0);
  });

  after(() => {
    listener.close();
    for (const stream of open) stream.reset();
  });

  /** A connection over real sockets: client, server. */
  async function joined(): Promise<[ByteStream, ByteStream]> {
    const client = await connectTo(listener.port);
    const server = await listener.accept();
    assert.ok(server !== undefined);
    open.push(client, server);
    return [client, server];
  }

  test('read() waits for bytes, and takes no more than it wants', async () => {
    const [client, server] = await joined();
    const read = server.read(3);
    await client.write(bytes('hello'));
    assert.equal(textOf(await read), 'hel');
    assert.equal(textOf(await server.read(9)), 'lo');
    assert.equal(server.readNow(9)?.length, 0);
    assert.match(server.side, /^server-\d+$/);
  });

  test('read() gives up after its time limit, and reads on later', async () => {
    const [client, server] = await joined();
    await assert.rejects(server.read(9, 20), { fault: 'timeout' });
    await client.write(bytes('late'));
    assert.equal(textOf(await server.read(9, 5000)), 'late');
  });

  test('close() lets the peer read the rest, then the end', async () => {
    const [client, server] = await joined();
    await client.write(bytes('bye'));
    client.close();
    assert.equal(textOf(await server.read(9)), 'bye');
    assert.equal(await server.read(9), undefined);
    assert.equal(server.readNow(9), undefined);
    await assert.rejects(client.read(9), { fault: 'closed' });
    assert.throws(() => client.writeNow(bytes('x')), { fault: 'closed' });
  });

  test('close() wakes whoever waits at this end', async () => {
    const [client] = await joined();
    const read = client.read(9);
    client.close();
    await assert.rejects(read, { fault: 'closed' });
  });

  test('reset() breaks the calls of the peer', async () => {
    const [client, server] = await joined();
    const read = server.read(9);
    client.reset();
    await assert.rejects(read, { fault: 'reset' });
    assert.throws(() => server.readNow(9), { fault: 'reset' });
    await assert.rejects(server.write(bytes('x')), { fault: 'reset' });
  });

  test('write() waits while the peer does not read, and loses nothing', async () => {
    const [client, server] = await joined();
    const whole = new Uint8Array(8_000_000).map((_, index) => index % 251);
    let isWritten = false;
    const written = client.write(whole).then(() => {
      isWritten = true;
      client.close();
    });
    const first = await server.read(1000);
    assert.equal(isWritten, false);
    const parts = [first ?? new Uint8Array(0)];
    for (;;) {
      const part = await server.read(100_000);
      if (part === undefined) break;
      parts.push(part);
    }
    await written;
    assert.ok(Buffer.concat(parts).equals(whole));
  });

  test('writeNow() takes only what fits, and onWritable() tells when more does', async () => {
    const [client, server] = await joined();
    const chunk = new Uint8Array(1_000_000);
    let sent = client.writeNow(chunk);
    assert.ok(sent > 0 && sent < chunk.length);
    const more = new Promise<void>((resolve) => {
      client.onWritable(resolve);
    });
    await more;
    sent += client.writeNow(chunk);
    let got = 0;
    while (got < sent) got += (await server.read(1_000_000))?.length ?? 0;
    assert.equal(got, sent);
  });

  test('connectTo() fails where nobody listens', async () => {
    const gone = await listen(0);
    gone.close();
    assert.equal(await gone.accept(), undefined);
    await assert.rejects(connectTo(gone.port), { fault: 'reset' });
    await assert.rejects(listen(listener.port), { code: 'EADDRINUSE' });
  });

  test('a run on real sockets and a real clock serves an echo', async () => {
    const sim = new Sim({ seed: 1, clock: realClock() });
    const answer = await sim.run(async () => {
      const [client, server] = await joined();
      sim.go('server', async () => {
        const read = await server.read(100, 5000);
        await sim.sleep(5);
        await server.write(read ?? bytes('nothing'));
      });
      await client.write(bytes('echo'));
      return textOf(await client.read(100, 5000));
    });
    assert.equal(answer, 'echo');
  });
});

test('realClock() fires once, unless it is stopped', async () => {
  const clock = realClock();
  const start = clock.now();
  assert.ok(Number.isInteger(start) && start > 1_700_000_000_000);
  const never = clock.after(1, () => assert.fail());
  assert.equal(never.stop(), true);
  assert.equal(never.stop(), false);
  await new Promise<void>((resolve) => {
    const timer = clock.after(3, () => {
      assert.equal(timer.stop(), false);
      resolve();
    });
  });
  assert.ok(clock.now() - start >= 2);
});
