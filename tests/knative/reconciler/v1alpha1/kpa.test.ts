/**
 * What the KPA controller does with its metrics.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryStore } from '../../../../runnable/apiserver/memory-store.ts';
import { Lister } from '../../../../runnable/client-go/tools/cache/listers.ts';
import { Cache } from '../../../../runnable/client-go/tools/cache/store.ts';
import type { PodAutoscalerObject } from '../../../../runnable/knative/apis/autoscaling/v1alpha1/pa-types.ts';
import { podAutoscalers } from '../../../../runnable/knative/apis/resources.ts';
import { Config } from '../../../../runnable/knative/autoscaler/config.ts';
import { DynamicConfig } from '../../../../runnable/knative/autoscaler/dynamic-config.ts';
import { ManualWatcher } from '../../../../runnable/knative/configmap/watcher.ts';
import { SugaredLogger } from '../../../../runnable/knative/logging/logger.ts';
import { GivenMetrics } from '../../../../runnable/knative/reconciler/testing/build-kpa.ts';
import { Reconciler } from '../../../../runnable/knative/reconciler/v1alpha1/autoscaling/kpa/kpa.ts';
import { Sim } from '../../../../runnable/sim/sim.ts';

const pa = (containerConcurrency: number): PodAutoscalerObject => ({
  apiVersion: 'autoscaling.internal.knative.dev/v1alpha1',
  kind: 'PodAutoscaler',
  metadata: { namespace: 'default', name: 'rev' },
  spec: { containerConcurrency },
});

interface World {
  readonly sim: Sim;
  readonly cache: Cache<PodAutoscalerObject>;
  readonly metrics: GivenMetrics;
  /** Reconciles the key, and lets the cache hear of it. */
  readonly reconcile: () => Promise<void>;
}

function world(): World {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  store.load(podAutoscalers, [pa(0)]);
  const logger = new SugaredLogger('test');
  const cache = new Cache<PodAutoscalerObject>();
  const metrics = new GivenMetrics([]);
  const reconciler = new Reconciler(
    {
      sim,
      store: store.client(sim),
      logger,
      configMapWatcher: new ManualWatcher(),
      resyncPeriod: 0,
    },
    {
      listers: {
        podAutoscalers: new Lister(cache),
        endpoints: new Lister(new Cache()),
      },
      kpaMetrics: metrics,
      kpaScaler: { scale: (_pa, desired) => Promise.resolve(desired) },
      dynConfig: new DynamicConfig(new Config(), logger),
    },
  );
  const refresh = (): void => {
    for (const one of store.peekAll<PodAutoscalerObject>(podAutoscalers)) {
      cache.add(one);
    }
  };
  refresh();
  const reconcile = async (): Promise<void> => {
    await reconciler.reconcile('default/rev');
    refresh();
  };
  return { sim, cache, metrics, reconcile };
}

describe('Reconciler of the KPA', () => {
  it('makes a metric, changes it with the PodAutoscaler, and deletes it', async () => {
    const { sim, cache, metrics, reconcile } = world();
    await sim.run(async () => {
      await reconcile();
      assert.deepEqual(metrics.calls.splice(0), ['create']);
      // The status it wrote is a new version, and the version is part of it.
      await reconcile();
      assert.deepEqual(metrics.calls.splice(0), ['update']);
      await reconcile();
      assert.deepEqual(metrics.calls.splice(0), []);

      const [first] = cache.list();
      assert.ok(first !== undefined);
      cache.add({ ...first, spec: { containerConcurrency: 2 } });
      await reconcile();
      assert.deepEqual(metrics.calls.splice(0), ['update']);
      const { spec } = metrics.get('default', 'rev') ?? {};
      assert.deepEqual(spec, { targetConcurrency: 2 });

      cache.delete(first);
      await reconcile();
      assert.deepEqual(metrics.calls.splice(0), ['delete']);
    });
  });
});
