import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PipeListener, pipe } from '../../runnable/sim/pipe.ts';
import type { PipeOptions } from '../../runnable/sim/pipe.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import type { ByteStream } from '../../runnable/sim/stream.ts';
import { newLog } from './log.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (read: Uint8Array | undefined): string | undefined =>
  read === undefined ? undefined : new TextDecoder().decode(read);

/** Runs `main` with the two ends of a pipe, and gives what was logged. */
async function joined(
  main: (sim: Sim, client: ByteStream, server: ByteStream) => Promise<void>,
  options: PipeOptions = {},
): Promise<ReturnType<typeof newLog>> {
  const log = newLog();
  const sim = new Sim({ seed: 1, observer: log });
  await sim.run(() => main(sim, ...pipe(sim, ['client', 'server'], options)));
  return log;
}

test('read() takes what is there, and numbers it as it was written', async () => {
  const log = await joined(async (_sim, client, server) => {
    await client.write(bytes('hello'));
    await client.write(bytes('you'));
    assert.equal(textOf(await server.read(3)), 'hel');
    assert.equal(textOf(await server.read(100)), 'loyou');
    await server.write(bytes('hi'));
    assert.equal(textOf(await client.read(100)), 'hi');
    assert.equal(server.readNow(10)?.length, 0);
  });
  assert.deepEqual(
    log.lines.filter((line) => line.startsWith('bytes')),
    [
      'bytes.write client @0',
      'bytes.write client @5',
      'bytes.read server @0',
      'bytes.read server @3',
      'bytes.write server @0',
      'bytes.read client @0',
      'bytes.read server @8 empty',
    ],
  );
});

test('a read has the write of its last byte as cause, though more was written', async () => {
  const log = await joined(
    async (sim, client, server) => {
      await client.write(bytes('one'));
      await sim.sleep(15);
      await client.write(bytes('two'));
      assert.equal(textOf(await server.read(100)), 'one');
    },
    { latency: 10 },
  );
  const read = log.events.find(({ kind }) => kind === 'bytes.read');
  assert.equal(log.events[read!.cause!]?.subject, 'client @0');
});

test('read() waits for bytes that travel', async () => {
  await joined(
    async (sim, client, server) => {
      const start = sim.now();
      await client.write(bytes('x'));
      assert.equal(textOf(await server.read(9)), 'x');
      assert.equal(sim.now() - start, 25);
    },
    { latency: 25 },
  );
});

test('read() gives up after its time limit, and reads on later', async () => {
  const log = await joined(async (sim, client, server) => {
    const start = sim.now();
    await assert.rejects(server.read(9, 300), { fault: 'timeout' });
    assert.equal(sim.now() - start, 300);
    await client.write(bytes('late'));
    assert.equal(textOf(await server.read(9, 300)), 'late');
  });
  const blocks = log.events.filter(({ kind }) => kind === 'bytes.block');
  assert.deepEqual(
    blocks.map(({ fields }) => fields),
    [{ timeout: 300 }],
  );
});

test('read() serves two readers of one stream in turn', async () => {
  await joined(async (sim, client, server) => {
    const got: (string | undefined)[] = [];
    for (const name of ['a', 'b']) {
      sim.go(name, async () => {
        got.push(textOf(await server.read(9)));
      });
    }
    await sim.sleep(1);
    await client.write(bytes('first'));
    await sim.sleep(1);
    assert.deepEqual(got, ['first']);
    await client.write(bytes('second'));
    await sim.sleep(1);
    assert.deepEqual(got, ['first', 'second']);
  });
});

test('close() lets the peer read the rest, then the end', async () => {
  for (const latency of [0, 10]) {
    const log = await joined(
      async (_sim, client, server) => {
        await client.write(bytes('bye'));
        client.close();
        assert.ok(client.closed);
        assert.equal(textOf(await server.read(9)), 'bye');
        assert.equal(await server.read(9), undefined);
        assert.equal(server.readNow(9), undefined);
        await assert.rejects(client.read(1), { fault: 'closed' });
        assert.throws(() => client.writeNow(bytes('x')), { fault: 'closed' });
      },
      { latency },
    );
    const end = log.events.find((event) => event.case === 'eof');
    assert.equal(log.events[end!.cause!]?.kind, 'bytes.close');
  }
});

test('close() wakes whoever waits at this end', async () => {
  await joined(
    async (sim, client) => {
      const faults: unknown[] = [];
      const note = (error: unknown): void => {
        faults.push((error as { fault: unknown }).fault);
      };
      sim.go('reader', () => client.read(1).then(() => undefined), note);
      sim.go('writer', () => client.write(bytes('abcdefgh')), note);
      await sim.sleep(1);
      client.close();
      await sim.sleep(1);
      assert.deepEqual(faults, ['closed', 'closed']);
    },
    { capacity: 4, latency: 5 },
  );
});

