import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock, mortalClock } from '../../runnable/sim/clock.ts';

const delays = fc.array(
  fc.record({ delay: fc.integer({ min: -5, max: 30 }), stopped: fc.boolean() }),
  { maxLength: 60 },
);

test('advance() fires timers by time, and equal times in the order set', () => {
  fc.assert(
    fc.property(delays, (timers) => {
      const clock = new VirtualClock(1000);
      const fired: { index: number; at: number }[] = [];
      for (const [index, { delay, stopped }] of timers.entries()) {
        const timer = clock.after(delay, () => {
          fired.push({ index, at: clock.now() });
        });
        if (stopped) assert.equal(timer.stop(), true);
      }
      while (clock.advance());
      const expected = timers
        .map(({ delay, stopped }, index) => ({
          index,
          at: 1000 + Math.max(0, delay),
          stopped,
        }))
        .filter(({ stopped }) => !stopped)
        .sort((a, b) => a.at - b.at || a.index - b.index)
        .map(({ index, at }) => ({ index, at }));
      assert.deepEqual(fired, expected);
    }),
  );
});

test('advance() fires what a timer sets, in its turn', () => {
  const clock = new VirtualClock(0);
  const fired: string[] = [];
  clock.after(10, () => {
    fired.push(`a ${clock.now()}`);
    clock.after(5, () => fired.push(`c ${clock.now()}`));
  });
  clock.after(12, () => fired.push(`b ${clock.now()}`));
  while (clock.advance());
  assert.deepEqual(fired, ['a 10', 'b 12', 'c 15']);
});

test('advance() says false when nothing is due any more', () => {
  const clock = new VirtualClock(0);
  assert.equal(clock.advance(), false);
  const timer = clock.after(1, () => assert.fail());
  timer.stop();
  assert.equal(clock.advance(), false);
  assert.equal(clock.now(), 0);
});

test('stop() says whether it prevented the call', () => {
  const clock = new VirtualClock(0);
  const timer = clock.after(1, () => undefined);
  assert.equal(timer.stop(), true);
  assert.equal(timer.stop(), false);
  const late = clock.after(1, () => undefined);
  clock.advance();
  assert.equal(late.stop(), false);
});

test('mortalClock() fires nothing for the dead', () => {
  const clock = new VirtualClock(0);
  let dead = false;
  let fired = 0;
  const mine = mortalClock(clock, () => dead);
  mine.after(1, () => fired++);
  mine.after(2, () => fired++);
  clock.advance();
  dead = true;
  clock.advance();
  assert.equal(fired, 1);
  assert.equal(mine.now(), 2);
});
