/** Points 22 to 31: what one sync does, and how long a crash waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashContainer } from '../../../runnable/kubelet/container/helpers.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type {
  ContainerStatus,
  PodStatus,
} from '../../../runnable/kubelet/container/runtime.ts';
import { computePodActions } from '../../../runnable/kubelet/kuberuntime/compute-pod-actions.ts';
import type { Result } from '../../../runnable/kubelet/prober/results/results-manager.ts';
import type { NodeWorld } from '../../../runnable/scenarios/kubelet/node-world.ts';
import { atRest, containersOf, onNode, podOf, Syncs } from './node.ts';

/** A ready sandbox, and `app` running as its spec says. */
function running(
  change: Partial<ContainerStatus> = {},
  sandbox: Partial<PodStatus['sandboxStatuses'][number]> = {},
): PodStatus {
  const [app] = containersOf('app');
  return {
    ...emptyPodStatus('uid-web'),
    containerStatuses: [
      {
        ...{ id: 'c1', name: 'app', state: 'running', exitCode: 0 },
        ...{ createdAt: 1, startedAt: 1, finishedAt: 0, restartCount: 0 },
        ...{ image: '', imageID: '', reason: '', message: '' },
        hash: hashContainer(app!),
        ...change,
      },
    ],
    sandboxStatuses: [
      {
        ...{ id: 's1', name: 'web', namespace: 'default', uid: 'uid-web' },
        ...{ attempt: 0, state: 'SANDBOX_READY', createdAt: 0 },
        ...{ ip: '10.0.0.5', networkMode: 'POD' },
        ...sandbox,
      },
    ],
  };
}

const never = podOf('web', {
  containers: containersOf('app'),
  restartPolicy: 'Never',
});

/** What is decided, in a few words. */
function decided(pod = never, status = running(), liveness?: Result): string[] {
  const actions = computePodActions(pod, status, () => liveness);
  return [
    ...(actions.killPod ? ['kill the pod'] : []),
    ...(actions.createSandbox ? [`sandbox ${actions.attempt}`] : []),
    ...[...actions.containersToKill.keys()].map((id) => `kill ${id}`),
    ...actions.containersToStart.map((index) => `start ${index}`),
  ];
}

test('22: a sync starts one init container and waits for none', async () => {
  const web = podOf('web', {
    initContainers: containersOf('one', 'two'),
    containers: containersOf('app', 'log'),
  });
  await atRest(async (world) => {
    const syncs = new Syncs(world, web);
    await syncs.sync();
    assert.deepEqual(syncs.containers, ['c1 one running']);
    world.machine.exit('c1', 0);
    await syncs.sync();
    assert.deepEqual(syncs.containers.slice(1), ['c2 two running']);
    await syncs.sync();
    assert.equal(syncs.containers.length, 2);
    world.machine.exit('c2', 0);
    await syncs.sync();
    assert.deepEqual(syncs.containers.slice(2), [
      'c3 app running',
      'c4 log running',
    ]);
  });
});

test('23: a new sandbox begins initialization again and kills the rest', async () => {
  const web = podOf('web', {
    initContainers: containersOf('init'),
    containers: containersOf('app'),
  });
  await atRest(async (world) => {
    const syncs = new Syncs(world, web);
    await syncs.sync();
    world.machine.exit('c1', 0);
    await syncs.sync();
    // The sandbox dies alone: app goes on until the sync.
    world.machine.sandboxes.get('s1')!.state = 'SANDBOX_NOTREADY';
    await syncs.sync();
    assert.deepEqual(syncs.containers, ['c2 app exited', 'c3 init running']);
  });
});

test('24: for a new pod the list says kill and create', () => {
  const actions = computePodActions(
    never,
    emptyPodStatus('uid-web'),
    () => undefined,
  );
  assert.equal(actions.killPod, true);
  assert.equal(actions.createSandbox, true);
  assert.equal(actions.containersToKill.size, 0);
});

test('25: another spec restarts a container even with policy Never', () => {
  assert.deepEqual(decided(never, running({ hash: 1 })), [
    'kill c1',
    'start 0',
  ]);
});

test('25: with policy Never a failed probe kills, in the end the pod', () => {
  assert.deepEqual(decided(never, running(), 'Failure'), [
    'kill the pod',
    'kill c1',
  ]);
  const always = { ...never, spec: { containers: containersOf('app') } };
  assert.deepEqual(decided(always, running(), 'Failure'), [
    'kill c1',
    'start 0',
  ]);
});

test('26: with policy Never a dead sandbox is the last one', () => {
  const dead = running({}, { state: 'SANDBOX_NOTREADY' });
  assert.deepEqual(decided(never, dead), ['kill the pod']);
  assert.deepEqual(decided(never, emptyPodStatus('uid-web')), [
    'kill the pod',
    'sandbox 0',
    'start 0',
  ]);
});

