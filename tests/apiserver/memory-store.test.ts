import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiError } from '../../runnable/apiserver/api-error.ts';
import {
  configMaps,
  deployments,
  nodes,
  pods,
} from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../runnable/apiserver/store.ts';
import type { EventId, SimEvent } from '../../runnable/sim/event.ts';
import { Sim } from '../../runnable/sim/sim.ts';

type Body = KObject & {
  readonly data?: unknown;
  readonly spec?: unknown;
  readonly status?: unknown;
};

interface Seen extends SimEvent {
  readonly id: EventId;
}

/** A run whose events are kept. */
function watched(): { sim: Sim; seen: Seen[] } {
  const seen: Seen[] = [];
  const sim = new Sim({
    seed: 1,
    observer: {
      place: () => undefined,
      describe: () => '',
      spawn: (_, body) => body(),
      emit: (event) => {
        seen.push({ ...event, id: seen.length });
        return seen.length - 1;
      },
    },
  });
  return { sim, seen };
}

function body(kind: string, name: string, more: object = {}): Body {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  const metadata = { name, namespace: 'default' };
  return { apiVersion, kind, metadata, ...more };
}

async function refusal(work: Promise<unknown>): Promise<ApiError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
  return assert.fail('Nothing was refused');
}

test('create() numbers uids by kind, and generated names by prefix', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    const generated = (generateName: string): Promise<Body> =>
      maps.create({
        ...body('ConfigMap', ''),
        metadata: { name: '', generateName, namespace: 'default' },
      });
    const names = [];
    for (const prefix of ['a-', 'b-', 'a-']) {
      names.push((await generated(prefix)).metadata.name);
    }
    assert.deepEqual(names, ['a-00001', 'b-00001', 'a-00002']);
    const made = await maps.create(body('ConfigMap', 'last'));
    assert.equal(made.metadata.uid, 'uid-cm4');
  });
});

test('create() stamps the time of the run and drops a status', async () => {
  const sim = new Sim({ seed: 1, start: 1554422400000 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    await sim.sleep(1500);
    const made = await store
      .client(sim)
      .resource<Body>(deployments)
      .create(body('Deployment', 'd', { spec: {}, status: { replicas: 1 } }));
    assert.equal(made.metadata.creationTimestamp, '2019-04-05T00:00:01Z');
    assert.equal(made.metadata.generation, 1);
    assert.equal(made.status, undefined);
  });
});

test('a Node may bring its status, and a Pod begins as Pending', async () => {
  const sim = new Sim({ seed: 1 });
  const client = new MemoryStore(sim).client(sim);
  await sim.run(async () => {
    const node = await client.resource<Body>(nodes).create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      status: { phase: 'x' },
    });
    assert.deepEqual(node.status, { phase: 'x' });
    const pod = await client.resource<Body>(pods).create(body('Pod', 'p'));
    assert.deepEqual(pod.status, { phase: 'Pending' });
  });
});

test('what the store returns is frozen and shares nothing with what it got', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const data = { a: '1' };
    const maps = store.client(sim).resource<Body>(configMaps);
    const made = await maps.create(body('ConfigMap', 'c', { data }));
    data.a = '2';
    assert.deepEqual((await maps.get('default', 'c')).data, { a: '1' });
    assert.throws(() => {
      (made.data as { a: string }).a = '3';
    }, TypeError);
  });
});

test('update() keeps the status, updateStatus() keeps all the rest', async () => {
  const sim = new Sim({ seed: 1 });
  const client = new MemoryStore(sim).client(sim).resource<Body>(deployments);
  await sim.run(async () => {
    await client.create(body('Deployment', 'd', { spec: { replicas: 1 } }));
    const both = (replicas: number): Body =>
      body('Deployment', 'd', { spec: { replicas }, status: { replicas } });
    const changed = await client.update(both(2));
    assert.deepEqual(changed.spec, { replicas: 2 });
    assert.equal(changed.status, undefined);
    assert.equal(changed.metadata.generation, 2);
    const reported = await client.updateStatus(both(3));
    assert.deepEqual(reported.spec, { replicas: 2 });
    assert.deepEqual(reported.status, { replicas: 3 });
    assert.equal(reported.metadata.generation, 2);
  });
});

test('a write that changes nothing keeps the version, and nobody hears of it', async () => {
  const { sim, seen } = watched();
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    const made = await maps.create(body('ConfigMap', 'c'));
    const { signal } = new AbortController();
    const { resourceVersion = '' } = made.metadata;
    sim.go('watcher', async () => {
      for await (const event of maps.watch({ resourceVersion, signal })) {
        assert.fail(`There was an event ${event.type}`);
      }
    });
    const again = await maps.update(made);
    assert.equal(again.metadata.resourceVersion, resourceVersion);
    await sim.sleep(10);
  });
  const writes = seen.filter(({ kind }) => kind === 'store.update');
  assert.deepEqual(
    writes.map((write) => write.case),
    ['unchanged'],
  );
});

test('a call is carried out at once and answered 2 ms later', async () => {
  const { sim, seen } = watched();
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const start = sim.now();
    const answer = store
      .client(sim)
      .resource<Body>(configMaps)
      .create(body('ConfigMap', 'c'));
    assert.ok(store.peek(configMaps, 'default', 'c') !== undefined);
    await answer;
    assert.equal(sim.now() - start, 2);
  });
  const [write] = seen.filter(({ kind }) => kind === 'store.create');
  assert.equal(write?.subject, 'ConfigMap default/c');
});

