/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import type { ContainerStatus } from '../../runnable/kubelet/container/runtime.ts';
import { killContainer } from '../../runnable/kubelet/kuberuntime/kill-container.ts';
import { removeContainer } from '../../runnable/kubelet/kuberuntime/kuberuntime-container.ts';
import {
  getContainersToDeleteInPod,
  PodContainerDeletor,
} from '../../runnable/kubelet/pod-container-deletor.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Backoff } from '../../runnable/client-go/util/flowcontrol/backoff.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { allCases, caseOf, pod } from './kubelet-cases.ts';

const named = (...names: string[]) =>
  names.map((name) => ({ name, image: 'busybox:1' }));

/** A node on which a pod was synced once, straight through the runtime. */
async function synced(world: NodeWorld, asked: ReturnType<typeof pod>) {
  const { containerRuntime } = world.kubelet;
  const backOff = new Backoff(world.sim, 10_000, 300_000);
  const { uid, name, namespace } = asked.metadata;
  await containerRuntime.syncPod(asked, emptyPodStatus(uid), [], backOff);
  return containerRuntime.getPodStatus(uid, name, namespace);
}

test('sync-04: killPod() stops and removes nothing', async () => {
  const { expect } = caseOf('sync-04');
  const world = new NodeWorld(new Sim({ seed: 1 }));
  const asked = pod('p', { spec: { containers: named('foo1', 'foo2') } });
  await world.sim.run(async () => {
    await synced(world, asked);
    const { containerRuntime } = world.kubelet;
    const [running] = await containerRuntime.getPods(false);
    await containerRuntime.killPod(asked, running!);
  });
  const { containers, sandboxes } = world.machine;
  const states = [...containers.values()].map(({ name, state }) => [
    name,
    state,
  ]);
  assert.deepEqual(Object.fromEntries(states), expect.containers);
  assert.deepEqual(
    [...sandboxes.values()].map(({ state }) => state),
    [`SANDBOX_${String(expect.sandbox)}`],
  );
});

test('sync-06: a container that the spec lacks cannot be killed', async () => {
  const { given } = caseOf('sync-06');
  const { sim, kubelet } = new NodeWorld(new Sim({ seed: 1 }));
  await sim.run(() =>
    assert.rejects(
      killContainer(kubelet.containerRuntime, {
        pod: pod('p', { spec: { containers: named(...given.pod.containers) } }),
        containerID: 'c1',
        containerName: 'not_exist_container',
        reason: '',
      }),
      /failed to get containerSpec/,
    ),
  );
});

test('sync-08: removeContainer() takes the log away first', async () => {
  const { expect } = caseOf('sync-08');
  const world = new NodeWorld(new Sim({ seed: 1 }));
  const asked = pod('bar', {
    metadata: { name: 'bar', namespace: 'new', uid: '12345678' },
    spec: { containers: named('foo') },
  });
  await world.sim.run(async () => {
    const status = await synced(world, asked);
    const [{ id }] = status.containerStatuses as [ContainerStatus];
    world.machine.exit(id, 0);
    const before = [...world.os.entries.keys()];
    await removeContainer(world.kubelet.containerRuntime, id);
    const removed = before.filter((path) => !world.os.entries.has(path));
    assert.deepEqual(
      removed,
      expect.removedPaths.map((path: string) => path.replace('<id>', id)),
    );
    assert.equal(world.machine.containers.has(id), false);
  });
});

function statusOf(tuples: [string, string, number, string][]) {
  const containerStatuses = tuples.map(
    ([id, name, createdAt, state]) =>
      ({ id, name, createdAt, state }) as ContainerStatus,
  );
  return { ...emptyPodStatus('p'), containerStatuses };
}

for (const id of ['del-01', 'del-03']) {
  test(`${id}: getContainersToDeleteInPod() keeps the newest`, () => {
    const { given, when, expect } = caseOf(id);
    const keep = [when.keep].flat() as number[];
    const ids = keep.map((count) =>
      getContainersToDeleteInPod(
        when.filter,
        statusOf(given.containers),
        count,
      ).map((each) => each.id),
    );
    assert.deepEqual(Array.isArray(when.keep) ? ids : ids[0], expect.ids);
  });
}

test('del-04: to remove all, the filter does not count', () => {
  const { given, expect } = caseOf('del-04');
  const deletor = new PodContainerDeletor(
    new Sim({ seed: 1 }),
    { deleteContainer: () => new Promise(() => undefined) },
    1,
  );
  const taken: string[] = [];
  deletor.worker.trySend = (id) => {
    taken.push(id);
    return true;
  };
  deletor.deleteContainersInPod('sandbox', statusOf(given.containers), true);
  assert.deepEqual(taken, expect.queued);
});

test('del-05: a full queue drops what it is given', async () => {
  const { given, expect } = caseOf('del-05');
  const sim = new Sim({ seed: 1 });
  let held = 0;
  const deletor = new PodContainerDeletor(
    sim,
    {
      deleteContainer: () => {
        held += 1;
        return new Promise(() => undefined);
      },
    },
    1,
  );
  const tuples = Array.from(
    { length: given.exited },
    (_, i) => [`c${i}`, 'bar', i, 'exited'] as [string, string, number, string],
  );
  await sim.run(async () => {
    deletor.deleteContainersInPod('', statusOf(tuples), true);
    await sim.sleep(1);
  });
  const queued = deletor.worker.length + held;
  assert.ok(queued <= expect.queuedAtMost && queued >= given.queueCapacity);
});

test('every recorded case has its test', async () => {
  const { readdirSync, readFileSync } = await import('node:fs');
  const folder = new URL('.', import.meta.url);
  const text = readdirSync(folder)
    .filter((name) => /^kubelet.*\.test\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('');
  const whole = [
    'computePodActions',
    'computePodActionsInit',
    'containerGC',
    'sandboxGC',
  ];
  const missing = allCases
    .filter(({ id, area }) => !whole.includes(area) && !text.includes(id))
    .map(({ id }) => id);
  assert.deepEqual(missing, []);
});
