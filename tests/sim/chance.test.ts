import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Chance } from '../../runnable/sim/chance.ts';

const seeds = fc.integer({ min: 0, max: 0xffffffff });
const several = (chance: Chance): number[] =>
  Array.from({ length: 20 }, () => chance.fraction());

test('fraction() gives the same numbers for the same seed', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      assert.deepEqual(several(new Chance(seed)), several(new Chance(seed)));
    }),
  );
  assert.notDeepEqual(several(new Chance(1)), several(new Chance(2)));
});

test('fraction() gives the same numbers in every release', () => {
  const chance = new Chance(1);
  assert.deepEqual(
    [chance.below(1000), chance.below(1000), chance.below(1000)],
    [627, 2, 527],
  );
});

test('below() stays below its bound and reaches every number', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 9 }), (seed, count) => {
      const chance = new Chance(seed);
      const seen = new Set<number>();
      for (let draw = 0; draw < 400; draw++) seen.add(chance.below(count));
      assert.deepEqual(
        [...seen].sort((a, b) => a - b),
        [...Array(count).keys()],
      );
    }),
  );
});

test('pick() refuses an empty list', () => {
  assert.throws(() => new Chance(1).pick([]), RangeError);
});

test('Chance refuses a seed that is no integer of 32 bits', () => {
  for (const seed of [-1, 1.5, 2 ** 32, NaN]) {
    assert.throws(() => new Chance(seed), {
      name: 'RangeError',
      message: `Cannot seed chance: expected an integer from 0 to 4294967295, got ${seed}`,
    });
  }
});
