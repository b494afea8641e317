import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Channel } from '../../runnable/sim/channel.ts';
import { after, receive, select, sendTo } from '../../runnable/sim/select.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { newLog } from './log.ts';

test('select() takes from the one channel that is ready', async () => {
  const sim = new Sim({ seed: 1 });
  const a = new Channel<string>(sim, 'a', 1);
  const b = new Channel<number>(sim, 'b', 1);
  await sim.run(async () => {
    await b.send(7);
    const cases = { a: receive(sim, a), b: receive(sim, b) };
    assert.deepEqual(await select(sim, 'loop', cases), {
      which: 'b',
      value: 7,
    });
    assert.equal(b.length, 0);
  });
});

test('select() lets the seed pick among several, each about as often', async () => {
  const picks = { a: 0, b: 0, c: 0 };
  for (let seed = 0; seed < 600; seed++) {
    const sim = new Sim({ seed });
    const [a, b, c] = ['a', 'b', 'c'].map(
      (name) => new Channel<number>(sim, name, 1),
    );
    const { which } = await sim.run(async () => {
      for (const channel of [a!, b!, c!]) await channel.send(1);
      return select(sim, 'loop', {
        a: receive(sim, a!),
        b: receive(sim, b!),
        c: receive(sim, c!),
      });
    });
    picks[which] += 1;
  }
  for (const count of Object.values(picks)) {
    assert.ok(count > 150 && count < 250, JSON.stringify(picks));
  }
});

test('select() waits for whichever case comes first', async () => {
  const sim = new Sim({ seed: 1 });
  const a = new Channel<string>(sim, 'a');
  const b = new Channel<string>(sim, 'b');
  await sim.run(async () => {
    sim.go('b', async () => {
      await sim.sleep(5);
      await b.send('from b');
    });
    const cases = {
      a: receive(sim, a),
      b: receive(sim, b),
      late: after(sim, 100),
    };
    const chosen = await select(sim, 'loop', cases);
    assert.deepEqual(chosen, { which: 'b', value: 'from b' });
    assert.equal(a.canSend(), false);
  });
});

test('select() times out, and then takes nothing', async () => {
  const sim = new Sim({ seed: 1 });
  const a = new Channel<string>(sim, 'a');
  await sim.run(async () => {
    const start = sim.now();
    const chosen = await select(sim, 'loop', {
      a: receive(sim, a),
      timeout: after(sim, 30),
    });
    assert.deepEqual(chosen, { which: 'timeout', value: start + 30 });
    assert.equal(a.canSend(), false);
  });
});

test('select() sends when that is what can be done', async () => {
  const sim = new Sim({ seed: 1 });
  const out = new Channel<string>(sim, 'out');
  const stop = new Channel<undefined>(sim, 'stop');
  await sim.run(async () => {
    let got: string | undefined;
    sim.go('receiver', async () => {
      await sim.sleep(1);
      got = await out.recv();
    });
    const chosen = await select(sim, 'loop', {
      out: sendTo(out, 'x'),
      stop: receive(sim, stop),
    });
    await sim.sleep(0);
    assert.equal(chosen.which, 'out');
    assert.equal(got, 'x');
    assert.equal(stop.canSend(), false);
  });
});

test('select() takes a closed channel as ready, and fails to send to one', async () => {
  const sim = new Sim({ seed: 1 });
  const gone = new Channel<string>(sim, 'gone');
  await sim.run(async () => {
    gone.close();
    assert.deepEqual(await select(sim, 'f', { gone: receive(sim, gone) }), {
      which: 'gone',
      value: undefined,
    });
    await assert.rejects(
      select(sim, 'f', { gone: sendTo(gone, 'x') }),
      /send on closed channel/,
    );
  });
});

test('select() fails when the channel it waits to send to is closed', async () => {
  const sim = new Sim({ seed: 1 });
  const out = new Channel<string>(sim, 'out');
  await sim.run(async () => {
    sim.go('closer', async () => {
      await sim.sleep(1);
      out.close();
    });
    await assert.rejects(
      select(sim, 'f', { out: sendTo(out, 'x'), late: after(sim, 9) }),
      /send on closed channel/,
    );
  });
});

test('select() loses no value and gives none twice', async () => {
  const program = fc.record({
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    capacities: fc.array(fc.integer({ min: 0, max: 2 }), {
      minLength: 1,
      maxLength: 4,
    }),
    pauses: fc.array(fc.integer({ min: 0, max: 3 }), {
      minLength: 1,
      maxLength: 20,
    }),
  });
  await fc.assert(
    fc.asyncProperty(program, async ({ seed, capacities, pauses }) => {
      const sim = new Sim({ seed });
      const channels = capacities.map(
        (capacity, index) => new Channel<string>(sim, `c${index}`, capacity),
      );
      const got: string[] = [];
      await sim.run(async () => {
        for (const [index, channel] of channels.entries()) {
          sim.go(`sender ${index}`, async () => {
            for (const [n, pause] of pauses.entries()) {
              if (pause > 0) await sim.sleep(pause);
              await channel.send(`${index}.${n}`);
            }
          });
        }
        while (got.length < channels.length * pauses.length) {
          const cases = Object.fromEntries(
            channels.map((channel) => [channel.name, receive(sim, channel)]),
          );
          const { value } = await select(sim, 'loop', cases);
          got.push(String(value));
          const pause = pauses[got.length % pauses.length] ?? 0;
          if (pause > 1) await sim.sleep(pause);
        }
      });
      for (const [index] of channels.entries()) {
        assert.deepEqual(
          got.filter((value) => value.startsWith(`${index}.`)),
          pauses.map((_, n) => `${index}.${n}`),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('select() reports one, many or none ready', async () => {
  const log = newLog();
  const sim = new Sim({ seed: 1, observer: log });
  const a = new Channel<number>(sim, 'a', 2);
  const b = new Channel<number>(sim, 'b', 2);
  const both = () => ({ a: receive(sim, a), b: receive(sim, b) });
  await sim.run(async () => {
    await a.send(1);
    await select(sim, 'loop', both());
    await a.send(2);
    await b.send(3);
    await select(sim, 'loop', both());
    await select(sim, 'loop', both());
    sim.go('sender', async () => {
      await sim.sleep(1);
      await a.send(4);
    });
    await select(sim, 'loop', both());
  });
  const selects = log.lines.filter((line) => line.startsWith('select'));
  assert.deepEqual(selects, [
    'select.one loop',
    'select.many loop',
    'select.one loop',
    'select.block loop',
  ]);
});
