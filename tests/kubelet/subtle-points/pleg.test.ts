/** Points 13 to 20: what PLEG sees, and in which order it tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type { Container } from '../../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../runnable/kubelet/pleg/generic.ts';
import { getContainersToDeleteInPod } from '../../../runnable/kubelet/pod-container-deletor.ts';
import { isSyncPodWorthy } from '../../../runnable/kubelet/sync-loop.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { statusOf } from './node.ts';

type States = Readonly<Record<string, Container['state']>>;

/** A PLEG on lists that the test writes: container or sandbox to state. */
class Lists {
  readonly sim = new Sim({ seed: 1 });
  readonly cache = new Cache(this.sim);
  containers: Readonly<Record<string, States>> = {};
  sandboxes: Readonly<Record<string, States>> = {};
  readonly failing = new Set<string>();
  inspected: string[] = [];
  /** How long the list takes. */
  takes = 0;
  readonly pleg: GenericPLEG;

  constructor(channelCapacity = 1000) {
    this.pleg = new GenericPLEG(this.sim, {
      runtime: {
        getPods: async () => this.#pods(),
        getPodStatus: async (id) => {
          this.inspected.push(id);
          if (this.failing.has(id)) throw new Error('not now');
          return emptyPodStatus(id);
        },
      },
      channelCapacity,
      relistPeriod: 1000,
      cache: this.cache,
    });
  }

  async #pods() {
    if (this.takes > 0) await this.sim.sleep(this.takes);
    const entries = (states: States = {}): Container[] =>
      Object.entries(states).map(([id, state]) => ({
        ...{ id, state, name: id, image: '', imageID: '', hash: 0 },
      }));
    const ids = { ...this.containers, ...this.sandboxes };
    return Object.keys(ids).map((id) => ({
      ...{ id, name: id, namespace: 'default' },
      containers: entries(this.containers[id]),
      sandboxes: entries(this.sandboxes[id]),
    }));
  }

  /** What waits in the channel, as `Type id`; taken out. */
  sent(): string[] {
    const words: string[] = [];
    const channel = this.pleg.watch();
    while (channel.canRecv()) {
      const event = channel.take();
      if (event !== undefined) words.push(`${event.type} ${event.data}`);
    }
    return words;
  }

  /** One relist of these containers of pod `p`. */
  async relist(states?: States): Promise<string[]> {
    this.containers = states === undefined ? {} : { p: states };
    await this.pleg.relist();
    return this.sent();
  }
}

async function listing(
  main: (lists: Lists) => Promise<void>,
  capacity?: number,
): Promise<void> {
  const lists = new Lists(capacity);
  await lists.sim.run(() => main(lists));
}

test('13: the stamp is the start of the relist, failures or not', async () => {
  await listing(async (lists) => {
    lists.takes = 400;
    lists.failing.add('p');
    const start = lists.sim.now();
    await lists.relist({ c1: 'running' });
    assert.equal(lists.sim.now(), start + 400);
    assert.equal(lists.cache.timestamp, start);
  });
});

test('14: the cache is fresh before the event is sent', async () => {
  await listing(async (lists) => {
    lists.containers = { p: { c1: 'running' } };
    lists.sim.go('pleg', () => lists.pleg.relist());
    // The channel has no room, so the relist stands still at its send.
    await lists.sim.sleep(1);
    assert.equal(lists.cache.pods.has('p'), true);
    assert.equal(lists.cache.timestamp, undefined);
  }, 0);
});

test('14: a failed inspection is no event now and the same one later', async () => {
  await listing(async (lists) => {
    lists.failing.add('p');
    assert.deepEqual(await lists.relist({ c1: 'running' }), []);
    lists.failing.clear();
    assert.deepEqual(await lists.relist({ c1: 'running' }), [
      'ContainerStarted c1',
    ]);
  });
});

test('15: what did not change is not inspected, and fresh by the stamp', async () => {
  await listing(async (lists) => {
    await lists.relist({ c1: 'running' });
    const before = lists.cache.get('p').modified;
    await lists.sim.sleep(5000);
    const asked = lists.sim.now() - 1;
    await lists.relist({ c1: 'running' });
    assert.deepEqual(lists.inspected, ['p']);
    assert.equal(lists.cache.get('p').modified, before);
    assert.notEqual(lists.cache.getIfNewerThan('p', asked), undefined);
  });
});

test('16: first seen dead is a death, never seen is nothing', async () => {
  await listing(async (lists) => {
    assert.deepEqual(await lists.relist({ c1: 'exited' }), [
      'ContainerDied c1',
    ]);
    // c2 was created, died and was removed between the two lists.
    assert.deepEqual(await lists.relist({ c1: 'exited' }), []);
  });
});

test('17: from running to gone is Died and Removed, from exited Removed', async () => {
  await listing(async (lists) => {
    await lists.relist({ c1: 'running', c2: 'exited' });
    assert.deepEqual(await lists.relist(), [
      'ContainerDied c1',
      'ContainerRemoved c1',
      'ContainerRemoved c2',
    ]);
  });
});

test('17: created counts as unknown, and ContainerChanged is never sent', async () => {
  await listing(async (lists) => {
    assert.deepEqual(await lists.relist({ c1: 'created' }), []);
    assert.deepEqual(lists.inspected, ['p'], 'but the cache is refreshed');
    assert.deepEqual(await lists.relist({ c1: 'unknown' }), []);
    assert.deepEqual(lists.inspected, ['p'], 'created was unknown already');
  });
});

test('17: ContainerRemoved is not worth a sync', () => {
  const event = { id: 'p', data: 'c1' };
  assert.equal(isSyncPodWorthy({ ...event, type: 'ContainerRemoved' }), false);
  assert.equal(isSyncPodWorthy({ ...event, type: 'ContainerDied' }), true);
});

test('18: a sandbox dies like a container, and the deletor finds none', async () => {
  await listing(async (lists) => {
    lists.sandboxes = { p: { s1: 'running' } };
    await lists.relist({ c1: 'exited' });
    lists.sandboxes = { p: { s1: 'exited' } };
    assert.deepEqual(await lists.relist({ c1: 'exited' }), [
      'ContainerDied s1',
    ]);
  });
  const status = statusOf(['c2', 'app', 'exited'], ['c1', 'app', 'exited']);
  assert.deepEqual(getContainersToDeleteInPod('s1', status, 1), []);
});

test('19: the period begins when a relist ends', async () => {
  await listing(async (lists) => {
    lists.takes = 700;
    const start = lists.sim.now();
    lists.pleg.start();
    await lists.sim.sleep(2500);
    assert.equal(lists.cache.timestamp, start + 1700);
  });
});

test('20: a full channel stops the relist, and PLEG counts as unwell', async () => {
  await listing(async (lists) => {
    lists.containers = { p: { c1: 'running', c2: 'running' } };
    lists.pleg.start();
    await lists.sim.sleep(180_000);
    assert.equal(lists.pleg.healthy(), undefined);
    await lists.sim.sleep(1);
    assert.match(lists.pleg.healthy()?.message ?? '', /was last seen active/);
    assert.equal(lists.pleg.watch().length, 1);
    assert.equal(lists.cache.timestamp, undefined);
  }, 1);
});
