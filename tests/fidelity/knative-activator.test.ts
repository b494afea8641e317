/**
 * The activator against what the original did.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { services } from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../runnable/apiserver/store.ts';
import { Lister } from '../../runnable/client-go/tools/cache/listers.ts';
import { Cache } from '../../runnable/client-go/tools/cache/store.ts';
import { DedupingActivator } from '../../runnable/knative/activator/dedupe.ts';
import { RevisionActivator } from '../../runnable/knative/activator/revision.ts';
import { Throttler } from '../../runnable/knative/activator/throttler.ts';
import type { Endpoints } from '../../runnable/knative/apis/core/v1/types.ts';
import { revisions } from '../../runnable/knative/apis/resources.ts';
import type { RevisionObject } from '../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import { SugaredLogger } from '../../runnable/knative/logging/logger.ts';
import { Channel } from '../../runnable/sim/channel.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { casesOf, titleOf } from './knative/cases.ts';

const logger = new SugaredLogger('test');
const rev = { namespace: 'default', name: 'rev' };
const active = (status: string, more: object[] = []): object => ({
  conditions: [{ type: 'Active', status }, ...more],
});

const revision = (
  containerConcurrency: number,
  status: object = {},
): RevisionObject => ({
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Revision',
  metadata: { ...rev, uid: 'uid-rev' },
  spec: { containerConcurrency },
  status,
});

const endpointsOf = (count: number): Endpoints => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { namespace: 'default', name: 'rev-service' },
  subsets: [
    {
      addresses: Array.from({ length: count }, (_, index) => ({
        ip: String(index),
      })),
    },
  ],
});

interface Limits {
  readonly containerConcurrency?: number;
  readonly maxConcurrency: number;
  readonly initialCapacity?: number;
  readonly queueDepth?: number;
}

function throttler(
  sim: Sim,
  given: Limits,
  known: readonly Endpoints[] = [],
): Throttler {
  const cached = new Cache<RevisionObject>();
  cached.add(revision(given.containerConcurrency ?? 10));
  const endpoints = new Cache<Endpoints>();
  for (const one of known) endpoints.add(one);
  return new Throttler(sim, {
    breakerParams: {
      queueDepth: given.queueDepth ?? 10,
      maxConcurrency: given.maxConcurrency,
      initialCapacity: given.initialCapacity ?? 0,
    },
    logger,
    listers: {
      revisions: new Lister(cached),
      endpoints: new Lister(endpoints),
    },
  });
}

type Given = Limits & {
  readonly endpoints?: number;
  readonly concurrentRequests?: number;
  readonly 'cases[initialCapacity,endpointsAfter]'?: [number, number][];
};

async function overload(given: Given): Promise<Record<string, unknown>> {
  const sim = new Sim({ seed: 1 });
  const made = throttler(sim, { ...given, containerConcurrency: 0 });
  const gate = new Channel<true>(sim, 'gate');
  const refused: string[] = [];
  let accepted = 0;
  await sim.run(async () => {
    for (let index = 0; index < (given.concurrentRequests ?? 0); index++) {
      sim.go(`request ${String(index)}`, async () => {
        try {
          await made.try(rev, async () => {
            await gate.recv();
            accepted += 1;
          });
        } catch (error) {
          refused.push((error as Error).message);
        }
      });
    }
    await sim.sleep(1);
    gate.close();
    await sim.sleep(1);
  });
  assert.equal(new Set(refused).size, 1);
  return { accepted, error: refused[0] };
}

/** Waits for a Revision while its status goes through these. */
async function activate(
  first: object | undefined,
  updates: readonly object[] = [],
): Promise<{ readonly status: number; readonly took: number }> {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  const client = store.client(sim);
  if (first !== undefined) store.load(revisions, [revision(0, first)]);
  store.load(services, [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'default', name: 'rev-service' },
      spec: { ports: [{ name: 'http', port: 80 }] },
    } as KObject,
  ]);
  const activator = new DedupingActivator(
    sim,
    new RevisionActivator(sim, client, logger),
  );
  return sim.run(async () => {
    const start = sim.now();
    sim.go('updates', async () => {
      for (const status of updates) {
        await sim.sleep(1000);
        const object = await client
          .resource<RevisionObject>(revisions)
          .get('default', 'rev');
        await client
          .resource<RevisionObject>(revisions)
          .updateStatus({ ...object, status });
      }
    });
    const results = await Promise.all([
      activator.activeEndpoint('default', 'rev'),
      activator.activeEndpoint('default', 'rev'),
    ]);
    assert.deepEqual(results[0], results[1]);
    return { status: results[0].status, took: sim.now() - start };
  });
}

