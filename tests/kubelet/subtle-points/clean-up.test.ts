/** Points 32 to 40: the dead, the deleted, and what they leave behind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanUpContainersInPod } from '../../../runnable/kubelet/clean-up-containers.ts';
import { handlePodCleanups } from '../../../runnable/kubelet/cleanups.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type { PodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type { Kubelet } from '../../../runnable/kubelet/kubelet.ts';
import {
  makePodDataDirs,
  notRunning,
  podIsTerminated,
  podResourcesAreReclaimed,
} from '../../../runnable/kubelet/kubelet-pods.ts';
import { getContainersToDeleteInPod } from '../../../runnable/kubelet/pod-container-deletor.ts';
import {
  atRest,
  containersOf,
  deleted,
  onNode,
  podOf,
  statusOf,
  Syncs,
} from './node.ts';

/** What the deletor is handed after a death, by this status of the cache. */
function handedOver(kl: Kubelet, id: string, status: PodStatus): string[] {
  const handed: string[] = [];
  kl.containerDeletor.worker.trySend = (each) => {
    handed.push(each);
    return true;
  };
  kl.podCache.set('uid-web', status, undefined, kl.sim.now());
  cleanUpContainersInPod(kl, 'uid-web', id);
  return handed;
}

test('32: the newest of a name stays, among those that exited', () => {
  const status = statusOf(
    ['c5', 'app', 'created'],
    ['c4', 'app', 'exited'],
    ['c3', 'log', 'exited'],
    ['c2', 'app', 'exited'],
    ['c1', 'app', 'unknown'],
  );
  const ids = getContainersToDeleteInPod('c4', status, 1).map(({ id }) => id);
  assert.deepEqual(ids, ['c2']);
});

test('32: one is kept though the policy says none', async () => {
  const containerGCPolicy = {
    minAge: 0,
    maxPerPodContainer: 0,
    maxContainers: -1,
  };
  await atRest(
    async ({ kubelet }) => {
      kubelet.podManager.addPod(podOf('web'));
      const status = statusOf(['c2', 'app', 'exited'], ['c1', 'app', 'exited']);
      assert.deepEqual(handedOver(kubelet, 'c2', status), ['c1']);
    },
    { containerGCPolicy },
  );
});

test('33: an eviction counts by the API, the rest by a fresh status', async () => {
  const dead = statusOf(['c1', 'app', 'exited']);
  await atRest(async ({ kubelet }) => {
    const web = podOf('web');
    kubelet.podManager.addPod(web);
    // The kubelet's own status says evicted; the API does not yet.
    const evicted = { phase: 'Failed', reason: 'Evicted' } as const;
    kubelet.statusManager.setPodStatus(web, evicted);
    assert.deepEqual(handedOver(kubelet, 'c1', dead), []);
    kubelet.podManager.updatePod({ ...web, status: evicted });
    assert.deepEqual(handedOver(kubelet, 'c1', dead), ['c1']);
  });
});

test('33: an init container that runs does not keep the dead', async () => {
  const status = statusOf(['c2', 'init', 'running'], ['c1', 'app', 'exited']);
  await atRest(async ({ kubelet }) => {
    const initContainers = containersOf('init');
    kubelet.podManager.addPod(deleted(podOf('web', { initContainers })));
    assert.deepEqual(handedOver(kubelet, 'c1', status), ['c1']);
  });
});

test('34: of no containers none runs, so a deleted pod ends at once', async () => {
  assert.equal(notRunning([]), true);
  await atRest(async ({ kubelet }) => {
    assert.equal(podIsTerminated(kubelet, deleted(podOf('web'))), true);
    assert.equal(podIsTerminated(kubelet, podOf('web')), false);
  });
});

test('36: a status that wakes an ended container is dropped whole', async () => {
  await atRest(async ({ kubelet }) => {
    const { statusManager } = kubelet;
    const app = (state: object) => ({
      ...{ name: 'app', image: '', imageID: '', ready: false },
      ...{ restartCount: 0, lastState: {}, state },
    });
    const end = { terminated: { exitCode: 0 } };
    const wake = { phase: 'Running', podIP: '10.0.0.5' } as const;
    for (const [restartPolicy, phase] of [
      ['Never', 'Succeeded'],
      ['Always', 'Running'],
    ] as const) {
      const pod = podOf(restartPolicy.toLowerCase(), { restartPolicy });
      const { uid } = pod.metadata;
      statusManager.setPodStatus(pod, {
        phase: 'Succeeded',
        containerStatuses: [app(end)],
      });
      const containerStatuses = [app({ running: { startedAt: '' } })];
      statusManager.setPodStatus(pod, { ...wake, containerStatuses });
      assert.equal(statusManager.getPodStatus(uid)?.phase, phase);
    }
  });
});

