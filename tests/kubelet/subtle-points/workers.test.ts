/** Points 7 to 12: workers, their parking place, and what they wait for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killPodNow } from '../../../runnable/kubelet/kill-pod-now.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import { Cache } from '../../../runnable/kubelet/container/cache.ts';
import {
  evicted,
  PodWorkersWorld,
  web,
} from '../../../runnable/scenarios/kubelet/stand-in.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

/** Workers whose syncs take 2 s; the cache is stamped every second. */
async function working(
  main: (world: PodWorkersWorld) => Promise<void>,
): Promise<void> {
  const sim = new Sim({ seed: 1 });
  const takes = { create: 2000, update: 2000, sync: 2000, kill: 2000 };
  const world = new PodWorkersWorld(sim, takes);
  await sim.run(async () => {
    world.inspect(60);
    await main(world);
  });
}

test('7: requests meet in the parking place, not in the channel', async () => {
  await working(async ({ podWorkers, sim, synced }) => {
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(500);
    for (const version of ['v2', 'v3', 'v4']) {
      podWorkers.updatePod({ pod: web(version), updateType: 'update' });
      assert.equal(podWorkers.podUpdates.get('uid-web')?.length, 0);
    }
    const parked = podWorkers.lastUndeliveredWorkUpdate.get('uid-web');
    assert.equal(parked?.pod.metadata.labels?.['version'], 'v4');
    await sim.sleep(10_000);
    assert.deepEqual(synced, ['create', 'update']);
  });
});

test('8: only a parked kill is protected, not one that runs', async () => {
  await working(async (world) => {
    const { podWorkers, sim, synced } = world;
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(500);
    const killed = killPodNow(world, web('v1'), evicted, 0);
    // The create ends after 2 s, and the kill begins at the next stamp.
    await sim.sleep(3000);
    assert.deepEqual(synced, ['create', 'kill']);
    podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
    await killed;
    await sim.sleep(5000);
    assert.deepEqual(synced, ['create', 'kill', 'update']);
  });
});

test('9: the callback of an overwritten request is never called', async () => {
  await working(async ({ podWorkers, sim }) => {
    const called: string[] = [];
    const ask = (updateType: 'update' | 'create', name: string): void => {
      podWorkers.updatePod({
        pod: web('v1'),
        updateType,
        onCompleteFunc: () => called.push(name),
      });
    };
    ask('create', 'first');
    await sim.sleep(500);
    ask('update', 'overwritten');
    ask('update', 'last');
    await sim.sleep(20_000);
    assert.deepEqual(called, ['first', 'last']);
  });
});

test('9: nor is that of a parked kill whose worker is forgotten', async () => {
  await working(async (world) => {
    const { podWorkers, sim } = world;
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(500);
    const heard = killPodNow(world, web('v1'), evicted, 0).then(
      () => 'an answer',
      (error: unknown) => String(error),
    );
    podWorkers.forgetWorker('uid-web');
    assert.match(await heard, /timeout waiting to kill pod/);
  });
});

test('10: forgetting a worker cancels no sync and leaves isWorking', async () => {
  await working(async ({ podWorkers, sim, synced }) => {
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(500);
    podWorkers.forgetWorker('uid-web');
    assert.equal(podWorkers.isWorking.get('uid-web'), true);
    // A new channel and a new worker, but the request is parked: the old
    // worker's end delivers it.
    podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
    assert.equal(podWorkers.podUpdates.get('uid-web')?.length, 0);
    assert.equal(podWorkers.lastUndeliveredWorkUpdate.size, 1);
    await sim.sleep(1600);
    assert.deepEqual(synced, ['create', 'update']);
    await sim.sleep(5000);
    assert.equal(podWorkers.isWorking.get('uid-web'), false);
  });
});

test('11: a second sync waits for a relist newer than the first', async () => {
  const sim = new Sim({ seed: 1 });
  const takes = { create: 1500, update: 0, sync: 0, kill: 0 };
  const world = new PodWorkersWorld(sim, takes);
  await sim.run(async () => {
    const { podWorkers, cache, synced } = world;
    cache.updateTime(sim.now());
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(1000);
    podWorkers.updatePod({ pod: web('v2'), updateType: 'update' });
    // Stamped during the first sync: older than its end.
    cache.updateTime(sim.now());
    await sim.sleep(5000);
    assert.deepEqual(synced, ['create']);
    cache.updateTime(sim.now());
    await sim.sleep(1);
    assert.deepEqual(synced, ['create', 'update']);
  });
});

test('12: an equal time is not newer at once, and wakes who waits', async () => {
  const sim = new Sim({ seed: 1 });
  const cache = new Cache(sim);
  await sim.run(async () => {
    const now = sim.now();
    cache.updateTime(now);
    assert.equal(cache.getIfNewerThan('uid-web', now), undefined);
    let woken = false;
    sim.go('waiter', async () => {
      await cache.getNewerThan('uid-web', now);
      woken = true;
    });
    await sim.sleep(1);
    assert.equal(woken, false);
    cache.updateTime(now);
    await sim.sleep(1);
    assert.equal(woken, true);
  });
});

test('12: an error in the cache fails the worker with FailedSync', async () => {
  await working(async ({ podWorkers, cache, sim, synced, recorder }) => {
    const error = new Error('no such sandbox');
    cache.set('uid-web', emptyPodStatus('uid-web'), error, sim.now());
    podWorkers.updatePod({ pod: web('v1'), updateType: 'create' });
    await sim.sleep(1);
    assert.deepEqual(synced, []);
    assert.deepEqual(
      recorder.events.map(({ reason, message }) => `${reason}: ${message}`),
      ['FailedSync: error determining status: no such sandbox'],
    );
  });
});

test('12: a missing entry is an empty status and no error', async () => {
  const sim = new Sim({ seed: 1 });
  const cache = new Cache(sim);
  await sim.run(async () => {
    cache.updateTime(sim.now());
    const { status, err } = await cache.getNewerThan('uid-web', undefined);
    assert.equal(err, undefined);
    assert.deepEqual(status, emptyPodStatus('uid-web'));
  });
});
