import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ApiError } from '../../runnable/apiserver/api-error.ts';
import { configMaps } from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type {
  KObject,
  ResourceClient,
  WatchOptions,
} from '../../runnable/apiserver/store.ts';
import { Sim } from '../../runnable/sim/sim.ts';

const always = new AbortController().signal;

function configMap(name: string, labels: Record<string, string> = {}): KObject {
  const metadata = { name, namespace: 'default', labels };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
}

/** Notes what a watch brings: time, type and name. */
function follow(
  sim: Sim,
  client: ResourceClient<KObject>,
  options: Partial<WatchOptions> = {},
): string[] {
  const notes: string[] = [];
  const start = sim.now();
  sim.go('watcher', async () => {
    const all = { resourceVersion: '5', signal: always, ...options };
    for await (const event of client.watch(all)) {
      if (event.type === 'BOOKMARK') continue;
      const { name } = event.object.metadata;
      notes.push(`${sim.now() - start} ${event.type} ${name}`);
    }
    notes.push('end');
  });
  return notes;
}

test('watch() brings what came after the version, and then what comes', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    const first = await maps.create(configMap('a'));
    await maps.create(configMap('b'));
    const { resourceVersion = '' } = first.metadata;
    const notes = follow(sim, maps, { resourceVersion });
    await maps.delete('default', 'a');
    await sim.sleep(5);
    assert.deepEqual(notes, ['0 ADDED b', '1 DELETED a']);
  });
});

test('a list is a valid start for a watch: nothing is lost between', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    await maps.create(configMap('a'));
    const listing = maps.list();
    await maps.create(configMap('b'));
    const { items, resourceVersion } = await listing;
    assert.deepEqual(
      items.map(({ metadata }) => metadata.name),
      ['a'],
    );
    const notes = follow(sim, maps, { resourceVersion });
    await sim.sleep(5);
    assert.deepEqual(notes, ['0 ADDED b']);
  });
});

test('with a selector, an object that no longer matches is deleted', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    const notes = follow(sim, maps, { labelSelector: 'on=yes' });
    for (const labels of [{}, { on: 'yes' }, { on: 'yes', x: 'y' }, {}]) {
      await (store.peek(configMaps, 'default', 'a') === undefined
        ? maps.create(configMap('a', labels))
        : maps.update(configMap('a', labels)));
    }
    await sim.sleep(5);
    assert.deepEqual(notes, ['3 ADDED a', '5 MODIFIED a', '7 DELETED a']);
  });
});

test('the object of a DELETED event has the version of its deletion', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    const made = await maps.create(configMap('a'));
    const { resourceVersion = '' } = made.metadata;
    const watch = maps.watch({ resourceVersion, signal: always });
    await maps.delete('default', 'a');
    for await (const event of watch) {
      assert.ok(event.type === 'DELETED');
      assert.equal(
        event.object.metadata.resourceVersion,
        String(Number(resourceVersion) + 1),
      );
      return;
    }
    assert.fail('The watch ended without an event');
  });
});

test('deliverAfter may delay one object, and nothing overtakes it', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store
      .client(sim, {
        deliverAfter: (gvr, { object }) => {
          assert.equal(gvr.kind, 'ConfigMap');
          return object.metadata.name === 'slow' ? 50 : 1;
        },
      })
      .resource(configMaps);
    const notes = follow(sim, maps);
    await maps.create(configMap('slow'));
    await maps.create(configMap('fast'));
    await sim.sleep(100);
    assert.deepEqual(notes, ['50 ADDED slow', '50 ADDED fast']);
  });
});

test('abort ends a watch at once', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const stop = new AbortController();
    const maps = store.client(sim).resource(configMaps);
    const notes = follow(sim, maps, { signal: stop.signal });
    await maps.create(configMap('a'));
    await maps.create(configMap('b'));
    stop.abort();
    await sim.sleep(5);
    assert.deepEqual(notes, ['1 ADDED a', '3 ADDED b', 'end']);
  });
});

test('dropWatches() ends a watch after what was on its way', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    const notes = follow(sim, maps);
    const creation = maps.create(configMap('a'));
    store.dropWatches(configMaps);
    await creation;
    await maps.create(configMap('b'));
    await sim.sleep(5);
    assert.deepEqual(notes, ['1 ADDED a', 'end']);
  });
});

test('a version that is forgotten is refused as Expired', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim, { history: 2 });
  await sim.run(async () => {
    const maps = store.client(sim).resource(configMaps);
    for (const name of ['a', 'b', 'c', 'd']) {
      await maps.create(configMap(name));
    }
    const watch = maps.watch({ resourceVersion: '6', signal: always });
    await assert.rejects(
      watch[Symbol.asyncIterator]().next(),
      (error) => error instanceof ApiError && error.reason === 'Expired',
    );
    const notes = follow(sim, maps, { resourceVersion: '7' });
    await sim.sleep(5);
    assert.deepEqual(notes, ['0 ADDED c', '0 ADDED d']);
  });
});

test('whatever is written, a watcher ends up with what is stored', async () => {
  const step = fc.record({
    verb: fc.constantFrom('write', 'write', 'delete', 'drop'),
    name: fc.constantFrom('a', 'b', 'c'),
    value: fc.constantFrom('1', '2', '3'),
    pause: fc.nat(4),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const sim = new Sim({ seed: 1 });
      const store = new MemoryStore(sim);
      const maps = store.client(sim).resource(configMaps);
      const known = new Map<string, KObject>();
      const versions: number[] = [];
      const note = (object: KObject): void => {
        versions.push(Number(object.metadata.resourceVersion));
      };
      await sim.run(async () => {
        sim.go('watcher', async () => {
          for (;;) {
            const resourceVersion = String(versions.at(-1) ?? 5);
            const watch = maps.watch({ resourceVersion, signal: always });
            for await (const event of watch) {
              if (event.type === 'BOOKMARK') continue;
              const { name } = event.object.metadata;
              note(event.object);
              if (event.type === 'DELETED') known.delete(name);
              else known.set(name, event.object);
            }
          }
        });
        for (const { verb, name, value, pause } of steps) {
          const present = store.peek(configMaps, 'default', name);
          const object = configMap(name, { value });
          if (verb === 'drop') store.dropWatches();
          else if (verb === 'delete') {
            if (present !== undefined) void maps.delete('default', name);
          } else if (present === undefined) void maps.create(object);
          else void maps.update(object);
          if (pause > 0) await sim.sleep(pause);
        }
        await sim.sleep(10);
      });
      assert.deepEqual(
        [...known.values()].map(({ metadata }) => metadata).sort(byName),
        store.peekAll(configMaps).map(({ metadata }) => metadata),
      );
      assert.deepEqual(
        versions,
        [...new Set(versions)].sort((a, b) => a - b),
      );
    }),
  );
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
