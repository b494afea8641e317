import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Channel } from '../../runnable/sim/channel.ts';
import type { Clock } from '../../runnable/sim/clock.ts';
import { receive, select } from '../../runnable/sim/select.ts';
import { settle } from '../../runnable/sim/settle.ts';
import { Sim, StuckError, defaultStart } from '../../runnable/sim/sim.ts';
import { newLog } from './log.ts';

test('run() gives what main returns, after as much virtual time as it waits', async () => {
  const sim = new Sim({ seed: 1 });
  const result = await sim.run(async () => {
    await sim.sleep(600_000);
    return sim.now();
  });
  assert.equal(result, defaultStart + 600_000);
});

test('run() throws what main throws', async () => {
  const sim = new Sim({ seed: 1 });
  await assert.rejects(
    sim.run(async () => {
      throw new RangeError('no');
    }),
    RangeError,
  );
});

test('run() ends with the error that a task does not catch', async () => {
  const sim = new Sim({ seed: 1 });
  await assert.rejects(
    sim.run(async () => {
      sim.go('worker', async () => {
        await sim.sleep(1);
        throw new Error('panic');
      });
      await sim.sleep(1000);
    }),
    /panic/,
  );
});

test('go() hands the error of a task to whoever answers for it', async () => {
  const sim = new Sim({ seed: 1 });
  const died: unknown[] = [];
  await sim.run(async () => {
    const task = sim.go(
      'worker',
      async () => {
        await sim.sleep(1);
        throw new Error('panic');
      },
      (error) => died.push(error),
    );
    await task.done;
  });
  assert.match(String(died[0]), /panic/);
});

test('go() runs a task up to its first wait at once, and names it once', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    let ran = false;
    const first = sim.go('worker', async () => {
      ran = true;
      await sim.sleep(1);
    });
    assert.ok(ran);
    const second = sim.go('worker', async () => undefined);
    assert.deepEqual([first.name, second.name], ['worker', 'worker (2)']);
    await first.done;
    const third = sim.go('worker', async () => undefined);
    assert.equal(third.name, 'worker');
  });
});

test('run() reports who waits for what when nothing can happen', async () => {
  const sim = new Sim({ seed: 1, observer: newLog() });
  const never = new Channel<string>(sim, 'podUpdates');
  const run = sim.run(async () => {
    sim.go('worker uid-web', async () => {
      await select(sim, 'loop', { never: receive(sim, never) });
    });
    await never.recv();
  });
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof StuckError);
    assert.equal(
      error.message,
      'Cannot go on: every task waits, and nothing is due. Alive: main, worker uid-web. ' +
        'somewhere.ts:1 waits for podUpdates; somewhere.ts:1 waits to receive from podUpdates',
    );
    return true;
  });
});

test('run() ends a run that goes on for ever', async () => {
  const sim = new Sim({ seed: 1, maxTurns: 50 });
  const run = sim.run(async () => {
    for (;;) await sim.sleep(1);
  });
  await assert.rejects(run, {
    name: 'StuckError',
    message: /^Cannot finish the run: 50 timers fired, and it goes on\./,
  });
});

test('run() waits on a clock of one’s own without turning round and round', async () => {
  const due: (() => void)[] = [];
  let asked = 0;
  const clock: Clock = {
    now: () => asked++,
    after(_delay, fire) {
      due.push(fire);
      return { stop: () => true };
    },
  };
  const sim = new Sim({ seed: 1, clock });
  const run = sim.run(async () => {
    await sim.sleep(5);
    return 'done';
  });
  for (let turn = 0; turn < 20; turn++) await settle();
  assert.equal(due.length, 1);
  due[0]!();
  assert.equal(await run, 'done');
  assert.equal(asked, 0);
});

