/**
 * What leads the route controller to look again.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { services } from '../../../../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../../../../runnable/apiserver/memory-store.ts';
import type { Gvr, KObject } from '../../../../../runnable/apiserver/store.ts';
import { SharedInformerFactory } from '../../../../../runnable/client-go/informers/factory.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
} from '../../../../../runnable/knative/apis/resources.ts';
import { ManualWatcher } from '../../../../../runnable/knative/configmap/watcher.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import { newController } from '../../../../../runnable/knative/reconciler/v1alpha1/route/controller.ts';
import type { ClusterIngressObject } from '../../../../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import type { RouteObject } from '../../../../../runnable/knative/apis/serving/v1alpha1/route-types.ts';
import { Sim } from '../../../../../runnable/sim/sim.ts';
import { ports } from '../../../../../src/ports/ports.ts';
import { serving } from '../objects.ts';

const conditions = [{ type: 'Ready', status: 'True' }];
const loadBalancer = { ingress: [{ domainInternal: 'gateway' }] };

/** A Route that serves, under a controller that runs. */
class World {
  readonly sim = new Sim({ seed: 1 });
  readonly configMapWatcher = new ManualWatcher();
  readonly #store = new MemoryStore(this.sim);
  readonly #api = this.#store.client(this.sim);

  async start(): Promise<void> {
    const { sim, configMapWatcher } = this;
    const latest = { conditions, latestReadyRevisionName: 'r' };
    const traffic = [{ configurationName: 'c', percent: 100 }];
    for (const [gvr, object] of [
      [routes, serving('Route', { uid: 'uid-a' }, { spec: { traffic } })],
      [
        configurations,
        serving('Configuration', { name: 'c' }, { status: latest }),
      ],
      [
        revisions,
        serving('Revision', { name: 'r' }, { status: { conditions } }),
      ],
    ] as const) {
      this.#store.load(gvr, [object]);
    }
    const resyncPeriod = 36_000_000;
    const caches = new SharedInformerFactory(sim, this.#api, resyncPeriod);
    const logger = new SugaredLogger('controller');
    const impl = newController(
      { sim, store: this.#api, logger, configMapWatcher, resyncPeriod },
      {
        routes: caches.forResource(routes),
        configurations: caches.forResource(configurations),
        revisions: caches.forResource(revisions),
        services: caches.forResource(services),
        clusterIngresses: caches.forResource(clusterIngresses),
      },
      (text) => ports.parseYaml(text),
    );
    const { signal } = new AbortController();
    caches.start(signal);
    await caches.waitForCacheSync();
    sim.go('route-controller', () => impl.run(2, signal));
    await sim.sleep(100);
    await this.reportIngress();
  }

  /** Plays the clusteringress controller. */
  async reportIngress(): Promise<void> {
    const { ingress } = this;
    assert.ok(ingress);
    const status = { conditions, loadBalancer };
    const client = this.#api.resource<ClusterIngressObject>(clusterIngresses);
    await client.updateStatus({ ...ingress, status });
    await this.sim.sleep(100);
  }

  async remove(gvr: Gvr, namespace: string, name: string): Promise<void> {
    await this.#api.resource(gvr).delete(namespace, name);
    await this.sim.sleep(100);
  }

  get route(): RouteObject | undefined {
    return this.#store.peek(routes, 'foo', 'a');
  }

  get ingress(): ClusterIngressObject | undefined {
    return this.#store.peek(clusterIngresses, '', 'route-uid-a');
  }

  get placeholder(): KObject | undefined {
    return this.#store.peek(services, 'foo', 'a');
  }
}

const inWorld = (check: (world: World) => Promise<void>) => async () => {
  const world = new World();
  await world.sim.run(async () => {
    await world.start();
    await check(world);
  });
};

test(
  'a new domain moves every Route',
  inWorld(async (world) => {
    assert.equal(world.route?.status?.domain, 'a.foo.example.com');
    const metadata = { name: 'config-domain', namespace: 'knative-serving' };
    const data = { 'mine.org': '' };
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
    world.configMapWatcher.onChange(configMap);
    await world.sim.sleep(100);
    assert.equal(world.route.status.domain, 'a.foo.mine.org');
    const [rule] = world.ingress?.spec?.rules ?? [];
    assert.deepEqual(rule?.hosts, [
      'a.foo.mine.org',
      'a.foo.svc.cluster.local',
    ]);
  }),
);

test(
  'a ClusterIngress that somebody deletes is made again',
  inWorld(async (world) => {
    const before = world.ingress?.metadata.uid;
    await world.remove(clusterIngresses, '', 'route-uid-a');
    assert.ok(world.ingress);
    assert.notEqual(world.ingress.metadata.uid, before);
  }),
);

test(
  'a placeholder that somebody deletes is made again',
  inWorld(async (world) => {
    const before = world.placeholder?.metadata.uid;
    assert.ok(before);
    await world.remove(services, 'foo', 'a');
    assert.ok(world.placeholder);
    assert.notEqual(world.placeholder.metadata.uid, before);
  }),
);