test('37: the API object goes when containers, volumes and cgroup are gone', async () => {
  await atRest(async (world) => {
    const { kubelet, os, containerManager, sim } = world;
    const web = deleted(podOf('web'));
    const dead = statusOf(['c1', 'app', 'exited']);
    const reclaimed = (): boolean => podResourcesAreReclaimed(kubelet, web, {});
    kubelet.podCache.set('uid-web', dead, undefined, sim.now());
    containerManager.cgroups.add('uid-web');
    const volume = `${kubelet.getPodDir('uid-web')}/volumes/x/data`;
    os.mount('data', volume);
    assert.equal(reclaimed(), false);
    const none = emptyPodStatus('uid-web');
    kubelet.podCache.set('uid-web', none, undefined, sim.now());
    assert.equal(reclaimed(), false);
    os.remove(volume);
    assert.equal(reclaimed(), false);
    containerManager.cgroups.delete('uid-web');
    assert.equal(reclaimed(), true);
  });
});

test('37: REMOVE comes after the deletion, which is the status manager’s', async () => {
  await onNode(async (world) => {
    await world.createPod('web', {
      containers: containersOf('app'),
      terminationGracePeriodSeconds: 1,
    });
    await world.at(4000);
    await world.deletePod('web');
    const { podManager } = world.kubelet;
    const deletePod = podManager.deletePod.bind(podManager);
    let leftBefore: unknown[] | undefined;
    podManager.deletePod = (pod) => {
      leftBefore = [world.pod('web'), ...world.machine.containers.values()];
      deletePod(pod);
    };
    await world.waitFor(() => leftBefore !== undefined, 60_000);
    assert.deepEqual(leftBefore, [undefined]);
  });
});

test('38: housekeeping hands pods that ended to podKiller, not to workers', async () => {
  await atRest(async (world) => {
    const { kubelet } = world;
    const web = podOf('web');
    const ended = { ...web, status: { phase: 'Succeeded' as const } };
    await new Syncs(world, web).sync();
    kubelet.podManager.addPod(ended);
    kubelet.podWorkers.updatePod({ pod: web, updateType: 'create' });
    await handlePodCleanups(kubelet);
    const [pair] = kubelet.podKillingCh.contents;
    assert.equal(pair?.runningPod.id, 'uid-web');
    assert.equal(pair.apiPod, undefined);
    assert.equal(kubelet.podWorkers.podUpdates.size, 0);
  });
});

test('39: three directories of the pod, and those of the logs elsewhere', async () => {
  await atRest(async (world) => {
    const { kubelet, os } = world;
    const web = podOf('web');
    const paths = (): string[] =>
      [...os.entries]
        .filter(
          ([path, { kind }]) => kind === 'directory' && path.includes('uid'),
        )
        .map(([path, { mode }]) => `${path} ${mode}`);
    makePodDataDirs(kubelet, web);
    const own = '/var/lib/kubelet/pods/uid-web';
    const dirs = [`${own} 0750`, `${own}/volumes 0750`, `${own}/plugins 0750`];
    assert.deepEqual(paths(), dirs);
    await new Syncs(world, web).sync();
    const logs = '/var/log/pods/uid-web';
    assert.deepEqual(paths(), [...dirs, `${logs} 0755`, `${logs}/app 0755`]);
  });
});

test('40: a volume holds a worker for 2 m 3 s, no volume for no time', async () => {
  await onNode(
    async (world) => {
      const { sim, kubelet } = world;
      const { volumeManager } = kubelet;
      const start = sim.now();
      await volumeManager.waitForAttachAndMount(podOf('none'));
      assert.equal(sim.now(), start);
      const volumes = [{ name: 'data', emptyDir: {} }];
      await assert.rejects(
        volumeManager.waitForAttachAndMount(podOf('web', { volumes })),
        /timeout expired waiting for volumes to attach or mount/,
      );
      assert.equal(sim.now() - start, 123_000);
    },
    { volumes: () => ({ attachTakes: 'never' }) },
  );
});
