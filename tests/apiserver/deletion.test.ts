import assert from 'node:assert/strict';
import test from 'node:test';
import { configMaps, pods, secrets } from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type {
  DeleteOptions,
  KObject,
  ObjectMeta,
} from '../../runnable/apiserver/store.ts';
import { Sim } from '../../runnable/sim/sim.ts';

type Body = KObject & { readonly spec?: unknown; readonly status?: unknown };

function object(
  kind: string,
  name: string,
  more: Partial<ObjectMeta> = {},
): Body {
  const metadata = { name, namespace: 'default', ...more };
  return { apiVersion: 'v1', kind, metadata };
}

function ownedBy(owner: KObject, blocks = false): Partial<ObjectMeta> {
  const { name, uid = '' } = owner.metadata;
  const { apiVersion, kind } = owner;
  const reference = { apiVersion, kind, name, uid, controller: true };
  return {
    ownerReferences: [{ ...reference, blockOwnerDeletion: blocks }],
  };
}

/** An owner, a dependent of it, and a dependent of that one. */
async function family(
  sim: Sim,
  store: MemoryStore,
): Promise<(options?: DeleteOptions) => Promise<string[]>> {
  const client = store.client(sim);
  const owner = await client
    .resource(configMaps)
    .create(object('ConfigMap', 'owner'));
  const child = await client
    .resource(secrets)
    .create(object('Secret', 'child', ownedBy(owner, true)));
  await client
    .resource(secrets)
    .create(object('Secret', 'grandchild', ownedBy(child, true)));
  await client.resource(secrets).create(object('Secret', 'stranger'));
  return async (options) => {
    await client.resource(configMaps).delete('default', 'owner', options);
    await sim.sleep(100);
    return [...store.peekAll(configMaps), ...store.peekAll(secrets)].map(
      ({ metadata }) => metadata.name,
    );
  };
}

for (const propagation of ['Background', 'Foreground'] as const) {
  test(`deleting an owner (${propagation}) deletes its dependents`, async () => {
    const sim = new Sim({ seed: 1 });
    const store = new MemoryStore(sim);
    await sim.run(async () => {
      const remove = await family(sim, store);
      assert.deepEqual(await remove({ propagation }), ['stranger']);
    });
  });
}

test('deleting an owner (Orphan) leaves its dependents without one', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const remove = await family(sim, store);
    assert.deepEqual(await remove({ propagation: 'Orphan' }), [
      'child',
      'grandchild',
      'stranger',
    ]);
    const child = store.peek(secrets, 'default', 'child');
    assert.deepEqual(child?.metadata.ownerReferences, []);
  });
});

test('in the foreground the owner goes last, in the background first', async () => {
  for (const propagation of ['Foreground', 'Background'] as const) {
    const sim = new Sim({ seed: 1 });
    const store = new MemoryStore(sim);
    const gone: string[] = [];
    await sim.run(async () => {
      const remove = await family(sim, store);
      for (const gvr of [configMaps, secrets]) {
        sim.go(`watch ${gvr.kind}`, async () => {
          const { signal } = new AbortController();
          const client = store.client(sim).resource(gvr);
          const { resourceVersion } = await client.list();
          for await (const event of client.watch({ resourceVersion, signal })) {
            if (event.type !== 'DELETED') continue;
            gone.push(event.object.metadata.name);
          }
        });
      }
      await sim.sleep(3);
      await remove({ propagation });
    });
    const order = ['owner', 'child', 'grandchild'];
    if (propagation === 'Foreground') order.reverse();
    assert.deepEqual(gone, order);
  }
});

