import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject, ObjectMeta } from '../../../runnable/apiserver/store.ts';
import { DeletedFinalStateUnknown } from '../../../runnable/client-go/tools/cache/delta-fifo.ts';
import {
  filter,
  newImpl,
  passNew,
} from '../../../runnable/knative/controller/controller.ts';
import type { Impl } from '../../../runnable/knative/controller/controller.ts';
import { ensureTypeMeta } from '../../../runnable/knative/controller/helper.ts';
import { newPermanentError } from '../../../runnable/knative/controller/permanent-error.ts';
import { SugaredLogger } from '../../../runnable/knative/logging/logger.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const object = (metadata: Partial<ObjectMeta>): KObject => ({
  apiVersion: 'v1',
  kind: 'Child',
  metadata: { name: 'child', namespace: 'foo', ...metadata },
});
const owner = (kind: string) => ({
  apiVersion: 'a/v1',
  kind,
  name: 'parent',
  uid: 'u',
  controller: true,
});

/** A controller whose reconciler notes keys and may fail. */
function world(reconcile: (key: string) => void = () => undefined) {
  const sim = new Sim({ seed: 1 });
  const seen: string[] = [];
  const impl = newImpl({
    sim,
    logger: new SugaredLogger(''),
    workQueueName: 'Things',
    name: 'thing',
    reconciler: {
      reconcile: async (key) => {
        seen.push(`${String(sim.now() % 100_000)} ${key}`);
        await sim.sleep(10);
        reconcile(key);
      },
    },
  });
  return { sim, impl, seen };
}

/** Runs the controller for a while and stops it. */
async function run(
  { sim, impl }: { sim: Sim; impl: Impl },
  during: () => void,
): Promise<void> {
  await sim.run(async () => {
    const stop = new AbortController();
    const task = sim.go('controller', () => impl.run(2, stop.signal));
    during();
    await sim.sleep(100);
    stop.abort();
    await task.done;
  });
}

test('processNextWorkItem() collapses adds during a run into one more run', async () => {
  const { sim, impl, seen } = world();
  await run({ sim, impl }, () => {
    impl.enqueueKey('foo/a');
    sim.clock.after(1, () => {
      impl.enqueueKey('foo/a');
      impl.enqueueKey('foo/a');
    });
  });
  assert.deepEqual(seen, ['0 foo/a', '10 foo/a']);
});

test('run() works on as many keys at a time as it has workers', async () => {
  const { sim, impl, seen } = world();
  await run({ sim, impl }, () => {
    for (const key of ['a', 'b', 'c']) impl.enqueueKey(key);
  });
  assert.deepEqual(seen, ['0 a', '0 b', '10 c']);
});

test('handleErr() tries a failed key again, later each time', async () => {
  let failures = 2;
  const { sim, impl, seen } = world(() => {
    if (failures-- > 0) throw new Error('not yet');
  });
  await run({ sim, impl }, () => {
    impl.enqueueKey('foo/a');
  });
  assert.deepEqual(seen, ['0 foo/a', '15 foo/a', '35 foo/a']);
  assert.equal(impl.workQueue.numRequeues('foo/a'), 0);
});

test('handleErr() gives up after a permanent error', async () => {
  const { sim, impl, seen } = world(() => {
    throw newPermanentError(new Error('never'));
  });
  await run({ sim, impl }, () => {
    impl.enqueueKey('foo/a');
  });
  assert.deepEqual(seen, ['0 foo/a']);
});

test('handleErr() lets a mistake of the program end the run', async () => {
  const { sim, impl } = world(() => {
    throw new TypeError('undefined is not a function');
  });
  await assert.rejects(
    run({ sim, impl }, () => {
      impl.enqueueKey('foo/a');
    }),
    TypeError,
  );
});

test('enqueue() takes the key of a tombstone', () => {
  const { impl } = world();
  impl.enqueue(new DeletedFinalStateUnknown('foo/gone', object({})));
  impl.enqueue(object({ namespace: '' }));
  assert.equal(impl.workQueue.len(), 2);
});

test('enqueueControllerOf() takes the key of the controller, if there is one', async () => {
  const { sim, impl, seen } = world();
  await run({ sim, impl }, () => {
    impl.enqueueControllerOf(object({}));
    impl.enqueueControllerOf(object({ ownerReferences: [owner('Service')] }));
  });
  assert.deepEqual(seen, ['0 foo/parent']);
});

test('enqueueLabelOf… spells a key from labels, or nothing', async () => {
  const { sim, impl, seen } = world();
  const labels = { ns: 'bar', name: 'x' };
  await run({ sim, impl }, () => {
    impl.enqueueLabelOfNamespaceScopedResource(
      'ns',
      'name',
    )(object({ labels }));
    impl.enqueueLabelOfNamespaceScopedResource('', 'name')(object({ labels }));
    impl.enqueueLabelOfNamespaceScopedResource('ns', 'no')(object({ labels }));
    impl.enqueueLabelOfClusterScopedResource('name')(object({ labels }));
    impl.enqueueLabelOfClusterScopedResource('no')(object({ labels }));
  });
  assert.deepEqual(seen, ['0 bar/x', '0 foo/x', '10 x']);
});

test('filter() lets objects pass by the kind of their controller', () => {
  const passes = filter('a/v1', 'Service');
  const child = object({ ownerReferences: [owner('Service')] });
  assert.ok(passes(child));
  assert.ok(!passes(object({ ownerReferences: [owner('Route')] })));
  assert.ok(!passes(object({})));
  assert.ok(!passes(new DeletedFinalStateUnknown('foo/child', child)));
});

test('passNew() and ensureTypeMeta() hand on the object that counts', () => {
  const seen: KObject[] = [];
  const handler = ensureTypeMeta((obj) => seen.push(obj), {
    apiVersion: 'v1',
    kind: 'Parent',
  });
  passNew(handler)(object({ name: 'old' }), object({ name: 'new' }));
  assert.equal(seen[0]?.kind, 'Parent');
  assert.equal(seen[0].metadata.name, 'new');
});