test('a stale write is told as a conflict with both versions', async () => {
  const { sim, seen } = watched();
  const store = new MemoryStore(sim);
  const versions = await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    const had = await maps.create(body('ConfigMap', 'c'));
    const now = await maps.update({ ...had, data: { a: '1' } });
    const error = await refusal(maps.update({ ...had, data: { a: '2' } }));
    assert.equal(error.reason, 'Conflict');
    return [had, now].map(({ metadata }) => metadata.resourceVersion);
  });
  const [conflict] = seen.filter(({ kind }) => kind === 'store.conflict');
  assert.equal(conflict?.subject, 'ConfigMap default/c');
  const { had, now, verb } = conflict.fields;
  assert.deepEqual([had, now, verb], [...versions, 'update']);
});

test('other refusals are told with their error', async () => {
  const { sim, seen } = watched();
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    await maps.create(body('ConfigMap', 'c'));
    await refusal(maps.create(body('ConfigMap', 'c')));
  });
  const [refused] = seen.filter((event) => event.case === 'refused');
  assert.equal(refused?.kind, 'store.create');
  assert.equal((refused.fields['error'] as ApiError).reason, 'AlreadyExists');
  assert.equal(refused.fields['object'], undefined);
});

test('a killed process gets no answer, though its write is done', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  const crashing = sim.process();
  let answered = false;
  await sim.run(async () => {
    crashing.go('writer', async () => {
      const client = store.client(crashing).resource<Body>(configMaps);
      await client.create(body('ConfigMap', 'c'));
      answered = true;
    });
    crashing.kill();
    await sim.sleep(10);
  });
  assert.equal(answered, false);
  assert.ok(store.peek(configMaps, 'default', 'c') !== undefined);
});

test('fail() makes requests fail, as often as it is told', async () => {
  const { sim, seen } = watched();
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const client = store.client(sim).resource<Body>(deployments);
    await client.create(body('Deployment', 'd', { spec: {} }));
    store.fail('update', 'deployments', undefined, 1);
    const change = body('Deployment', 'd', { status: { replicas: 1 } });
    await assert.rejects(client.updateStatus(change), {
      message: 'inducing failure for update deployments',
    });
    await client.updateStatus(change);
  });
  const writes = seen.filter(({ kind }) => kind === 'store.updateStatus');
  assert.deepEqual(
    writes.map((write) => write.case),
    ['refused', undefined],
  );
});

test('admit() may change an object and may refuse it', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  store.admit((gvr, operation, object) => {
    assert.equal(gvr.kind, 'ConfigMap');
    if (operation === 'DELETE') throw new Error('denied the request');
    object.metadata.labels = { ...object.metadata.labels, [operation]: 'x' };
    return object;
  });
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    const made = await maps.create(body('ConfigMap', 'c'));
    assert.deepEqual(made.metadata.labels, { CREATE: 'x' });
    const changed = await maps.update(made);
    assert.deepEqual(changed.metadata.labels, { CREATE: 'x', UPDATE: 'x' });
    await assert.rejects(maps.delete('default', 'c'), /denied/);
  });
});

test('load() keeps what the objects say of themselves', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim, { namespaces: [] });
  const metadata = { name: 'd', namespace: 'far', uid: 'u', generation: 7 };
  store.load(deployments, [
    { ...body('Deployment', 'd', { status: { replicas: 1 } }), metadata },
  ]);
  await sim.run(async () => {
    const client = store.client(sim).resource<Body>(deployments);
    const loaded = await client.get('far', 'd');
    assert.equal(loaded.metadata.uid, 'u');
    assert.equal(loaded.metadata.generation, 7);
    assert.deepEqual(loaded.status, { replicas: 1 });
    await client.update({ ...loaded, spec: { replicas: 2 } });
    assert.equal(store.peekAll(deployments).length, 1);
  });
});

test('list() filters by namespace, labels and fields, in order of keys', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    const make = (name: string, namespace: string, app?: string): unknown =>
      maps.create({
        ...body('ConfigMap', name),
        metadata: { name, namespace, ...(app && { labels: { app } }) },
      });
    await make('c', 'default', 'x');
    await make('b', 'default', 'y');
    await make('a', 'kube-system', 'x');
    await make('d', 'default');
    const names = async (options: object): Promise<string[]> => {
      const { items } = await maps.list(options);
      return items.map(({ metadata }) => metadata.name);
    };
    assert.deepEqual(await names({}), ['b', 'c', 'd', 'a']);
    assert.deepEqual(await names({ namespace: 'default' }), ['b', 'c', 'd']);
    assert.deepEqual(await names({ labelSelector: 'app=x' }), ['c', 'a']);
    assert.deepEqual(await names({ labelSelector: 'app!=x' }), ['b', 'd']);
    assert.deepEqual(await names({ labelSelector: '!app' }), ['d']);
    const one = { labelSelector: 'app', fieldSelector: 'metadata.name=b' };
    assert.deepEqual(await names(one), ['b']);
  });
});

test('deleteCollection() deletes what matches and nothing else', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource<Body>(configMaps);
    for (const name of ['a', 'b']) await maps.create(body('ConfigMap', name));
    await maps.patch('default', 'b', {
      type: 'merge',
      body: { metadata: { labels: { old: 'yes' } } },
    });
    await maps.deleteCollection({ labelSelector: 'old=yes' });
    assert.deepEqual(
      store.peekAll(configMaps).map(({ metadata }) => metadata.name),
      ['a'],
    );
  });
});
