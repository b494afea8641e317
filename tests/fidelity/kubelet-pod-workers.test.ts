/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventRecorder } from '../../runnable/client-go/tools/record/event.ts';
import { Cache } from '../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import { PodWorkers } from '../../runnable/kubelet/pod-workers.ts';
import type {
  SyncPodOptions,
  SyncPodType,
} from '../../runnable/kubelet/pod-worker-options.ts';
import { WorkQueue } from '../../runnable/kubelet/util/queue/work-queue.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf, pod } from './kubelet-cases.ts';

interface Sync {
  readonly name: string;
  readonly type: SyncPodType;
}

/** A cache that blocks nobody, as upstream's tests have it. */
class ReadyCache extends Cache {
  override async getNewerThan(id: string): ReturnType<Cache['getNewerThan']> {
    return {
      status: emptyPodStatus(id),
      err: undefined,
      modified: undefined,
    };
  }
}

function workers(
  sim: Sim,
  syncPodFn: (options: SyncPodOptions) => Promise<void>,
): { podWorkers: PodWorkers; workQueue: WorkQueue } {
  const workQueue = new WorkQueue(sim.clock);
  const podWorkers = new PodWorkers(sim, {
    syncPodFn,
    recorder: new EventRecorder('kubelet'),
    workQueue,
    resyncInterval: 60_000,
    backOffPeriod: 10_000,
    podCache: new ReadyCache(sim),
  });
  return { podWorkers, workQueue };
}

function recorded(sim: Sim): {
  podWorkers: PodWorkers;
  processed: Map<string, Sync[]>;
} {
  const processed = new Map<string, Sync[]>();
  const { podWorkers } = workers(sim, async ({ pod: synced, updateType }) => {
    const { uid, name } = synced.metadata;
    const list = processed.get(uid) ?? [];
    processed.set(uid, [...list, { name, type: updateType }]);
    await Promise.resolve();
  });
  return { podWorkers, processed };
}

const named = (uid: string, name: string) =>
  pod(uid, { metadata: { uid, name, namespace: 'new' } });

test('pw-01: every pod gets its first and its last update', async () => {
  const { expect } = caseOf('pw-01');
  const sim = new Sim({ seed: 1 });
  const { podWorkers, processed } = recorded(sim);
  await sim.run(async () => {
    for (let i = 0; i < 20; i += 1) {
      for (let j = i; j < 20; j += 1) {
        podWorkers.updatePod({
          pod: named(String(j), String(i)),
          updateType: 'create',
        });
      }
    }
    await sim.sleep(1);
  });
  assert.equal(processed.size, 20);
  for (const [uid, syncs] of processed) {
    assert.equal(syncs[0]?.name, expect.perUid.firstRecordName);
    assert.equal(syncs.at(-1)?.name, uid);
    assert.ok(syncs.length >= 1 && syncs.length <= Number(uid) + 1);
    assert.equal(podWorkers.isWorking.get(uid), false);
  }
});

test('pw-02: a kill is carried out though an update comes after it', async () => {
  const { expect } = caseOf('pw-02');
  const sim = new Sim({ seed: 1 });
  const { podWorkers, processed } = recorded(sim);
  await sim.run(async () => {
    for (let i = 0; i < 20; i += 1) {
      const one = named(String(i), String(i));
      podWorkers.updatePod({ pod: one, updateType: 'create' });
      podWorkers.updatePod({ pod: one, updateType: 'kill' });
      podWorkers.updatePod({ pod: one, updateType: 'update' });
    }
    await sim.sleep(1);
  });
  assert.equal(processed.size, 20);
  for (const syncs of processed.values()) {
    assert.ok(syncs.length >= expect.recordsAtLeast);
    assert.equal(syncs[0]?.type, expect.record0);
    assert.equal(syncs[1]?.type, expect.record1);
  }
});

test('pw-04: of several parked requests the newest is carried out', async () => {
  const { expect } = caseOf('pw-04');
  const sim = new Sim({ seed: 1 });
  const processed: string[] = [];
  const callbacks: string[] = [];
  let running = 0;
  let most = 0;
  const { podWorkers } = workers(sim, async ({ pod: synced }) => {
    running += 1;
    most = Math.max(most, running);
    processed.push(synced.metadata.name);
    await sim.sleep(100);
    running -= 1;
  });
  await sim.run(async () => {
    podWorkers.updatePod({ pod: named('A', 'busy'), updateType: 'create' });
    await sim.sleep(1);
    for (const [name, updateType] of [
      ['s1', 'sync'],
      ['u1', 'update'],
      ['u2', 'update'],
    ] as const) {
      podWorkers.updatePod({
        pod: named('A', name),
        updateType,
        onCompleteFunc: () => {
          callbacks.push(name);
        },
      });
    }
    await sim.sleep(1000);
  });
  assert.deepEqual(processed.slice(1), expect.processedAfterUnblock);
  assert.deepEqual(callbacks, expect.callbacksInvoked);
  assert.equal(most, expect.maxConcurrentSyncsOfA);
});

test('pw-09: the next look is booked by how the sync ended', async () => {
  const { when, expect } = caseOf('pw-09');
  for (const [index, outcome] of when.syncOutcomes.entries()) {
    const sim = new Sim({ seed: index + 1 });
    const { podWorkers, workQueue } = workers(sim, async () => {
      if (outcome !== null) throw new Error(outcome);
      await Promise.resolve();
    });
    const start = sim.now();
    await sim.run(async () => {
      podWorkers.updatePod({ pod: pod('A'), updateType: 'sync' });
      await sim.sleep(1);
    });
    const delay = (workQueue.queue.get('A')! - start) / 1000;
    const [least, most] = expect.enqueueDelayRanges[index];
    assert.ok(delay >= least && delay < most, `${String(delay)} s`);
  }
});

test('wq-01: getWork() takes out what is due, once', () => {
  const { given, when, expect } = caseOf('wq-01');
  const minute = 60_000;
  let now = 0;
  const queue = new WorkQueue({
    now: () => now,
    after: () => ({ stop: () => false }),
  });
  for (const [uid, due] of given.enqueue) {
    queue.enqueue(uid, due.startsWith('-') ? -minute : minute);
  }
  for (const [index, step] of when.steps.entries()) {
    if (step !== 'GetWork') {
      now += 60 * minute;
      continue;
    }
    assert.deepEqual(queue.getWork().toSorted(), expect.results[index]);
  }
});
