import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { configMaps, nodes } from '../../../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../../../runnable/apiserver/store.ts';
import { SharedInformerFactory } from '../../../../runnable/client-go/informers/factory.ts';
import { DeletedFinalStateUnknown } from '../../../../runnable/client-go/tools/cache/delta-fifo.ts';
import { deletionHandlingMetaNamespaceKeyFunc } from '../../../../runnable/client-go/tools/cache/controller.ts';
import type { ResourceEventHandler } from '../../../../runnable/client-go/tools/cache/controller.ts';
import {
  SharedIndexInformer,
  waitForCacheSync,
} from '../../../../runnable/client-go/tools/cache/shared-informer.ts';
import { Sim } from '../../../../runnable/sim/sim.ts';

function configMap(name: string, value = '1'): KObject {
  const metadata = { name, namespace: 'default', labels: { value } };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
}

/** A handler that notes the moment and what it is told. */
function notebook(sim: Sim): {
  notes: string[];
  handler: ResourceEventHandler<KObject>;
} {
  const notes: string[] = [];
  const start = sim.now();
  const value = ({ metadata }: KObject): string =>
    metadata.labels?.['value'] ?? '';
  const note = (what: string): void => {
    notes.push(`${sim.now() - start} ${what}`);
  };
  return {
    notes,
    handler: {
      onAdd: (obj) => note(`add ${obj.metadata.name}=${value(obj)}`),
      onUpdate: (old, obj) =>
        note(`update ${obj.metadata.name} ${value(old)}→${value(obj)}`),
      onDelete: (obj) => {
        const lost = obj instanceof DeletedFinalStateUnknown ? ' unseen' : '';
        note(`delete ${deletionHandlingMetaNamespaceKeyFunc(obj)}${lost}`);
      },
    },
  };
}

interface World {
  readonly sim: Sim;
  readonly store: MemoryStore;
  readonly informer: SharedIndexInformer<KObject>;
  readonly notes: string[];
  readonly stop: AbortController;
}

/** A store with a ConfigMap `a`, and an informer that has just synced. */
async function withInformer(
  body: (world: World) => Promise<void>,
  resyncPeriod = 0,
): Promise<void> {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  store.load(configMaps, [configMap('a')]);
  await sim.run(async () => {
    const client = store.client(sim, { answerAfter: 0 });
    const informer = new SharedIndexInformer<KObject>(
      sim,
      client,
      configMaps,
      resyncPeriod,
    );
    const { notes, handler } = notebook(sim);
    informer.addEventHandler(handler);
    assert.equal(informer.hasSynced(), false);
    const stop = new AbortController();
    informer.run(stop.signal);
    await waitForCacheSync([informer]);
    assert.equal(informer.hasSynced(), true);
    await body({ sim, store, informer, notes, stop });
  });
}

test('run() lists, then watches, and tells the handlers of each change', () =>
  withInformer(async ({ sim, store, informer, notes }) => {
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('b'));
    await maps.update(configMap('a', '2'));
    await maps.delete('default', 'b');
    await sim.sleep(5);
    assert.deepEqual(notes, [
      '0 add a=1',
      '1 add b=1',
      '3 update a 1→2',
      '5 delete default/b',
    ]);
    assert.deepEqual(informer.getIndexer().listKeys(), ['default/a']);
  }));

test('a lister may be behind the server, and never asks it', () =>
  withInformer(async ({ sim, store, informer }) => {
    const lister = informer.lister().byNamespace('default');
    const maps = store.client(sim, { answerAfter: 0 }).resource(configMaps);
    await maps.create(configMap('b'));
    assert.equal(lister.get('b'), undefined);
    assert.ok(store.peek(configMaps, 'default', 'b') !== undefined);
    await sim.sleep(1);
    assert.equal(lister.get('b'), store.peek(configMaps, 'default', 'b'));
  }));

test('the cache changes before the handlers are told', () =>
  withInformer(async ({ sim, store, informer }) => {
    const seen: (string | undefined)[] = [];
    informer.addEventHandler({
      onAdd: ({ metadata }) => {
        const cached = informer.lister().byNamespace('default');
        seen.push(cached.get(metadata.name)?.metadata.name);
      },
      onUpdate: () => undefined,
      onDelete: () => {
        seen.push(informer.getIndexer().getByKey('default/b')?.kind);
      },
    });
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('b'));
    await maps.delete('default', 'b');
    await sim.sleep(5);
    assert.deepEqual(seen, ['a', 'b', undefined]);
  }));

test('a handler that comes late is told of what is there', () =>
  withInformer(async ({ sim, informer }) => {
    const { notes, handler } = notebook(sim);
    informer.addEventHandler(handler);
    assert.deepEqual(notes, ['0 add a=1']);
  }));

