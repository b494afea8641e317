import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  BucketRateLimiter,
  defaultControllerRateLimiter,
  ItemExponentialFailureRateLimiter,
  MaxOfRateLimiter,
} from '../../../../runnable/client-go/util/workqueue/default-rate-limiters.ts';
import { DelayingType } from '../../../../runnable/client-go/util/workqueue/delaying-queue.ts';
import { newNamedRateLimitingQueue } from '../../../../runnable/client-go/util/workqueue/rate-limiting-queue.ts';
import { Sim } from '../../../../runnable/sim/sim.ts';

test('addAfter() adds at once when there is nothing to wait for', () => {
  const queue = new DelayingType(new Sim({ seed: 1 }), 'Keys');
  queue.addAfter('a', 0);
  queue.addAfter('b', -5);
  assert.equal(queue.len(), 2);
});

test('addAfter() keeps the earlier of two moments', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const queue = new DelayingType(sim, 'Keys');
    queue.addAfter('a', 50);
    queue.addAfter('a', 20);
    queue.addAfter('a', 90);
    await sim.sleep(19);
    assert.equal(queue.len(), 0);
    await sim.sleep(1);
    assert.equal((await queue.get()).item, 'a');
    queue.done('a');
    await sim.sleep(100);
    assert.equal(queue.len(), 0);
  });
});

test('shutDown() forgets what is not due yet', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const queue = new DelayingType(sim, 'Keys');
    queue.addAfter('a', 50);
    queue.shutDown();
    queue.addAfter('b', 10);
    await sim.sleep(100);
    assert.equal(queue.len(), 0);
  });
});

test('the exponential limiter doubles from 5 ms and stops at 1,000 s', () => {
  const limiter = new ItemExponentialFailureRateLimiter<string>(5, 1_000_000);
  const waits = Array.from({ length: 20 }, () => limiter.when('a'));
  assert.deepEqual(waits.slice(0, 5), [5, 10, 20, 40, 80]);
  assert.deepEqual(waits.slice(17), [655_360, 1_000_000, 1_000_000]);
  assert.equal(limiter.when('b'), 5);
  assert.equal(limiter.numRequeues('a'), 20);
  limiter.forget('a');
  assert.equal(limiter.numRequeues('a'), 0);
  assert.equal(limiter.when('a'), 5);
});

test('the exponential limiter stays at its limit, however often it fails', () => {
  const limiter = new ItemExponentialFailureRateLimiter<string>(1, 1000);
  for (let times = 0; times < 2000; times++) limiter.when('a');
  assert.equal(limiter.when('a'), 1000);
});

test('the bucket lets a hundred through and then ten a second', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const limiter = new BucketRateLimiter<string>(sim, 10, 100);
    const waits = Array.from({ length: 103 }, () => limiter.when('a'));
    assert.ok(waits.slice(0, 100).every((wait) => wait === 0));
    assert.deepEqual(waits.slice(100), [100, 200, 300]);
    await sim.sleep(500);
    assert.equal(limiter.when('b'), 0);
    await sim.sleep(60_000);
    const full = Array.from({ length: 101 }, () => limiter.when('a'));
    assert.deepEqual(full.slice(99), [0, 100]);
  });
});

test('the bucket never lets more through than rate and burst allow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 60 }), async (gaps) => {
      const sim = new Sim({ seed: 1 });
      await sim.run(async () => {
        const limiter = new BucketRateLimiter<string>(sim, 10, 5);
        const start = sim.now();
        const passed: number[] = [];
        for (const gap of gaps) {
          if (gap > 0) await sim.sleep(gap);
          passed.push(sim.now() - start + limiter.when('a'));
        }
        for (const [count, at] of passed.entries()) {
          assert.ok(count + 1 <= 5 + at / 100 + 1e-6);
        }
      });
    }),
  );
});

test('the strictest of several limiters decides', () => {
  const strict = new ItemExponentialFailureRateLimiter<string>(7, 7);
  const lax = new ItemExponentialFailureRateLimiter<string>(1, 100);
  const both = new MaxOfRateLimiter([lax, strict]);
  assert.deepEqual(
    Array.from({ length: 5 }, () => both.when('a')),
    [7, 7, 7, 8, 16],
  );
  assert.equal(both.numRequeues('a'), 5);
  both.forget('a');
  assert.equal(both.numRequeues('a'), 0);
});

test('addRateLimited() waits longer with every failure, until forget()', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const limiter = defaultControllerRateLimiter(sim);
    const queue = newNamedRateLimitingQueue(sim, limiter, 'Keys');
    const waits: number[] = [];
    for (let run = 0; run < 5; run++) {
      const start = sim.now();
      if (run === 3) queue.forget('a');
      queue.addRateLimited('a');
      await queue.get();
      queue.done('a');
      waits.push(sim.now() - start);
    }
    assert.deepEqual(waits, [5, 10, 20, 5, 10]);
    assert.equal(queue.numRequeues('a'), 2);
  });
});
