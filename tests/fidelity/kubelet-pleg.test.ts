/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import type {
  Container,
  ContainerStatus,
  Pod,
} from '../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../runnable/kubelet/pleg/generic.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf } from './kubelet-cases.ts';

type List = Record<string, Record<string, Container['state']>>;
type Triple = [string, string, string];

/** A runtime whose list is handed in, and a PLEG that looks at it. */
class World {
  readonly sim = new Sim({ seed: 1 });
  readonly cache = new Cache(this.sim);
  list: List = {};
  listError: string | undefined;
  statusErrors = new Map<string, string>();
  ip = '';
  inspections = 0;
  readonly pleg = new GenericPLEG(this.sim, {
    runtime: {
      getPods: async () => this.#pods(),
      getPodStatus: async (id) => this.#status(id),
    },
    channelCapacity: 1000,
    relistPeriod: 1000,
    cache: this.cache,
  });

  #pods(): Pod[] {
    if (this.listError !== undefined) throw new Error(this.listError);
    return Object.entries(this.list).map(([id, containers]) => ({
      id,
      name: id,
      namespace: 'new',
      sandboxes: [],
      containers: Object.entries(containers).map(([containerID, state]) => ({
        id: containerID,
        name: containerID,
        image: '',
        imageID: '',
        hash: 0,
        state,
      })),
    }));
  }

  #status(id: string): ReturnType<typeof emptyPodStatus> {
    this.inspections += 1;
    const error = this.statusErrors.get(id);
    if (error !== undefined) throw new Error(error);
    const containerStatuses = Object.entries(this.list[id] ?? {}).map(
      ([containerID, state]) => ({ id: containerID, state }) as ContainerStatus,
    );
    return { ...emptyPodStatus(id), name: id, ip: this.ip, containerStatuses };
  }

  /** One relist, and what it sent. */
  async relist(): Promise<Triple[]> {
    await this.pleg.relist();
    const sent: Triple[] = [];
    while (this.pleg.watch().canRecv()) {
      const event = this.pleg.watch().take();
      if (event !== undefined) sent.push([event.id, event.type, event.data]);
    }
    return sent;
  }
}

const sorted = (events: Triple[]): Triple[] =>
  events.toSorted((a, b) => a.join().localeCompare(b.join()));

test('pleg-01, pleg-02: each difference is one event', async () => {
  const first = caseOf('pleg-01');
  const next = caseOf('pleg-02');
  const world = new World();
  world.list = first.given.list;
  assert.deepEqual(sorted(await world.relist()), sorted(first.expect.events));
  assert.deepEqual(await world.relist(), next.expect.eventsSecond);
  world.list = next.given.thirdList;
  assert.deepEqual(
    sorted(await world.relist()),
    sorted(next.expect.eventsThird),
  );
});

test('pleg-04: a running container that is gone died and was removed', async () => {
  const { given, when, expect } = caseOf('pleg-04');
  for (const relistsBefore of given.relistsBefore) {
    const world = new World();
    world.list = given.list;
    for (let i = 0; i < relistsBefore; i += 1) await world.relist();
    world.list = when.nextList;
    assert.deepEqual(await world.relist(), expect.events);
  }
});

test('pleg-05: a failed inspection holds the events of its pod back', async () => {
  const { given, expect } = caseOf('pleg-05');
  const world = new World();
  world.list = given.list;
  world.statusErrors.set('p1', 'E');
  assert.deepEqual(await world.relist(), expect.afterFirst.events);
  assert.equal(world.cache.get('p0').err, undefined);
  assert.equal(world.cache.get('p0').status.name, 'p0');
  assert.equal(world.cache.get('p1').err?.message, 'E');
  assert.deepEqual(world.cache.get('p1').status, emptyPodStatus('p1'));
  world.statusErrors.clear();
  assert.deepEqual(await world.relist(), expect.afterSecond.events);
  assert.equal(world.cache.get('p1').err, undefined);
  assert.equal(world.cache.get('p1').status.name, 'p1');
});

test('pleg-06: the entry of a pod that is gone goes too', async () => {
  const { given } = caseOf('pleg-06');
  const world = new World();
  world.list = given.list;
  await world.relist();
  world.list = {};
  await world.relist();
  const { status, err } = world.cache.get('p0');
  assert.deepEqual([status, err], [emptyPodStatus('p0'), undefined]);
});

test('pleg-07: healthy() allows three minutes since the last relist', async () => {
  const { expect } = caseOf('pleg-07');
  const world = new World();
  const { sim, pleg } = world;
  const results = await sim.run(async () => {
    const seen: boolean[] = [];
    const look = (): void => {
      seen.push(pleg.healthy() === undefined);
    };
    look();
    await sim.sleep(600_000);
    look();
    await pleg.relist();
    await sim.sleep(60_000);
    look();
    await sim.sleep(180_000);
    look();
    return seen;
  });
  assert.deepEqual(results, expect.results);
});

test('pleg-08: a failed inspection is repeated without new events', async () => {
  const { given, expect } = caseOf('pleg-08');
  const world = new World();
  const events: Triple[][] = [];
  const errors: (string | null)[] = [];
  for (const n of [1, 2, 3]) {
    const outcome: string = given[`inspect${String(n)}`];
    world.list = given[`list${String(n)}`];
    world.statusErrors.clear();
    if (outcome !== 'ok') {
      world.statusErrors.set('p', outcome.replace('error ', ''));
    }
    events.push(await world.relist());
    errors.push(world.cache.get('p').err?.message ?? null);
  }
  assert.deepEqual(events, expect.events);
  assert.deepEqual(errors, expect.cacheErr);
  assert.equal(world.inspections, expect.inspectionCalls);
});

test('pleg-10: a dead pod keeps the address it had', async () => {
  const { given, expect } = caseOf('pleg-10');
  const world = new World();
  const events: Triple[][] = [];
  const ips: string[] = [];
  for (const n of [1, 2]) {
    world.list = given[`list${String(n)}`];
    world.ip = given[`ip${String(n)}`];
    events.push(await world.relist());
    ips.push(world.cache.get('p').status.ip);
  }
  assert.deepEqual(events, expect.events);
  assert.deepEqual(ips, expect.cachedIp);
});

test('pleg-13: every transition, and the cache is refreshed by each', async () => {
  const { given, expect } = caseOf('pleg-13');
  for (const [index, transition] of given.transitions.entries()) {
    const world = new World();
    const [from, to] =
      transition === 'created seen first'
        ? ['non-existent', 'created']
        : transition.split('>');
    const listed = (state: string): List =>
      state === 'non-existent' ? {} : { p: { c: state as Container['state'] } };
    world.list = listed(from);
    await world.relist();
    const before = world.inspections;
    world.list = listed(to);
    const sent = (await world.relist()).map(([, type]) => type);
    assert.deepEqual(sent, expect.sent[index], transition);
    const refreshed = world.inspections > before || !world.cache.pods.has('p');
    assert.equal(refreshed, expect.cacheRefreshed[index], transition);
  }
});

test('pleg-14: a list that fails changes nothing', async () => {
  const { expect } = caseOf('pleg-14');
  const world = new World();
  world.list = { p: { c: 'running' } };
  await world.sim.run(async () => {
    await world.relist();
    const stamp = world.cache.timestamp;
    await world.sim.sleep(200_000);
    world.listError = 'no answer';
    world.list = {};
    assert.deepEqual(await world.relist(), expect.events);
    assert.equal(world.cache.timestamp, stamp);
    assert.notEqual(world.pleg.healthy(), undefined);
    world.listError = undefined;
    assert.equal((await world.relist()).length, 2);
  });
});
