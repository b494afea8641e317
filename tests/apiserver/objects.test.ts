import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  deepCopy,
  deepEqual,
  deepFreeze,
} from '../../runnable/apiserver/objects.ts';

const json: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 4 });

test('deepCopy() gives an equal value that shares nothing', () => {
  fc.assert(
    fc.property(json, (value) => {
      const copy = deepCopy(value);
      assert.deepEqual(copy, value);
      assert.ok(deepEqual(copy, value));
      deepFreeze(value);
      if (typeof copy === 'object' && copy !== null) {
        assert.ok(!Object.isFrozen(copy) || Object.keys(copy).length === 0);
      }
    }),
  );
});

test('deepCopy() drops fields without a value', () => {
  assert.deepEqual(Object.keys(deepCopy({ a: undefined, b: 1 })), ['b']);
});

test('deepFreeze() freezes what is inside', () => {
  const frozen = deepFreeze({ list: [{ a: 1 }] });
  assert.ok(Object.isFrozen(frozen.list[0]));
});

const same: readonly [string, unknown, unknown][] = [
  ['nothing in three forms', undefined, null],
  ['an absent and an empty list', { a: [] }, {}],
  ['an absent and an empty map of labels', { labels: {} }, {}],
  ['an absent and an empty status', { status: {} }, {}],
  ['fields in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
];

for (const [what, a, b] of same) {
  test(`deepEqual() takes ${what} as equal`, () => {
    assert.ok(deepEqual(a, b));
    assert.ok(deepEqual(b, a));
  });
}

const different: readonly [string, unknown, unknown][] = [
  ['a mode that is chosen and none', { spec: { manual: {} } }, { spec: {} }],
  ['a volume of its own kind', { emptyDir: {} }, {}],
  ['lists in another order', [1, 2], [2, 1]],
  ['a longer list', [1], [1, 1]],
  ['zero and nothing', { replicas: 0 }, {}],
  ['text and number', { a: '1' }, { a: 1 }],
  ['a value of a map', { labels: { a: 'b' } }, { labels: { a: 'c' } }],
  ['a list and a map', { a: [1] }, { a: { 0: 1 } }],
];

for (const [what, a, b] of different) {
  test(`deepEqual() tells ${what} apart`, () => {
    assert.ok(!deepEqual(a, b));
    assert.ok(!deepEqual(b, a));
  });
}