test('kill() lets no task of the process get past its next wait', async () => {
  const sim = new Sim({ seed: 1 });
  const steps: string[] = [];
  await sim.run(async () => {
    const kubelet = sim.process();
    const inner = kubelet.process();
    const inbox = new Channel<string>(kubelet, 'inbox');
    kubelet.go('sleeper', async () => {
      await kubelet.sleep(10);
      steps.push('slept');
    });
    kubelet.go('reader', async () => {
      await inbox.recv();
      steps.push('read');
    });
    inner.clock.after(10, () => steps.push('timer'));
    await sim.sleep(5);
    kubelet.kill();
    assert.ok(inner.killed && !sim.killed);
    inbox.trySend('late');
    kubelet.go('newcomer', async () => {
      steps.push('started');
    });
    await sim.sleep(100);
  });
  assert.deepEqual(steps, []);
});

test('kill() ends a process whose task then fails, not the run', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const process = sim.process();
    process.go('worker', async () => {
      process.kill();
      throw new Error('nobody hears this');
    });
    await sim.sleep(1);
  });
});

test('kill() gives the names of the dead to those who come after', async () => {
  const sim = new Sim({ seed: 1 });
  const run = sim.run(async () => {
    const first = sim.process();
    first.go('worker', () => first.sleep(1000));
    first.kill();
    const second = sim.process();
    const never = new Channel<string>(second, 'never');
    const task = second.go('worker', async () => {
      await never.recv();
    });
    assert.equal(task.name, 'worker');
    await task.done;
  });
  await assert.rejects(run, ({ message }: Error) => {
    assert.match(message, /Alive: main, worker\. somebody waits/);
    assert.ok(!message.includes('1000 ms'));
    return true;
  });
});

test('count() numbers every series from 1', () => {
  const sim = new Sim({ seed: 1 });
  assert.equal(sim.count('uid'), 1);
  assert.equal(sim.process().count('uid'), 2);
  assert.equal(sim.count('port'), 1);
});

test('emit() drops a cause that no observer gave', () => {
  const log = newLog();
  const sim = new Sim({ seed: 1, observer: log });
  sim.emit('store.get', 'a', {}, { cause: -1, case: 'b' });
  sim.emit('store.get', 'a', {}, { cause: 0 });
  assert.deepEqual(log.events, [
    { kind: 'store.get', subject: 'a', fields: {}, case: 'b' },
    { kind: 'store.get', subject: 'a', fields: {}, cause: 0 },
  ]);
  assert.equal(new Sim({ seed: 1 }).emit('store.get', 'a', {}), -1);
});

/** A little world of workers that wait, hand on values and pick by chance. */
async function world(seed: number, pauses: readonly number[]) {
  const log = newLog();
  const sim = new Sim({ seed, observer: log });
  const left = new Channel<number>(sim, 'left', 1);
  const right = new Channel<number>(sim, 'right');
  await sim.run(async () => {
    for (const [index, channel] of [left, right].entries()) {
      sim.go('sender', async () => {
        for (const pause of pauses) {
          await sim.sleep((pause * (index + 1)) % 7);
          await channel.send(sim.chance.below(100));
        }
      });
    }
    for (let taken = 0; taken < 2 * pauses.length; taken++) {
      const cases = { left: receive(sim, left), right: receive(sim, right) };
      await select(sim, 'loop', cases);
      if (taken % 3 === 0) await sim.sleep(2);
    }
  });
  return log.events;
}

test('a run has the same events every time, for every seed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
      async (seed, pauses) => {
        const first = await world(seed, pauses);
        assert.deepEqual(await world(seed, pauses), first);
      },
    ),
    { numRuns: 40 },
  );
});

test('a run with an observer does what one without does', async () => {
  const order = async (sim: Sim): Promise<string[]> => {
    const seen: string[] = [];
    const channel = new Channel<number>(sim, 'c', 1);
    await sim.run(async () => {
      for (const name of ['a', 'b', 'c']) {
        sim.go(name, async () => {
          await sim.sleep(sim.chance.below(3));
          await channel.send(1);
          seen.push(name);
        });
      }
      for (let n = 0; n < 3; n++) await channel.recv();
      await sim.sleep(0);
    });
    return seen;
  };
  for (let seed = 0; seed < 20; seed++) {
    assert.deepEqual(
      await order(new Sim({ seed, observer: newLog() })),
      await order(new Sim({ seed })),
    );
  }
});
