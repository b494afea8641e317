/** Points 1 to 6, 21 and 41 to 43: sources, the loop and its handlers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventRecorder } from '../../../runnable/client-go/tools/record/event.ts';
import type { Pod } from '../../../runnable/kubelet/api/v1.ts';
import { newSourceApiserver } from '../../../runnable/kubelet/config/apiserver.ts';
import { PodStorage } from '../../../runnable/kubelet/config/pod-storage.ts';
import {
  handlePodAdditions,
  handlePodSyncs,
  handlePodUpdates,
} from '../../../runnable/kubelet/handlers/handlers.ts';
import type { PodLifecycleEvent } from '../../../runnable/kubelet/pleg/pleg.ts';
import { syncLoopIteration } from '../../../runnable/kubelet/sync-loop.ts';
import type { PodUpdate } from '../../../runnable/kubelet/types/pod-update.ts';
import {
  nodeName,
  NodeWorld,
} from '../../../runnable/scenarios/kubelet/node-world.ts';
import { Channel } from '../../../runnable/sim/channel.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { atRest, containersOf, deleted, onNode, podOf } from './node.ts';

/** A channel in which one value waits, or none. */
function channelOf<T>(sim: Sim, name: string, value?: T): Channel<T> {
  const channel = new Channel<T>(sim, name, 1);
  if (value !== undefined) channel.trySend(value);
  return channel;
}

/** What storage sends on for each list of a source, as `OP names`. */
async function merged(...lists: Pod[][]): Promise<string[][]> {
  const sim = new Sim({ seed: 1 });
  const channel = new Channel<PodUpdate>(sim, 'configCh', 10);
  const recorder = new EventRecorder('kubelet');
  const storage = new PodStorage(sim, 'incremental', channel, recorder);
  const sent: string[][] = [];
  await sim.run(async () => {
    for (const pods of lists) {
      await storage.merge('api', { op: 'SET', source: 'api', pods });
      const words: string[] = [];
      while (channel.canRecv()) {
        const { op, pods: told } = (await channel.recv())!;
        const names = told.map(({ metadata }) => metadata.name);
        words.push(`${op} ${names.join(' ')}`);
      }
      sent.push(words);
    }
  });
  return sent;
}

test('1: the select has no priority: news does not win over ticks', async () => {
  const first = new Set<string>();
  for (let seed = 1; seed <= 40; seed += 1) {
    const sim = new Sim({ seed });
    const { kubelet } = new NodeWorld(sim);
    const removed: PodLifecycleEvent = {
      id: 'uid-web',
      type: 'ContainerRemoved',
      data: 'c1',
    };
    const news: PodUpdate = { op: 'ADD', source: 'api', pods: [] };
    const channels = {
      configCh: channelOf<PodUpdate>(sim, 'configCh', news),
      plegCh: channelOf(sim, 'plegCh', removed),
      syncCh: channelOf(sim, 'syncCh', 0),
      housekeepingCh: channelOf(sim, 'housekeepingCh', 0),
    };
    await sim.run(async () => {
      await syncLoopIteration(kubelet, channels);
    });
    const taken = Object.entries(channels).filter(([, ch]) => !ch.canRecv());
    assert.equal(taken.length, 1, 'one iteration takes one item');
    first.add(taken[0]![0]);
  }
  assert.equal(first.size, 4);
});

test('2: a watch never gets through: each event becomes a SET of all', async () => {
  await atRest(async ({ sim, store, pods }) => {
    const updates = new Channel<PodUpdate>(sim, 'updates', 20);
    newSourceApiserver(sim, store.client(sim), nodeName, updates);
    const make = (name: string) =>
      pods.create({
        ...podOf(name, { nodeName }),
        metadata: { name, namespace: 'default' } as Pod['metadata'],
      });
    await make('a');
    await make('b');
    await sim.sleep(10);
    const patch = { type: 'merge', body: { metadata: { labels: { x: 'y' } } } };
    await pods.patch('default', 'a', patch as never);
    await pods.delete('default', 'b', { gracePeriodSeconds: 0 });
    await sim.sleep(10);
    const words = updates.contents.map(
      ({ op, pods: all }) =>
        `${op} ${all.map(({ metadata }) => metadata.name).join(' ')}`,
    );
    assert.ok(
      words.every((word) => word.startsWith('SET')),
      words.join(),
    );
    assert.equal(words.at(-1), 'SET a');
    assert.ok(words.includes('SET a b'));
  });
});

test('3: DELETE means a deletionTimestamp, the end is REMOVE', async () => {
  const web = podOf('web');
  assert.deepEqual(await merged([web], [deleted(web)], []), [
    ['ADD web'],
    ['DELETE web'],
    ['REMOVE web'],
  ]);
});

test('3: an update of a pod that is to go never says UPDATE', async () => {
  const web = deleted(podOf('web'));
  const changed = { ...web, spec: { containers: containersOf('other') } };
  const [, again] = await merged([web], [changed]);
  assert.deepEqual(again, ['DELETE web']);
});