test('a write to a closed peer breaks, also when it waits for room', async () => {
  await joined(
    async (sim, client, server) => {
      let fault: unknown;
      sim.go(
        'writer',
        () => client.write(bytes('abcdefgh')),
        (error) => {
          fault = (error as { fault: unknown }).fault;
        },
      );
      await sim.sleep(1);
      server.close();
      await sim.sleep(1);
      assert.equal(fault, 'reset');
      await assert.rejects(client.write(bytes('x')), { fault: 'reset' });
    },
    { capacity: 4 },
  );
});

test('reset() breaks the calls of the peer', async () => {
  await joined(async (sim, client, server) => {
    await client.write(bytes('lost'));
    client.reset();
    await assert.rejects(server.read(9), { fault: 'reset' });
    assert.throws(() => server.readNow(9), { fault: 'reset' });
    await assert.rejects(server.write(bytes('x')), { fault: 'reset' });
    await assert.rejects(client.read(9), { fault: 'closed' });
    await sim.sleep(0);
  });
});

test('reset() reaches a peer that waits, after the latency', async () => {
  await joined(
    async (sim, client, server) => {
      const start = sim.now();
      const read = server.read(9);
      client.reset();
      await assert.rejects(read, { fault: 'reset' });
      assert.equal(sim.now() - start, 7);
    },
    { latency: 7 },
  );
});

test('writeNow() takes what fits, and write() waits for room', async () => {
  await joined(
    async (sim, client, server) => {
      assert.equal(client.writeNow(bytes('abcdef')), 4);
      assert.equal(client.writeNow(bytes('ef')), 0);
      await assert.rejects(client.write(bytes('ef'), 50), { fault: 'timeout' });
      const written = sim.go('writer', () => client.write(bytes('efgh')));
      let got = '';
      while (got.length < 8) got += textOf(await server.read(2)) ?? '';
      assert.equal(got, 'abcdefgh');
      await written.done;
    },
    { capacity: 4 },
  );
});

test('onReadable() and onWritable() call back once it would not wait', async () => {
  await joined(
    async (sim, client, server) => {
      const calls: string[] = [];
      server.onReadable(() => calls.push('readable'));
      client.onWritable(() => calls.push('writable'));
      assert.deepEqual(calls, ['writable']);
      client.writeNow(bytes('abcd'));
      client.onWritable(() => calls.push('writable again'));
      assert.deepEqual(calls, ['writable', 'readable']);
      server.readNow(1);
      assert.deepEqual(calls, ['writable', 'readable', 'writable again']);
      server.readNow(9);
      server.onReadable(() => calls.push('end'));
      client.close();
      assert.deepEqual(calls.slice(3), ['end']);
      client.onReadable(() => calls.push('closed'));
      server.onWritable(() => calls.push('broken'));
      assert.deepEqual(calls.slice(4), ['closed', 'broken']);
      await sim.sleep(0);
    },
    { capacity: 4 },
  );
});

test('a pipe gives the bytes that went in, whole and in order', async () => {
  const program = fc.record({
    chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 })),
    sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
    capacity: fc.integer({ min: 1, max: 64 }),
    latency: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(program, async ({ chunks, sizes, ...options }) => {
      await joined(async (sim, client, server) => {
        sim.go('writer', async () => {
          for (const chunk of chunks) {
            await client.write(chunk);
            if (chunk.length % 3 === 0) await sim.sleep(1);
          }
          client.close();
        });
        const got: number[] = [];
        for (let turn = 0; ; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          const part = await server.read(size);
          if (part === undefined) break;
          assert.ok(part.length > 0 && part.length <= size);
          got.push(...part);
        }
        assert.deepEqual(
          got,
          chunks.flatMap((chunk) => [...chunk]),
        );
      }, options);
    }),
  );
});

test('PipeListener accepts connections in order, and refuses when closed', async () => {
  const sim = new Sim({ seed: 1 });
  const listener = new PipeListener(sim, 'port 8080');
  await sim.run(async () => {
    const client = listener.connect();
    const server = await listener.accept();
    await client.write(bytes('hi'));
    assert.equal(textOf(await server?.read(9)), 'hi');
    listener.close();
    assert.equal(await listener.accept(), undefined);
    assert.throws(() => listener.connect(), { fault: 'reset' });
  });
});

test('PipeListener resets the connection for which there is no room', async () => {
  const sim = new Sim({ seed: 1 });
  const listener = new PipeListener(sim, 'port 8080');
  await sim.run(async () => {
    for (let n = 0; n < 100; n++) listener.connect();
    await assert.rejects(listener.connect().read(1), { fault: 'reset' });
  });
});
