/**
 * Which events queue a Revision's key.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  configMaps,
  deployments,
  endpoints,
  services,
} from '../../../../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../../../../runnable/apiserver/memory-store.ts';
import type { Gvr, KObject } from '../../../../../runnable/apiserver/store.ts';
import { SharedInformerFactory } from '../../../../../runnable/client-go/informers/factory.ts';
import { kindToResource } from '../../../../../runnable/knative/apis/kind2resource.ts';
import {
  images,
  podAutoscalers,
  revisions,
} from '../../../../../runnable/knative/apis/resources.ts';
import { ManualWatcher } from '../../../../../runnable/knative/configmap/watcher.ts';
import type { Impl } from '../../../../../runnable/knative/controller/controller.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import {
  kResourceTypedInformerFactory,
  newController,
} from '../../../../../runnable/knative/reconciler/v1alpha1/revision/controller.ts';
import { Sim } from '../../../../../runnable/sim/sim.ts';
import { ownedBy, serving } from '../objects.ts';

interface World {
  readonly sim: Sim;
  readonly impl: Impl;
  readonly watcher: ManualWatcher;
  /** Creates an object and says how many keys wait afterwards. */
  readonly queuedBy: (gvr: Gvr, object: KObject) => Promise<number>;
  /** The same for a change of one. */
  readonly changedBy: (gvr: Gvr, object: KObject) => Promise<number>;
  readonly settle: () => Promise<number>;
}

/** Runs `body` in a world whose controller has no workers. */
async function world(body: (world: World) => Promise<void>): Promise<void> {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim, { namespaces: ['foo'] });
  const client = store.client(sim);
  const factory = new SharedInformerFactory(sim, client, 0);
  const watcher = new ManualWatcher();
  const options = {
    sim,
    store: client,
    logger: new SugaredLogger('test'),
    configMapWatcher: watcher,
    resyncPeriod: 36_000_000,
  };
  const { signal } = new AbortController();
  const impl = newController(
    options,
    {
      revisions: factory.forResource(revisions),
      podAutoscalers: factory.forResource(podAutoscalers),
      images: factory.forResource(images),
      deployments: factory.forResource(deployments),
      services: factory.forResource(services),
      endpoints: factory.forResource(endpoints),
      configMaps: factory.forResource(configMaps),
    },
    {
      registry: { digest: async () => 'sha256:0' },
      builds: kResourceTypedInformerFactory(options, signal),
    },
  );
  /** Lets events arrive, and empties the queue. */
  const settle = async (): Promise<number> => {
    await sim.sleep(10);
    const count = impl.workQueue.len();
    for (let i = 0; i < count; i++) {
      const { item } = await impl.workQueue.get();
      if (item !== undefined) impl.workQueue.done(item);
    }
    return count;
  };
  await sim.run(async () => {
    factory.start(signal);
    await factory.waitForCacheSync();
    await body({
      ...{ sim, impl, watcher, settle },
      queuedBy: async (gvr, object) => {
        await client.resource(gvr).create(object);
        return settle();
      },
      changedBy: async (gvr, object) => {
        await client.resource(gvr).update(object);
        return settle();
      },
    });
  });
}

const child = (kind: string, apiVersion: string, labels = {}): KObject => ({
  apiVersion,
  kind,
  metadata: {
    name: `a-${kind.toLowerCase()}`,
    namespace: 'foo',
    ownerReferences: ownedBy('Revision'),
    labels,
  },
});

const pa = 'autoscaling.internal.knative.dev/v1alpha1';
const caching = 'caching.internal.knative.dev/v1alpha1';

test('children queue their Revision, but Images and Services do not', async () => {
  await world(async ({ queuedBy }) => {
    const revision = serving('Revision', {}, {});
    assert.equal(await queuedBy(revisions, revision), 1);
    const deployment = child('Deployment', 'apps/v1');
    assert.equal(await queuedBy(deployments, deployment), 1);
    assert.equal(await queuedBy(podAutoscalers, child('PodAutoscaler', pa)), 1);
    assert.equal(await queuedBy(configMaps, child('ConfigMap', 'v1')), 1);
    assert.equal(await queuedBy(images, child('Image', caching)), 0);
    assert.equal(await queuedBy(services, child('Service', 'v1')), 0);
  });
});

test('Endpoints queue the Revision that their label names', async () => {
  await world(async ({ changedBy, queuedBy }) => {
    const labels = { 'serving.knative.dev/revision': 'a' };
    const labelled = child('Endpoints', 'v1', labels);
    assert.equal(await queuedBy(endpoints, labelled), 1);
    const { metadata } = labelled;
    // Without the label it is as good as deleted, and that is news.
    const bare = { ...labelled, metadata: { ...metadata, labels: {} } };
    assert.equal(await changedBy(endpoints, bare), 1);
    assert.equal(await changedBy(endpoints, bare), 0);
    const other = { ...metadata, name: 'b', labels: {} };
    assert.equal(
      await queuedBy(endpoints, { ...labelled, metadata: other }),
      0,
    );
  });
});

test('three ConfigMaps queue all Revisions, and that of logs does not', async () => {
  await world(async ({ queuedBy, settle, watcher }) => {
    await queuedBy(revisions, serving('Revision', {}, {}));
    for (const [name, data, count] of [
      ['config-network', {}, 1],
      ['config-observability', {}, 1],
      ['config-controller', { queueSidecarImage: 'q' }, 1],
      ['config-logging', {}, 0],
    ] as const) {
      const metadata = { name, namespace: 'knative-serving' };
      watcher.onChange({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
      assert.equal(await settle(), count, name);
    }
  });
});

test('a build queues the Revisions that wait for it', async () => {
  await world(async ({ impl, queuedBy, settle }) => {
    const apiVersion = 'testing.build.knative.dev/v1alpha1';
    const build = { ...child('Build', apiVersion), ...{ spec: {} } };
    const { name } = build.metadata;
    const gvr = kindToResource(build);
    const buildRef = { apiVersion, kind: 'Build', name };
    const spec = { container: { image: 'busybox' }, buildRef };
    await queuedBy(revisions, serving('Revision', {}, { spec }));
    await assert.rejects(impl.reconciler.reconcile('foo/a'), {
      message: `builds.testing.build.knative.dev "${name}" not found`,
    });
    await settle();
    assert.equal(await queuedBy(gvr, build), 1);
  });
});
