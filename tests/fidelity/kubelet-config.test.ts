/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import { EventRecorder } from '../../runnable/client-go/tools/record/event.ts';
import type { Pod } from '../../runnable/kubelet/api/v1.ts';
import { newSourceApiserver } from '../../runnable/kubelet/config/apiserver.ts';
import { PodStorage } from '../../runnable/kubelet/config/pod-storage.ts';
import type { PodConfigNotificationMode } from '../../runnable/kubelet/config/pod-storage.ts';
import type {
  PodOperation,
  PodUpdate,
} from '../../runnable/kubelet/types/pod-update.ts';
import { Channel } from '../../runnable/sim/channel.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf, pod } from './kubelet-cases.ts';

class World {
  readonly sim = new Sim({ seed: 1 });
  readonly updates = new Channel<PodUpdate>(this.sim, 'configCh', 50);
  readonly #storage: PodStorage;

  constructor(mode: PodConfigNotificationMode) {
    const recorder = new EventRecorder('kubelet');
    this.#storage = new PodStorage(this.sim, mode, this.updates, recorder);
  }

  /** One update of source `test`, and what it put on the channel. */
  async send(op: PodOperation, ...pods: Pod[]): Promise<string[]> {
    await this.#storage.merge('test', { op, pods, source: 'test' });
    const out: string[] = [];
    while (this.updates.canRecv()) {
      const update = this.updates.take()!;
      const names = update.pods.map(({ metadata }) => metadata.name);
      out.push(`${update.op} [${names.join(', ')}]`);
    }
    return out;
  }
}

test('cfg-02: a pod that is to be deleted is a DELETE', async () => {
  const { expect } = caseOf('cfg-02');
  const world = new World('incremental');
  const deleted = pod('foo', {
    metadata: {
      ...pod('foo').metadata,
      deletionTimestamp: '2019-04-05T00:00:00Z',
    },
  });
  const out = [
    ...(await world.send('ADD', pod('foo'))),
    ...(await world.send('DELETE', deleted)),
  ];
  assert.deepEqual(
    out,
    expect.out.map((text: string) => text.replace(/ (\S+)$/, ' [$1]')),
  );
});

test('cfg-03: a SET is taken apart into REMOVE, ADD and UPDATE', async () => {
  const { given, expect } = caseOf('cfg-03');
  const world = new World('incremental');
  await world.send('SET', ...given.known.map((name: string) => pod(name)));
  const changed = pod('foo2', {
    spec: { containers: [{ name: 'bar', image: 'another' }] },
  });
  const out = await world.send('SET', changed, pod('foo3'), pod('foo4'));
  assert.deepEqual(out, expect.out);
});

test('cfg-05: only the first empty SET says something', async () => {
  const { given, expect } = caseOf('cfg-05');
  for (const mode of given.modes) {
    const world = new World(mode);
    const out = [
      ...(await world.send('SET')),
      (await world.send('SET'))[0] ?? null,
      ...(await world.send('ADD', pod('foo'))),
    ];
    assert.deepEqual(out, expect.out[mode], mode);
  }
});

test('cfg-11: the annotations of the kubelet itself are no difference', async () => {
  const { expect } = caseOf('cfg-11');
  const world = new World('incremental');
  await world.send('SET', pod('foo'));
  assert.deepEqual(await world.send('SET', pod('foo')), expect.out);
});

test('api-02: an empty list is sent as an empty SET', async () => {
  const { expect } = caseOf('api-02');
  const sim = new Sim({ seed: 1 });
  const updates = new Channel<PodUpdate>(sim, 'source/api');
  const update = await sim.run(async () => {
    const store = new MemoryStore(sim).client(sim);
    newSourceApiserver(sim, store, 'node-1', updates);
    return updates.recv();
  });
  assert.deepEqual([update!.op, update!.pods.length], ['SET', 0]);
  assert.deepEqual(expect.updates, ['SET []']);
});