test('a dependent with another living owner loses only the dead one', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim);
    const maps = client.resource(configMaps);
    const a = await maps.create(object('ConfigMap', 'a'));
    const b = await maps.create(object('ConfigMap', 'b'));
    const owners = [a, b].flatMap(
      (owner) => ownedBy(owner).ownerReferences ?? [],
    );
    await client
      .resource(secrets)
      .create(object('Secret', 's', { ownerReferences: owners }));
    await maps.delete('default', 'a');
    await sim.sleep(50);
    const left = store.peek(secrets, 'default', 's')?.metadata.ownerReferences;
    assert.deepEqual(
      left?.map(({ name }) => name),
      ['b'],
    );
    await maps.delete('default', 'b');
    await sim.sleep(50);
    assert.deepEqual(store.peekAll(secrets), []);
  });
});

test('owners that go in one moment take their dependent with them', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim);
    const maps = client.resource(configMaps);
    const a = await maps.create(object('ConfigMap', 'a'));
    const b = await maps.create(object('ConfigMap', 'b'));
    const ownerReferences = [a, b].flatMap(
      (owner) => ownedBy(owner).ownerReferences ?? [],
    );
    const { metadata } = await client
      .resource(secrets)
      .create(object('Secret', 's', { ownerReferences }));
    const types: string[] = [];
    sim.go('watcher', async () => {
      const { resourceVersion = '' } = metadata;
      const { signal } = new AbortController();
      const watch = client.resource(secrets).watch({ resourceVersion, signal });
      for await (const { type } of watch) types.push(type);
    });
    await Promise.all(['a', 'b'].map((name) => maps.delete('default', name)));
    await sim.sleep(50);
    assert.deepEqual(types, ['DELETED']);
  });
});

test('what is created for an owner that is gone is collected too', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim);
    const maps = client.resource(configMaps);
    const owner = await maps.create(object('ConfigMap', 'owner'));
    await maps.delete('default', 'owner');
    await client
      .resource(secrets)
      .create(object('Secret', 'late', ownedBy(owner)));
    assert.equal(store.peekAll(secrets).length, 1);
    await sim.sleep(50);
    assert.equal(store.peekAll(secrets).length, 0);
  });
});

test('an object that waits for its finalizers keeps its name', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    const finalizers = ['x.dev/a'];
    await maps.create(object('ConfigMap', 'c', { finalizers }));
    await maps.delete('default', 'c');
    await assert.rejects(maps.create(object('ConfigMap', 'c')), {
      message: 'object is being deleted: configmaps "c" already exists',
    });
  });
});

test('a pod on a node waits out its grace period, and may be hurried', async () => {
  const sim = new Sim({ seed: 1, start: 0 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim).resource<Body>(pods);
    const spec = { nodeName: 'n', terminationGracePeriodSeconds: 20 };
    await client.create({ ...object('Pod', 'p'), spec });
    await client.delete('default', 'p');
    const marked = store.peek(pods, 'default', 'p')!;
    assert.equal(marked.metadata.deletionTimestamp, '1970-01-01T00:00:20Z');
    assert.equal(marked.metadata.deletionGracePeriodSeconds, 20);

    await client.delete('default', 'p', { gracePeriodSeconds: 60 });
    assert.equal(store.peek(pods, 'default', 'p'), marked);

    await client.delete('default', 'p', { gracePeriodSeconds: 5 });
    const hurried = store.peek(pods, 'default', 'p')!;
    assert.equal(hurried.metadata.deletionTimestamp, '1970-01-01T00:00:05Z');

    await client.delete('default', 'p', { gracePeriodSeconds: 0 });
    assert.equal(store.peek(pods, 'default', 'p'), undefined);
  });
});

test('a pod on no node, or one that has ended, goes at once', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim).resource<Body>(pods);
    await client.create(object('Pod', 'waiting'));
    const ended = { ...object('Pod', 'ended'), spec: { nodeName: 'n' } };
    await client.create(ended);
    await client.updateStatus({ ...ended, status: { phase: 'Succeeded' } });
    await client.delete('default', 'waiting');
    await client.delete('default', 'ended');
    assert.deepEqual(store.peekAll(pods), []);
  });
});