describe('activator', () => {
  for (const one of casesOf('activator')) {
    const given = one.given as Given;
    const title = titleOf(one);
    if (given.endpoints !== undefined) {
      it(title, () => {
        const made = throttler(new Sim({ seed: 1 }), given);
        made.updateCapacity(rev, given.endpoints ?? 0);
        const capacity = made.capacities.get('default/rev');
        assert.deepEqual({ capacity, error: null }, one.expect);
      });
    } else if (given.concurrentRequests !== undefined) {
      it(title, async () => {
        assert.deepEqual(await overload(given), one.expect);
      });
    } else if (given['cases[initialCapacity,endpointsAfter]'] !== undefined) {
      it(title, () => {
        const rows = given['cases[initialCapacity,endpointsAfter]'] ?? [];
        const capacity = rows.map(([initialCapacity, count]) => {
          const sim = new Sim({ seed: 1 });
          const made = throttler(sim, { ...given, initialCapacity });
          made.updateEndpoints(endpointsOf(count));
          return made.capacities.get('default/rev');
        });
        assert.deepEqual({ capacity }, one.expect);
      });
    }
  }

  it('TestActiveEndpoint_Reserve_WaitsForReady2Step', async () => {
    const available = [{ type: 'ResourcesAvailable', status: 'True' }];
    const { status, took } = await activate(active('Unknown'), [
      active('Unknown', available),
      active('True', available),
    ]);
    assert.equal(status, 200);
    assert.ok(took > 2000);
  });

  it('TestActiveEndpoint_Reserve_AlreadyReady', async () => {
    const { status } = await activate(active('True'));
    assert.equal(status, 200);
  });

  it('TestActivateEndpoint_NotFound', async () => {
    const { status } = await activate(undefined);
    assert.equal(status, 500);
  });

  it('gives up after a minute without news, and each event starts it anew', async () => {
    const quiet = await activate(active('False'));
    assert.equal(quiet.status, 500);
    const spoken = await activate(active('False'), [active('Unknown')]);
    assert.equal(spoken.status, 500);
    assert.ok(spoken.took > quiet.took);
  });

  it('has full capacity without any pod where a pod takes any number', () => {
    const made = throttler(new Sim({ seed: 1 }), {
      containerConcurrency: 0,
      maxConcurrency: 1000,
    });
    made.updateCapacity(rev, 0);
    assert.equal(made.capacities.get('default/rev'), 1000);
  });

  it('looks Endpoints up by the name of the Revision, and finds none', async () => {
    const sim = new Sim({ seed: 1 });
    const made = throttler(sim, { maxConcurrency: 100 }, [endpointsOf(3)]);
    let ran = false;
    await sim.run(async () => {
      sim.go('request', () =>
        made.try(rev, async () => {
          ran = true;
        }),
      );
      await sim.sleep(1);
      assert.equal(ran, false);
      made.updateEndpoints(endpointsOf(1));
      await sim.sleep(1);
    });
    assert.equal(ran, true);
  });

  it('says why, when it has not heard of the Revision', async () => {
    const sim = new Sim({ seed: 1 });
    const made = throttler(sim, { maxConcurrency: 1 });
    const other = { namespace: 'default', name: 'other' };
    await sim.run(async () => {
      await assert.rejects(
        made.try(other, async () => undefined),
        /"other" not found/,
      );
    });
    made.deleteBreaker(endpointsOf(0));
    assert.equal(made.capacities.has('default/rev'), false);
  });
});
