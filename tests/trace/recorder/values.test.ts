import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { smallInteger } from '../../../src/trace/format.ts';
import { SecretReaders } from '../../../src/trace/recorder/look.ts';
import { ValueTable } from '../../../src/trace/recorder/values.ts';
import type { Limits } from '../../../src/trace/recorder/values.ts';

const limits: Limits = { depth: 3, items: 4, text: 10, bytes: 4 };
const wide: Limits = { depth: 8, items: 100, text: 100, bytes: 100 };

/** A table, and the versions it reported as `[object, fields]`. */
class Bench {
  readonly versions: [string, unknown[]][] = [];
  readonly secrets = new SecretReaders();
  readonly table = new ValueTable(this.secrets, (object, fields) => {
    const name = `${this.table.objects[object]!}@${object}`;
    this.versions.push([name, fields.map((ref) => this.shown(ref))]);
  });

  see(value: unknown, kept = limits): unknown {
    return this.shown(this.table.encode(value, kept));
  }

  /** The versions since the last question. */
  news(): [string, unknown[]][] {
    return this.versions.splice(0);
  }

  shown(ref: number): unknown {
    if (ref < 0) return smallInteger(ref);
    const value = this.table.values[ref];
    if (typeof value !== 'object' || value === null) return value;
    return 'object' in value ? `@${value.object}` : Object.values(value)[0];
  }
}

test('ValueTable gives back what has no parts', () => {
  const bench = new Bench();
  const values = [0, 1, -1, 499_999_999, -5e9, 1.5, 'text', '', true, false];
  for (const value of [...values, null]) assert.equal(bench.see(value), value);
});

test('ValueTable has words for what JSON cannot say', () => {
  const bench = new Bench();
  const words = {
    undefined: undefined,
    NaN: NaN,
    '-0': -0,
    '-Infinity': -Infinity,
    '10n': 10n,
    'Symbol(x)': Symbol('x'),
    '<function named>': function named() {
      return 1;
    },
    '<promise>': Promise.resolve(),
  };
  for (const [word, value] of Object.entries(words)) {
    assert.equal(bench.see(value), word);
  }
});

test('ValueTable gives small integers no room in the table', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4e8, max: 4e8 }), (value) => {
      const bench = new Bench();
      const before = bench.table.values.length;
      assert.equal(bench.see(value), value);
      assert.equal(bench.table.values.length, before);
    }),
  );
});

test('ValueTable cuts what is longer than the limits', () => {
  const bench = new Bench();
  assert.equal(bench.see('0123456789abc'), '0123456789…');
  assert.equal(bench.see(Uint8Array.of(1, 2, 255)), '0102ff');
  assert.equal(bench.see(Uint8Array.of(1, 2, 3, 4, 5)), '01020304');
  assert.deepEqual(bench.table.values.at(-1), { bytes: '01020304', length: 5 });
  bench.see([1, 2, 3, 4, 5, 6]);
  assert.deepEqual(bench.news(), [
    ['Array@0', [0, 1, 1, 2, 2, 3, 3, 4, '…', 6]],
  ]);
  bench.see(new Set('abcde'));
  assert.deepEqual(bench.news()[0]![1].slice(-2), ['…', 5]);
});

test('ValueTable writes an object again only when it changed', () => {
  const bench = new Bench();
  const pod = { name: 'a', status: { phase: 'Pending' } };
  assert.equal(bench.see(pod), '@0');
  assert.deepEqual(bench.news(), [
    ['Object@1', ['phase', 'Pending']],
    ['Object@0', ['name', 'a', 'status', '@1']],
  ]);
  bench.see(pod);
  assert.deepEqual(bench.news(), []);
  pod.status.phase = 'Running';
  assert.equal(bench.see(pod), '@0');
  assert.deepEqual(bench.news(), [['Object@1', ['phase', 'Running']]]);
});

test('ValueTable keeps one object in two places one', () => {
  const bench = new Bench();
  const shared = { x: 1 };
  bench.see({ a: shared, b: [shared] });
  const shapes = bench.news().map(([name]) => name);
  assert.deepEqual(shapes, ['Object@1', 'Array@2', 'Object@0']);
});

test('ValueTable follows to the depth and no further', () => {
  const bench = new Bench();
  bench.see({ a: { b: { c: { d: 1 } } } });
  const names = bench.news().map(([name]) => name);
  assert.deepEqual(names, ['Object@2', 'Object@1', 'Object@0']);
});

