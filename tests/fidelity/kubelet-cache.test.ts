/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import type { PodStatus } from '../../runnable/kubelet/container/runtime.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf } from './kubelet-cases.ts';

test('cache-03: a missing pod is an answer once the stamp is newer', () => {
  const { expect } = caseOf('cache-03');
  const cache = new Cache(new Sim({ seed: 1 }));
  const T = 1_000_000;
  cache.updateTime(T);
  const answers = [T - 1000, T + 1000].map((min) =>
    cache.getIfNewerThan('p', min),
  );
  assert.deepEqual(
    answers.map((data) => data !== undefined),
    expect.ready,
  );
  assert.deepEqual(answers[0]?.status, emptyPodStatus('p'));
});

test('cache-04: what was set is what is got, error included', () => {
  const { given } = caseOf('cache-04');
  const cache = new Cache(new Sim({ seed: 1 }));
  for (const [index, { containers, err }] of given.sets.entries()) {
    const status: PodStatus = {
      ...emptyPodStatus('p'),
      containerStatuses: Array.from({ length: containers }, (_, i) => ({
        ...containerStatus,
        id: `c${i}`,
      })),
    };
    const error = err === null ? undefined : new Error(err);
    cache.set(`p${String(index)}`, status, error, 1);
    const got = cache.get(`p${String(index)}`);
    assert.deepEqual([got.status, got.err], [status, error]);
  }
});

const containerStatus = {
  id: 'c',
  name: 'app',
  state: 'running',
  createdAt: 0,
  startedAt: 0,
  finishedAt: 0,
  exitCode: 0,
  image: '',
  imageID: '',
  hash: 0,
  restartCount: 0,
  reason: '',
  message: '',
} as const;

test('cache-06: a waiter is told from its own time on', async () => {
  const { expect } = caseOf('cache-06');
  const sim = new Sim({ seed: 1 });
  const notified: boolean[] = [];
  await sim.run(async () => {
    const T = sim.now();
    const cache = new Cache(sim);
    cache.updateTime(T);
    const told = new Set<string>();
    const subscribe = (id: string): void => {
      sim.go(id, async () => {
        await cache.getNewerThan(id, T + 1000);
        told.add(id);
      });
    };
    subscribe('p1');
    await sim.sleep(1);
    notified.push(told.has('p1'));
    cache.set('p1', emptyPodStatus('p1'), undefined, T + 1000);
    await sim.sleep(1);
    notified.push(told.has('p1'));
    subscribe('p2');
    await sim.sleep(1);
    notified.push(told.has('p2'));
    cache.updateTime(T + 2000);
    await sim.sleep(1);
    notified.push(told.has('p2'));
  });
  assert.deepEqual(notified, expect.notified);
});
