import assert from 'node:assert/strict';
import test from 'node:test';
import type { KObject } from '../../../../runnable/apiserver/store.ts';
import { Lister } from '../../../../runnable/client-go/tools/cache/listers.ts';
import {
  Cache,
  metaNamespaceKeyFunc,
  splitMetaNamespaceKey,
} from '../../../../runnable/client-go/tools/cache/store.ts';

function object(namespace: string, name: string, app = ''): KObject {
  const metadata = { name, namespace, labels: { app } };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
}

const names = (objects: readonly KObject[]): string[] =>
  objects.map(({ metadata }) => metadata.name);

test('splitMetaNamespaceKey() undoes metaNamespaceKeyFunc()', () => {
  assert.equal(metaNamespaceKeyFunc(object('ns', 'a')), 'ns/a');
  assert.equal(metaNamespaceKeyFunc(object('', 'a')), 'a');
  assert.deepEqual(splitMetaNamespaceKey('ns/a'), ['ns', 'a']);
  assert.deepEqual(splitMetaNamespaceKey('a'), ['', 'a']);
  assert.deepEqual(splitMetaNamespaceKey(''), ['', '']);
});

test('splitMetaNamespaceKey() refuses a second slash', () => {
  assert.throws(() => splitMetaNamespaceKey('a/b/c'), {
    message: 'unexpected key format: "a/b/c"',
  });
});

test('a lister finds by name, namespace and label', () => {
  const cache = new Cache<KObject>();
  for (const [namespace, name, app] of [
    ['one', 'a', 'x'],
    ['one', 'b', 'y'],
    ['two', 'c', 'x'],
    ['', 'd', 'x'],
  ] as const) {
    cache.add(object(namespace, name, app));
  }
  const lister = new Lister(cache);
  assert.deepEqual(names(lister.list()), ['a', 'b', 'c', 'd']);
  assert.deepEqual(names(lister.list('app=x')), ['a', 'c', 'd']);
  assert.equal(lister.get('d')?.metadata.name, 'd');
  assert.equal(lister.get('a'), undefined);
  const one = lister.byNamespace('one');
  assert.deepEqual(names(one.list()), ['a', 'b']);
  assert.deepEqual(names(one.list('app=y')), ['b']);
  assert.equal(one.get('a')?.metadata.name, 'a');
  assert.equal(one.get('c'), undefined);
  cache.delete(object('one', 'a'));
  assert.equal(one.get('a'), undefined);
  assert.deepEqual(names(one.list()), ['b']);
});
