/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../runnable/apiserver/api-error.ts';
import { deepFreeze } from '../../runnable/apiserver/objects.ts';
import type { ResourceClient, Store } from '../../runnable/apiserver/store.ts';
import type { ContainerStatus, Pod } from '../../runnable/kubelet/api/v1.ts';
import { MirrorClient } from '../../runnable/kubelet/pod/mirror-client.ts';
import { PodManager } from '../../runnable/kubelet/pod/pod-manager.ts';
import { StatusManager } from '../../runnable/kubelet/status/status-manager.ts';
import {
  syncBatch,
  syncPod,
} from '../../runnable/kubelet/status/sync-status.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf, pod } from './kubelet-cases.ts';

/** A status manager whose API is a list of what it was asked. */
class World {
  readonly actions: string[] = [];
  inApi: Pod | undefined;
  readonly podManager = new PodManager(new MirrorClient(undefined));
  readonly manager: StatusManager;

  constructor(inApi: Pod | undefined = pod('p')) {
    this.inApi = inApi;
    const client: Partial<ResourceClient<Pod>> = {
      get: async () => {
        this.actions.push('get');
        if (this.inApi === undefined) {
          throw new ApiError(404, 'NotFound', 'pods "p" not found');
        }
        return deepFreeze(this.inApi);
      },
      patch: async () => {
        this.actions.push('patch');
        return deepFreeze(this.inApi!);
      },
    };
    const store = { resource: () => client } as unknown as Store;
    this.manager = new StatusManager(
      new Sim({ seed: 1 }),
      store,
      this.podManager,
      () => false,
    );
    this.podManager.addPod(pod('p'));
  }

  set(message: string): void {
    this.manager.setPodStatus(pod('p'), { phase: 'Running', message });
  }

  get channelItems(): number {
    return this.manager.podStatusChannel.length;
  }

  /** What the writer does with all that is in the channel. */
  async drain(): Promise<void> {
    while (this.channelItems > 0) {
      const { podUID, status } = this.manager.podStatusChannel.take()!;
      await syncPod(this.manager, podUID, status);
    }
  }
}

test('st-01: a status that says the same is not offered again', () => {
  const { when, expect } = caseOf('st-01');
  for (const [index, statuses] of when.set.entries()) {
    const world = new World();
    for (const status of statuses) world.set(status);
    assert.equal(world.channelItems, expect.channelItems[index]);
  }
});

test('st-03: syncPod() reads before it writes', async () => {
  const { expect } = caseOf('st-03');
  const other = pod('p', { metadata: { ...pod('p').metadata, uid: 'other' } });
  for (const [index, inApi] of [pod('p'), undefined, other].entries()) {
    const world = new World();
    world.inApi = inApi;
    world.set('m');
    await world.drain();
    assert.deepEqual(world.actions, expect.apiActions[index]);
  }
});

test('st-04: an outdated status is not written', async () => {
  const { expect } = caseOf('st-04');
  const world = new World();
  for (const message of ['m0', 'm1', 'm2']) world.set(message);
  assert.equal(world.channelItems, expect.channelItemsBeforeDrain);
  await syncBatch(world.manager);
  assert.deepEqual(world.actions.splice(0), expect.apiActionsAfterBatch);
  // What the API gets back to the kubelet is what was written.
  world.podManager.updatePod(
    pod('p', { status: world.manager.getPodStatus('p')! }),
  );
  await world.drain();
  assert.deepEqual(world.actions.splice(0), expect.apiActionsFromDrain);
  world.set('m2');
  assert.equal(world.channelItems, expect.channelItemsAfterSameSet);
  const sent = world.manager.apiStatusVersions.get('p')!;
  world.manager.apiStatusVersions.set('p', sent - 1);
  world.set('m2');
  await syncBatch(world.manager);
  assert.deepEqual(world.actions, expect.apiActionsAfterLowering);
});

test('st-05: a status that the API has otherwise is written again', async () => {
  const { expect } = caseOf('st-05');
  for (const [index, wanted] of expect.apiActions.entries()) {
    const world = new World();
    world.set('m');
    await world.drain();
    world.actions.length = 0;
    const status = world.manager.getPodStatus('p')!;
    const inApi = [
      status,
      { ...status, startTime: status.startTime!.replace('Z', '.123Z') },
      { ...status, phase: 'Pending' as const },
    ][index]!;
    world.podManager.updatePod(pod('p', { status: inApi }));
    await syncBatch(world.manager);
    assert.deepEqual(world.actions, wanted);
  }
});

test('st-10: readiness counts once there is a status', () => {
  const { given, expect } = caseOf('st-10');
  const world = new World();
  const asked = pod('p', {
    spec: {
      containers: given.containers.map((name: string) => ({ name, image: '' })),
    },
  });
  world.podManager.updatePod(asked);
  const container = (name: string): ContainerStatus => ({
    name,
    containerID: `docker://${name}`,
    ready: false,
    state: {},
    lastState: {},
    restartCount: 0,
    image: '',
    imageID: '',
  });
  const ready = (name: string, is: boolean): void => {
    world.manager.setContainerReadiness('p', `docker://${name}`, is);
  };
  const steps = [
    () => ready('c1', true),
    () =>
      world.manager.setPodStatus(asked, {
        containerStatuses: given.containers.map(container),
        conditions: [{ type: 'Ready', status: 'False' }],
      }),
    () => ready('c1', false),
    () => ready('c1', true),
    () => ready('c2', true),
    () => ready('unknown', true),
  ];
  const items: number[] = [];
  const podReady: (boolean | null)[] = [];
  for (const step of steps) {
    const before = world.channelItems;
    step();
    items.push(world.channelItems - before);
    const { conditions } = world.manager.getPodStatus('p') ?? {};
    const found = conditions?.find(({ type }) => type === 'Ready');
    podReady.push(found === undefined ? null : found.status === 'True');
  }
  assert.deepEqual(items, expect.channelItems);
  assert.deepEqual(podReady, expect.podReadyAfter);
});

test('st-11: versions of pods that nobody knows are forgotten', async () => {
  const { given, expect } = caseOf('st-11');
  const kept: string[][] = [];
  for (const known of [false, true]) {
    const world = new World();
    if (known) {
      world.podManager.updatePod(
        pod('p', {
          metadata: {
            ...pod('p').metadata,
            annotations: { 'kubernetes.io/config.source': 'file' },
          },
        }),
      );
      world.set('m');
      world.podManager.addPod(
        pod('p', {
          metadata: {
            ...pod('p').metadata,
            uid: 'mirror',
            annotations: { 'kubernetes.io/config.mirror': 'h' },
          },
          status: world.manager.getPodStatus('p')!,
        }),
      );
    }
    for (const [uid, version] of Object.entries(given.sentVersions)) {
      world.manager.apiStatusVersions.set(uid, version as number);
    }
    await syncBatch(world.manager);
    kept.push([...world.manager.apiStatusVersions.keys()]);
  }
  assert.deepEqual(
    kept.map((uids) => uids.toSorted()),
    expect.kept.map((uids: string[]) => uids.toSorted()),
  );
});
