import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sortBy } from '../../runnable/sim/sort-by.ts';

test('sortBy() sorts by a key and keeps equal ones in order', () => {
  const items = fc.array(
    fc.record({ key: fc.nat(5), id: fc.nat() }, { noNullPrototype: true }),
  );
  fc.assert(
    fc.property(items, (given) => {
      const before = [...given];
      const sorted = sortBy(given, ({ key }) => key);
      const expected = given.toSorted((a, b) => a.key - b.key);
      assert.deepEqual(sorted, expected);
      assert.deepEqual(given, before);
    }),
  );
});

test('sortBy() compares lists part by part, shorter ones first', () => {
  const keys = [['b', 1], ['a', 2], ['a', 1, 0], ['a'], ['a', 1]];
  assert.deepEqual(
    sortBy(keys, (key) => key),
    [['a'], ['a', 1], ['a', 1, 0], ['a', 2], ['b', 1]],
  );
});

test('sortBy() asks for each key once, in the given order', () => {
  const asked: number[] = [];
  sortBy([3, 1, 2], (item) => {
    asked.push(item);
    return item;
  });
  assert.deepEqual(asked, [3, 1, 2]);
});