test('4: one merge sends REMOVE, ADD, UPDATE, DELETE, RECONCILE, whatever came first', async () => {
  const all = ['told', 'going', 'changed', 'gone'].map((name) => podOf(name));
  const [told, going, changed] = all as [Pod, Pod, Pod];
  const [, second] = await merged(all, [
    { ...told, status: { phase: 'Running' } },
    deleted(going),
    { ...changed, spec: { containers: containersOf('other') } },
    podOf('new'),
  ]);
  assert.deepEqual(second, [
    'REMOVE gone',
    'ADD new',
    'UPDATE changed',
    'DELETE going',
    'RECONCILE told',
  ]);
});

test('5: a status that changes alone is a RECONCILE and syncs nobody', async () => {
  await onNode(async (world) => {
    await world.createPod('web', { containers: containersOf('app') });
    await world.at(5000);
    const { podWorkers, podManager } = world.kubelet;
    let asked = 0;
    podWorkers.updatePod = () => {
      asked += 1;
    };
    const conditions = [{ type: 'Foreign', status: 'True' }];
    const pod = (await world.pods.list()).items[0]!;
    const body = { status: { ...pod.status, conditions } };
    await world.pods.patch(
      'default',
      'web',
      { type: 'merge', body } as never,
      'status',
    );
    await world.sim.sleep(500);
    const known = podManager.getPods()[0]!;
    assert.deepEqual(
      known.status.conditions?.map(({ type }) => type),
      ['Foreign'],
    );
    assert.equal(asked, 0);
  });
});

test('6: dispatchWork() refuses a pod that ended, whoever asks', async () => {
  await atRest(async ({ kubelet }) => {
    const web = { ...podOf('web'), status: { phase: 'Succeeded' as const } };
    kubelet.podManager.addPod(web);
    handlePodUpdates(kubelet, [web]);
    handlePodSyncs(kubelet, [web]);
    assert.equal(kubelet.podWorkers.podUpdates.size, 0);
  });
});

test('21: an unwell runtime stops news and housekeeping alike', async () => {
  await onNode(
    async (world) => {
      await world.at(3000);
      await world.createPod('web', { containers: containersOf('app') });
      await world.at(20_000);
      const { podConfig, podWorkers } = world.kubelet;
      assert.equal(podConfig.updates().length > 0, true);
      assert.equal(podWorkers.podUpdates.size, 0);
    },
    { script: { fault: (call) => (call === 'status' ? 'down' : undefined) } },
  );
});

test('21: a network that is not ready fails only pods that need it', async () => {
  await onNode(async (world) => {
    world.machine.networkReady = false;
    const containers = containersOf('app');
    await world.createPod('web', { containers });
    await world.createPod('host', { containers, hostNetwork: true });
    await world.at(8000);
    assert.equal(world.pod('web')?.status.phase, 'Pending');
    assert.equal(world.pod('host')?.status.phase, 'Running');
  });
});

test('41: the oldest of a batch wins, and who is refused stays known', async () => {
  await atRest(async ({ kubelet }) => {
    const ports = [{ containerPort: 80, hostPort: 80 }];
    const containers = [{ name: 'app', image: 'app:1', ports }];
    const at = (name: string, creationTimestamp: string): Pod => {
      const pod = podOf(name, { containers });
      return { ...pod, metadata: { ...pod.metadata, creationTimestamp } };
    };
    handlePodAdditions(kubelet, [
      at('young', '2019-03-01T00:00:01Z'),
      at('old', '2019-03-01T00:00:00Z'),
    ]);
    const { podManager, podWorkers, statusManager } = kubelet;
    assert.deepEqual([...podWorkers.podUpdates.keys()], ['uid-old']);
    assert.equal(statusManager.getPodStatus('uid-young')?.phase, 'Failed');
    assert.notEqual(podManager.getPodByUID('uid-young'), undefined);
  });
});

test('42: probes begin with an ADD and never with an UPDATE', async () => {
  await atRest(async ({ kubelet }) => {
    const web = podOf('web');
    const readinessProbe = { exec: { command: ['ready'] } };
    const containers = [{ name: 'app', image: 'app:1', readinessProbe }];
    const probed = { ...web, spec: { ...web.spec, containers } };
    handlePodAdditions(kubelet, [web]);
    handlePodUpdates(kubelet, [probed]);
    assert.equal(kubelet.probeManager.workers.size, 0);
    handlePodAdditions(kubelet, [podOf('other', { containers })]);
    assert.equal(kubelet.probeManager.workers.size, 1);
  });
});

test('43: HandlePodSyncs returns when the request is handed over', async () => {
  await onNode(async (world) => {
    await world.createPod('web', { containers: containersOf('app') });
    await world.at(5000);
    const { kubelet } = world;
    const [pod] = kubelet.podManager.getPods();
    const { uid } = pod!.metadata;
    let synced = false;
    const { containerRuntime } = kubelet;
    const syncPod = containerRuntime.syncPod.bind(containerRuntime);
    containerRuntime.syncPod = async (...args) => {
      synced = true;
      return syncPod(...args);
    };
    handlePodSyncs(kubelet, [pod!]);
    assert.equal(kubelet.podWorkers.isWorking.get(uid), true);
    assert.equal(synced, false, 'clean-up comes next, before the sync');
    await world.sim.sleep(2000);
    assert.equal(synced, true);
  });
});