test('a resync calls every handler for everything, though nothing changed', () =>
  withInformer(async ({ sim, notes, stop }) => {
    await sim.sleep(2500);
    stop.abort();
    await sim.sleep(5000);
    assert.deepEqual(notes, [
      '0 add a=1',
      '1000 update a 1→1',
      '2000 update a 1→1',
    ]);
  }, 1000));

test('a watch that ends is taken up where it stopped', () =>
  withInformer(async ({ sim, store, notes }) => {
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('b'));
    await sim.sleep(2000);
    store.dropWatches();
    await maps.create(configMap('c'));
    await sim.sleep(10);
    assert.deepEqual(notes, ['0 add a=1', '1 add b=1', '2003 add c=1']);
  }));

test('a quiet watch that lasted is taken up; a very short one lists anew', () =>
  withInformer(async ({ sim, store, notes }) => {
    await sim.sleep(1000);
    store.dropWatches();
    await sim.sleep(1500);
    assert.deepEqual(notes, ['0 add a=1']);
    store.dropWatches();
    await sim.sleep(500);
    store.dropWatches();
    await sim.sleep(1500);
    assert.deepEqual(notes, ['0 add a=1', '4000 update a 1→1']);
  }));

test('what was deleted while nobody watched goes with a tombstone', () =>
  withInformer(async ({ sim, store, informer, notes }) => {
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('b'));
    await sim.sleep(2000);
    store.fail('watch', 'configmaps', new Error('connection refused'), 1);
    store.dropWatches();
    await maps.delete('default', 'a');
    await maps.update(configMap('b', '2'));
    await maps.create(configMap('c'));
    await sim.sleep(2000);
    assert.deepEqual(notes.slice(2), [
      '3002 update b 1→2',
      '3002 add c=1',
      '3002 delete default/a unseen',
    ]);
    assert.deepEqual(informer.getIndexer().listKeys(), [
      'default/b',
      'default/c',
    ]);
  }));

test('when the server has forgotten the version, everything is listed anew', () =>
  withInformer(async ({ sim, store, notes }) => {
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('b'));
    await sim.sleep(2000);
    store.dropWatches();
    await maps.delete('default', 'b');
    store.compact();
    await sim.sleep(2000);
    assert.deepEqual(notes.slice(2), ['2003 delete default/b']);
  }));

test('a killed process is told nothing more', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  const controller = sim.process();
  await sim.run(async () => {
    const client = store.client(controller);
    const informer = new SharedIndexInformer(controller, client, configMaps, 0);
    const { notes, handler } = notebook(controller);
    informer.addEventHandler(handler);
    informer.run(new AbortController().signal);
    await sim.sleep(10);
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('a'));
    controller.kill();
    await maps.create(configMap('b'));
    await sim.sleep(10);
    assert.deepEqual(notes, ['11 add a=1']);
  });
});

test('a factory makes one informer for a kind, and waits for all', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const factory = new SharedInformerFactory(sim, store.client(sim), 0);
    const informer = factory.forResource(configMaps);
    assert.equal(factory.forResource(configMaps), informer);
    assert.notEqual(factory.forResource(nodes), informer);
    factory.start(new AbortController().signal);
    factory.start(new AbortController().signal);
    await factory.waitForCacheSync();
    assert.ok(factory.forResource(nodes).hasSynced());
  });
});

const step = fc.record({
  verb: fc.constantFrom('write', 'write', 'delete', 'drop', 'forget', 'fail'),
  name: fc.constantFrom('a', 'b', 'c'),
  value: fc.constantFrom('1', '2', '3'),
  pause: fc.nat(1500),
});

test('whatever happens, the cache ends up equal to the store', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) =>
      withInformer(async ({ sim, store, informer }) => {
        const maps = store.client(sim).resource(configMaps);
        for (const { verb, name, value, pause } of steps) {
          const present = store.peek(configMaps, 'default', name);
          if (verb === 'drop') store.dropWatches();
          else if (verb === 'forget') store.compact();
          else if (verb === 'fail') {
            store.fail('list', 'configmaps', undefined, 1);
            store.dropWatches();
          } else if (verb === 'delete') {
            if (present !== undefined) void maps.delete('default', name);
          } else if (present === undefined) {
            void maps.create(configMap(name, value));
          } else void maps.update(configMap(name, value));
          if (pause > 0) await sim.sleep(pause);
        }
        await sim.sleep(60_000);
        const indexer = informer.getIndexer();
        const stored = store.peekAll(configMaps);
        assert.equal(indexer.list().length, stored.length);
        for (const object of stored) {
          const { name } = object.metadata;
          assert.equal(indexer.getByKey(`default/${name}`), object);
        }
      }),
    ),
  );
});
