import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Channel } from '../../runnable/sim/channel.ts';
import { settle } from '../../runnable/sim/settle.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { newLog } from './log.ts';

type Op = 'send' | 'trySend' | 'recv' | 'close';

/** Go's rules for a channel, as plain lists. */
class Model {
  readonly held: number[] = [];
  readonly senders: number[] = [];
  receivers = 0;
  closed = false;
  readonly results: string[] = [];
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  send(value: number, waits: boolean): void {
    if (this.closed) this.results.push(`panic ${value}`);
    else if (this.receivers > 0) {
      this.receivers -= 1;
      this.results.push(`got ${value}`, `sent ${value}`);
    } else if (this.held.length < this.capacity) {
      this.held.push(value);
      this.results.push(`sent ${value}`);
    } else if (waits) this.senders.push(value);
    else this.results.push(`dropped ${value}`);
  }

  recv(): void {
    const next = this.senders.shift();
    const first = this.held.shift() ?? next;
    if (next !== undefined) {
      this.results.push(`sent ${next}`);
      if (first !== next) this.held.push(next);
    }
    if (first !== undefined) this.results.push(`got ${first}`);
    else if (this.closed) this.results.push('got undefined');
    else this.receivers += 1;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (; this.receivers > 0; this.receivers -= 1) {
      this.results.push('got undefined');
    }
    for (const value of this.senders.splice(0)) {
      this.results.push(`panic ${value}`);
    }
  }
}

/** Carries out an operation on a real channel, in a task of its own. */
function start(
  sim: Sim,
  channel: Channel<number>,
  op: Op,
  value: number,
  results: string[],
): void {
  sim.go(op, async () => {
    try {
      if (op === 'send') {
        await channel.send(value);
        results.push(`sent ${value}`);
      } else if (op === 'trySend') {
        const sent = channel.trySend(value);
        results.push(`${sent ? 'sent' : 'dropped'} ${value}`);
      } else if (op === 'recv') {
        results.push(`got ${String(await channel.recv())}`);
      } else if (!channel.closed) channel.close();
    } catch (error) {
      assert.equal((error as Error).message, 'send on closed channel');
      results.push(`panic ${value}`);
    }
  });
}

test('Channel behaves as the model of a Go channel does', async () => {
  const op = fc.constantFrom<Op>('send', 'send', 'recv', 'recv', 'trySend');
  const program = fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.array(
      fc.oneof({ weight: 12, arbitrary: op }, fc.constant<Op>('close')),
      {
        maxLength: 30,
      },
    ),
  );
  await fc.assert(
    fc.asyncProperty(program, async ([capacity, ops]) => {
      const sim = new Sim({ seed: 1 });
      const channel = new Channel<number>(sim, 'c', capacity);
      const model = new Model(capacity);
      const results: string[] = [];
      for (const [value, one] of ops.entries()) {
        start(sim, channel, one, value, results);
        await settle();
        if (one === 'recv') model.recv();
        else if (one === 'close') model.close();
        else model.send(value, one === 'send');
        assert.deepEqual(results.toSorted(), model.results.toSorted());
        assert.deepEqual(channel.contents, model.held);
        assert.equal(channel.length, model.held.length);
      }
    }),
  );
});

test('send() waits until somebody receives when there is no capacity', async () => {
  const sim = new Sim({ seed: 1 });
  const channel = new Channel<string>(sim, 'c');
  const order: string[] = [];
  await sim.run(async () => {
    sim.go('sender', async () => {
      await channel.send('a');
      order.push('sent');
    });
    await sim.sleep(5);
    order.push('late');
    assert.equal(await channel.recv(), 'a');
    await sim.sleep(0);
  });
  assert.deepEqual(order, ['late', 'sent']);
});

test('close() leaves what is held to be received', async () => {
  const sim = new Sim({ seed: 1 });
  const channel = new Channel<number>(sim, 'c', 2);
  await sim.run(async () => {
    await channel.send(1);
    channel.close();
    assert.equal(await channel.recv(), 1);
    assert.equal(await channel.recv(), undefined);
    assert.throws(() => {
      channel.close();
    }, /close of closed channel/);
  });
});

test('a receive names the send it takes as its cause', async () => {
  const log = newLog();
  const sim = new Sim({ seed: 1, observer: log });
  const channel = new Channel<string>(sim, 'c', 1);
  await sim.run(async () => {
    sim.go('receiver', async () => {
      await channel.recv();
      await channel.recv();
    });
    await channel.send('direct');
    await channel.send('kept');
  });
  const sends = log.events.flatMap(({ kind, fields }, index) =>
    kind === 'chan.send' ? [[index, fields['value']] as const] : [],
  );
  const receives = log.events.flatMap(({ cause, fields }) =>
    cause === undefined ? [] : [[cause, fields['value']] as const],
  );
  assert.deepEqual(receives, sends);
  assert.equal(sends.length, 2);
});

test('a send that finds no room says whether it waits or drops', async () => {
  const log = newLog();
  const sim = new Sim({ seed: 1, observer: log });
  const channel = new Channel<number>(sim, 'c');
  await sim.run(async () => {
    channel.trySend(1);
    sim.go('receiver', async () => {
      await sim.sleep(1);
      await channel.recv();
    });
    await channel.send(2);
  });
  const full = log.events.filter((event) => event.case === 'full');
  assert.deepEqual(
    full.map(({ fields }) => [fields['value'], fields['policy']]),
    [
      [1, 'drop'],
      [2, 'block'],
    ],
  );
});
