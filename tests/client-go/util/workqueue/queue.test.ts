import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Type } from '../../../../runnable/client-go/util/workqueue/queue.ts';
import { Sim } from '../../../../runnable/sim/sim.ts';

/** A run with an empty queue in it. */
function inQueue(
  body: (queue: Type, sim: Sim) => Promise<void>,
): Promise<void> {
  const sim = new Sim({ seed: 1 });
  return sim.run(() => body(new Type(sim, 'Keys'), sim));
}

test('get() hands items out in the order they came', () =>
  inQueue(async (queue) => {
    for (const key of ['a', 'b', 'a']) queue.add(key);
    assert.equal(queue.len(), 2);
    assert.deepEqual(await queue.get(), { item: 'a', shutdown: false });
    assert.deepEqual(await queue.get(), { item: 'b', shutdown: false });
  }));

test('get() waits until there is something', () =>
  inQueue(async (queue, sim) => {
    sim.go('adder', async () => {
      await sim.sleep(7);
      queue.add('a');
    });
    const start = sim.now();
    assert.equal((await queue.get()).item, 'a');
    assert.equal(sim.now() - start, 7);
  }));

test('add() during the work brings exactly one more run, after done()', () =>
  inQueue(async (queue) => {
    queue.add('a');
    await queue.get();
    for (let times = 0; times < 5; times++) queue.add('a');
    assert.equal(queue.len(), 0);
    queue.done('a');
    assert.equal(queue.len(), 1);
    await queue.get();
    queue.done('a');
    assert.equal(queue.len(), 0);
  }));

test('a key that comes again goes to the end of the queue', () =>
  inQueue(async (queue) => {
    queue.add('a');
    await queue.get();
    queue.add('a');
    queue.add('b');
    queue.done('a');
    assert.equal((await queue.get()).item, 'b');
    assert.equal((await queue.get()).item, 'a');
  }));

test('shutDown() hands out what is queued, takes no more, then ends', () =>
  inQueue(async (queue, sim) => {
    const ends: boolean[] = [];
    queue.add('a');
    queue.shutDown();
    queue.add('b');
    assert.ok(queue.shuttingDown());
    assert.equal((await queue.get()).item, 'a');
    assert.deepEqual(await queue.get(), { item: undefined, shutdown: true });

    const other = new Type(sim, 'Others');
    for (const name of ['first', 'second']) {
      sim.go(name, async () => {
        ends.push((await other.get()).shutdown);
      });
    }
    other.shutDown();
    await sim.sleep(1);
    assert.deepEqual(ends, [true, true]);
  }));

const event = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  after: fc.nat(6),
});

test('no two workers ever have one key, and no event is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }),
      async (events, workers, durations) => {
        const sim = new Sim({ seed: 1 });
        const queue = new Type(sim, 'Keys');
        const busy = new Set<string>();
        /** Events that no run has seen yet, by key. */
        const unseen = new Map<string, number>();
        let runs = 0;
        for (let worker = 0; worker < workers; worker++) {
          sim.go(`worker ${worker}`, async () => {
            for (;;) {
              const { item = '' } = await queue.get();
              assert.ok(!busy.has(item), `Two workers have ${item}`);
              assert.ok(
                (unseen.get(item) ?? 0) > 0,
                `There is no reason to run ${item}`,
              );
              busy.add(item);
              unseen.delete(item);
              await sim.sleep(durations[runs % durations.length]!);
              runs += 1;
              busy.delete(item);
              queue.done(item);
            }
          });
        }
        await sim.run(async () => {
          for (const { key, after } of events) {
            unseen.set(key, (unseen.get(key) ?? 0) + 1);
            queue.add(key);
            if (after > 0) await sim.sleep(after);
          }
          await sim.sleep(1000);
        });
        assert.deepEqual([...unseen], []);
        assert.ok(runs <= events.length);
      },
    ),
  );
});