test('ValueTable ends on circles', () => {
  const bench = new Bench();
  const left: Record<string, unknown> = { name: 'left' };
  const right = { name: 'right', left };
  left['right'] = right;
  left['self'] = left;
  bench.see(left, wide);
  assert.equal(bench.news().length, 2);
  left['name'] = 'new';
  bench.see(right, wide);
  assert.deepEqual(bench.news(), [
    ['Object@0', ['name', 'new', 'right', '@1', 'self', '@0']],
  ]);
});

test('ValueTable shows maps, sets, errors and classes as what they are', () => {
  const bench = new Bench();
  class Pod {
    name = 'a';
  }
  bench.see(new Map([['k', new Pod()]]));
  assert.deepEqual(bench.news(), [
    ['Pod@1', ['name', 'a']],
    ['Map@0', ['k', '@1']],
  ]);
  bench.see(new Set(['x']));
  assert.deepEqual(bench.news(), [['Set@2', [0, 'x']]]);
  bench.see(Object.assign(new TypeError('no'), { code: 404 }));
  assert.deepEqual(bench.news(), [
    ['TypeError@3', ['name', 'TypeError', 'message', 'no', 'code', 404]],
  ]);
  bench.see(Object.assign(Object.create(null) as object, { a: 1 }));
  assert.deepEqual(bench.news(), [['Object@4', ['a', 1]]]);
});

test('ValueTable calls no accessor', () => {
  const bench = new Bench();
  const asked = (): never => assert.fail('was called');
  const object = Object.defineProperty({ b: 1 }, 'a', {
    get: asked,
    enumerable: true,
  });
  bench.see(object);
  bench.see(object);
  assert.deepEqual(bench.news(), [['Object@0', ['b', 1, 'a', '<getter>']]]);
});

test('ValueTable sees private fields once the class gives a reader', () => {
  const bench = new Bench();
  class Counter {
    static {
      bench.secrets.keep(this, ['#count', '#none'], (object, absent) => [
        #count in object ? object.#count : absent,
        absent,
      ]);
    }
    #count = 1;
    add(): void {
      this.#count += 1;
    }
  }
  const counter = new Counter();
  bench.see(counter);
  counter.add();
  bench.see(counter);
  assert.deepEqual(bench.news(), [
    ['Counter@0', ['#count', 1]],
    ['Counter@0', ['#count', 2]],
  ]);
});

test('ValueTable keeps what it once saw whole, also when it looks less', () => {
  const bench = new Bench();
  const list = { items: [1, 2, 3, 4, 5, 6], text: 'a long text of words' };
  bench.see(list);
  bench.news();
  bench.see(list, wide);
  assert.equal(bench.news().length, 2);
  bench.see(list);
  assert.deepEqual(bench.news(), []);
});

test('ValueTable sees what is new in a frozen object that holds a live one', () => {
  const bench = new Bench();
  const inner = { x: 1 };
  const frozen = Object.freeze({ inner, list: Object.freeze([1]) });
  bench.see(frozen);
  inner.x = 2;
  bench.news();
  bench.see(frozen);
  assert.deepEqual(bench.news(), [['Object@1', ['x', 2]]]);
});

test('ValueTable writes the last state whatever is looked at in between', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const step = fc.record({
    at: fc.nat(3),
    key,
    to: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.nat(3).map((at) => ({ at })),
    ),
    look: fc.boolean(),
    depth: fc.integer({ min: 1, max: 5 }),
    freeze: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const bench = new Bench();
      const objects: Record<string, unknown>[] = [{}, {}, {}, {}];
      for (const { at, key, to, look, depth, freeze } of steps) {
        const object = objects[at]!;
        if (!Object.isFrozen(object)) {
          object[key] = typeof to === 'object' ? objects[to.at] : to;
        }
        if (freeze) Object.freeze(object);
        if (look) bench.see(object, { ...wide, depth });
      }
      // After a look that reaches everything, nothing is left to tell.
      bench.see(objects, wide);
      const seen = new Map(bench.versions);
      for (const object of objects) {
        const name = `Object${String(bench.see(object, wide))}`;
        const fields = Object.entries(object).flatMap(([field, value]) => [
          field,
          bench.see(value, wide),
        ]);
        assert.deepEqual(seen.get(name), fields);
      }
    }),
  );
});
