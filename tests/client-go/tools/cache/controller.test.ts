import assert from 'node:assert/strict';
import test from 'node:test';
import type { KObject } from '../../../../runnable/apiserver/store.ts';
import {
  deletionHandlingMetaNamespaceKeyFunc,
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../runnable/client-go/tools/cache/controller.ts';
import { DeletedFinalStateUnknown } from '../../../../runnable/client-go/tools/cache/delta-fifo.ts';

function object(name: string): KObject {
  const metadata = { name, namespace: 'ns' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
}

/** A filter that lets names with an "x" pass, and what comes through it. */
function filtered(): {
  filter: FilteringResourceEventHandler<KObject>;
  calls: string[];
} {
  const calls: string[] = [];
  const nameOf = (obj: KObject | DeletedFinalStateUnknown<KObject>): string =>
    obj instanceof DeletedFinalStateUnknown ? '' : obj.metadata.name;
  const filter = new FilteringResourceEventHandler<KObject>(
    (obj) => nameOf(obj).includes('x'),
    {
      onAdd: (obj) => calls.push(`add ${nameOf(obj)}`),
      onUpdate: (old, obj) =>
        calls.push(`update ${nameOf(old)} ${nameOf(obj)}`),
      onDelete: (obj) => calls.push(`delete ${nameOf(obj)}`),
    },
  );
  return { filter, calls };
}

const updates: readonly [string, string, string, string[]][] = [
  ['passes before and after is an update', 'x1', 'x2', ['update x1 x2']],
  ['begins to pass is an addition', 'y', 'x', ['add x']],
  ['no longer passes is a deletion of the old one', 'x', 'y', ['delete x']],
  ['never passes is nothing', 'y', 'z', []],
];

for (const [what, before, after, calls] of updates) {
  test(`through the filter, an object that ${what}`, () => {
    const one = filtered();
    one.filter.onUpdate(object(before), object(after));
    assert.deepEqual(one.calls, calls);
  });
}

test('additions and deletions pass the filter or do not', () => {
  const { filter, calls } = filtered();
  for (const name of ['x', 'y']) {
    filter.onAdd(object(name));
    filter.onDelete(object(name));
  }
  assert.deepEqual(calls, ['add x', 'delete x']);
});

test('a tombstone goes through the filter as it is', () => {
  const { filter, calls } = filtered();
  filter.onDelete(new DeletedFinalStateUnknown('ns/x', object('x')));
  assert.deepEqual(calls, []);
});

test('ResourceEventHandlerFuncs calls the functions that are there', () => {
  const calls: string[] = [];
  const some = new ResourceEventHandlerFuncs<KObject>({
    updateFunc: (_, { metadata }) => calls.push(metadata.name),
  });
  some.onAdd(object('a'));
  some.onUpdate(object('b'), object('c'));
  some.onDelete(object('d'));
  assert.deepEqual(calls, ['c']);
});

test('the key of a tombstone is the one it keeps', () => {
  const tombstone = new DeletedFinalStateUnknown('ns/gone', object('other'));
  assert.equal(deletionHandlingMetaNamespaceKeyFunc(tombstone), 'ns/gone');
  assert.equal(deletionHandlingMetaNamespaceKeyFunc(object('a')), 'ns/a');
});