test('27: an init container that fails to start ends the sync', async () => {
  const web = podOf('web', { initContainers: containersOf('bad', 'good') });
  await atRest(
    async (world) => {
      const syncs = new Syncs(world, web);
      assert.match((await syncs.sync()) ?? '', /"StartContainer" for "bad"/);
      assert.deepEqual(syncs.containers, ['c1 bad created']);
    },
    { script: { container: () => ({ startError: 'no' }) } },
  );
});

test('27: a container that fails to start leaves its siblings alone', async () => {
  const web = podOf('web', { containers: containersOf('bad', 'good') });
  const script = {
    container: ({ name }: { readonly name: string }) =>
      name === 'bad' ? { startError: 'no' } : {},
  };
  await atRest(
    async (world) => {
      const syncs = new Syncs(world, web);
      assert.match((await syncs.sync()) ?? '', /"StartContainer" for "bad"/);
      assert.deepEqual(syncs.containers, ['c1 bad created', 'c2 good running']);
    },
    { script },
  );
});

/** Syncs every second for so long; when containers were started. */
async function starts(
  syncs: Syncs,
  { sim }: NodeWorld,
  seconds: number,
): Promise<number[]> {
  const found: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const before = syncs.containers.length;
    await syncs.sync();
    if (syncs.containers.length > before) found.push(second);
    await sim.sleep(1000);
  }
  return found;
}

test('28: the first restart is free, then waits double from the exit', async () => {
  await atRest(
    async (world) => {
      const syncs = new Syncs(world, podOf('web'));
      const found = await starts(syncs, world, 200);
      const gaps = found.slice(1).map((at, index) => at - found[index]!);
      // A start and half a second of life pass before the next exit.
      assert.deepEqual(gaps, [1, 11, 21, 41, 81]);
    },
    {
      script: {
        container: () => ({ runs: 500, exitCode: 1 }),
        startTakes: 0,
        sandboxTakes: 0,
      },
    },
  );
});

test('28: another spec has no wait', async () => {
  await atRest(
    async (world) => {
      const web = podOf('web');
      const syncs = new Syncs(world, web);
      await starts(syncs, world, 30);
      assert.match((await syncs.sync()) ?? '', /CrashLoopBackOff/);
      const containers = [{ name: 'app', image: 'app:2' }];
      const error = await syncs.sync({ ...web, spec: { containers } });
      assert.equal(error, undefined);
    },
    { script: { container: () => ({ runs: 500, exitCode: 1 }) } },
  );
});

test('28: after ten quiet minutes the waits begin anew', async () => {
  const script = {
    container: ({ attempt }: { readonly attempt: number }) => ({
      runs: attempt === 3 ? 700_500 : 500,
      exitCode: 1,
    }),
    startTakes: 0,
    sandboxTakes: 0,
  };
  await atRest(
    async (world) => {
      const syncs = new Syncs(world, podOf('web'));
      const found = await starts(syncs, world, 780);
      const gaps = found.slice(1).map((at, index) => at - found[index]!);
      assert.deepEqual(gaps, [1, 11, 21, 701, 11, 21]);
    },
    { script },
  );
});

test('29: back-off fails the sync, and the worker is back in 10 to 15 s', async () => {
  await onNode(
    async (world) => {
      await world.createPod('web', {
        restartPolicy: 'Always',
        containers: containersOf('app'),
      });
      await world.waitFor(() => world.reasons.includes('BackOff'), 60_000);
      const { queue } = world.kubelet.workQueue;
      const due = queue.get('uid-pod1')! - world.sim.now();
      assert.ok(due > 9000 && due < 15_000, `${due} ms`);
    },
    { script: { container: () => ({ runs: 500, exitCode: 1 }) } },
  );
});

test('30: the restart count is that of the newest survivor, and one', async () => {
  await atRest(
    async (world) => {
      const syncs = new Syncs(world, podOf('web'));
      const counts = async (): Promise<number[]> =>
        (await syncs.status()).containerStatuses.map(
          ({ restartCount }) => restartCount,
        );
      await syncs.sync();
      await world.sim.sleep(1000);
      await syncs.sync();
      assert.deepEqual(await counts(), [1, 0]);
      await world.sim.sleep(1000);
      world.machine.removeContainer('c1');
      world.machine.removeContainer('c2');
      await syncs.sync();
      assert.deepEqual(await counts(), [0]);
    },
    { script: { container: () => ({ runs: 500, exitCode: 1 }) } },
  );
});

test('31: killPod() stops what runs and removes nothing', async () => {
  await atRest(async (world) => {
    const web = podOf('web');
    const syncs = new Syncs(world, web);
    await syncs.sync();
    const { containerRuntime } = world.kubelet;
    const [pod] = await containerRuntime.getPods(false);
    await containerRuntime.killPod(web, pod!);
    assert.deepEqual(syncs.containers, ['c1 app exited']);
    assert.equal(world.machine.sandboxes.get('s1')?.state, 'SANDBOX_NOTREADY');
  });
});
