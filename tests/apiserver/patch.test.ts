import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiError } from '../../runnable/apiserver/api-error.ts';
import { applyPatch, mergePatch } from '../../runnable/apiserver/patch.ts';

/** The table of examples in appendix A of RFC 7386, without bare nulls. */
const rfc7386: readonly [unknown, unknown, unknown][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, 'bar', 'bar'],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

for (const [target, patch, result] of rfc7386) {
  const [a, b] = [target, patch].map((value) => JSON.stringify(value));
  test(`mergePatch() applies ${b} to ${a}`, () => {
    assert.deepEqual(mergePatch(structuredClone(target), patch), result);
  });
}

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', labels: { 'a/b': 'x' } },
  data: { list: ['a', 'b'], a: '1' },
};

function apply(...body: readonly unknown[]): typeof object {
  return applyPatch(object, { type: 'json', body }) as typeof object;
}

test('a JSON patch carries its operations out in order', () => {
  const patched = apply(
    { op: 'test', path: '/data/a', value: '1' },
    { op: 'add', path: '/data/list/1', value: 'new' },
    { op: 'add', path: '/data/list/-', value: 'last' },
    { op: 'remove', path: '/data/list/0' },
    { op: 'replace', path: '/metadata/labels/a~1b', value: 'y' },
    { op: 'move', from: '/data/a', path: '/data/b' },
    { op: 'copy', from: '/data/b', path: '/data/c' },
  );
  assert.deepEqual(patched.data, {
    list: ['new', 'b', 'last'],
    b: '1',
    c: '1',
  });
  assert.equal(patched.metadata.labels['a/b'], 'y');
  assert.equal(object.data.a, '1');
});

const unfit: readonly [string, unknown][] = [
  ['a test that fails', { op: 'test', path: '/data/a', value: '2' }],
  ['a path that leads nowhere', { op: 'remove', path: '/data/z' }],
  ['an index past the end', { op: 'add', path: '/data/list/9', value: 1 }],
  ['a replacement of nothing', { op: 'replace', path: '/data/z', value: 1 }],
  ['an unknown operation', { op: 'set', path: '/data/a', value: 1 }],
  ['a path that is none', { op: 'remove', path: 'data' }],
];

for (const [what, operation] of unfit) {
  test(`a JSON patch with ${what} is refused`, () => {
    assert.throws(
      () => apply(operation),
      (error) => error instanceof ApiError && error.code === 422,
    );
  });
}

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', finalizers: ['a'] },
  spec: {
    containers: [
      { name: 'x', image: 'x:1', env: [{ name: 'A', value: '1' }] },
      { name: 'y', image: 'y:1' },
    ],
    ports: [{ port: 80, targetPort: 1 }],
    args: ['one'],
  },
};

function strategic(body: unknown): typeof pod {
  const patch = { type: 'strategic', body } as const;
  return applyPatch(pod, patch) as typeof pod;
}

test('a strategic patch finds the items of a list by their key', () => {
  const { spec } = strategic({
    spec: {
      containers: [
        { name: 'y', $patch: 'delete' },
        { name: 'x', env: [{ name: 'B', value: '2' }] },
        { name: 'z', image: 'z:1' },
      ],
      ports: [{ port: 80, targetPort: 2 }],
      args: ['two'],
    },
  });
  assert.deepEqual(spec.containers, [
    {
      name: 'x',
      image: 'x:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
    { name: 'z', image: 'z:1' },
  ]);
  assert.deepEqual(spec.ports, [{ port: 80, targetPort: 2 }]);
  assert.deepEqual(spec.args, ['two']);
});

test('a strategic patch follows its directives', () => {
  const patched = strategic({
    metadata: {
      finalizers: ['b'],
      '$deleteFromPrimitiveList/finalizers': ['a'],
    },
    spec: { $retainKeys: ['args'], args: ['one'] },
  });
  assert.deepEqual(patched.metadata.finalizers, ['b']);
  assert.deepEqual(patched.spec, { args: ['one'] });
  const replaced = strategic({
    spec: { containers: [{ $patch: 'replace' }, { name: 'only' }] },
  });
  assert.deepEqual(replaced.spec.containers, [{ name: 'only' }]);
});
