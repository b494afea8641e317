/**
 * The scaffolding: pods of a Deployment, addresses of a Service, and requests
 * that a gateway sends there.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deployments,
  endpoints,
  pods,
  services,
} from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../runnable/apiserver/store.ts';
import { Cluster } from '../../runnable/cluster/cluster.ts';
import type { ClusterOptions } from '../../runnable/cluster/cluster.ts';
import { answer } from '../../runnable/cluster/http.ts';
import type { HttpResponse } from '../../runnable/cluster/http.ts';
import type {
  Deployment,
  Endpoints,
  Pod,
} from '../../runnable/cluster/types.ts';
import { virtualServices } from '../../runnable/knative/apis/resources.ts';
import { Sim } from '../../runnable/sim/sim.ts';

const labels = { app: 'a' };

const deployment = (spec: object = {}): KObject & { spec: object } => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a', namespace: 'default' },
  spec: {
    replicas: 1,
    progressDeadlineSeconds: 120,
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'b',
            ports: [{ name: 'web', containerPort: 8 }],
          },
        ],
      },
    },
    ...spec,
  },
});

const service: KObject & { spec: object } = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a', namespace: 'default', labels },
  spec: {
    selector: labels,
    ports: [{ name: 'http', port: 80, targetPort: 'web' }],
  },
};

const virtualService = (fields: object = {}, name = 'v'): KObject => ({
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'VirtualService',
  metadata: { name, namespace: 'knative-serving' },
  ...{
    spec: {
      gateways: ['knative-ingress-gateway', 'mesh'],
      hosts: ['a.example.com'],
      http: [
        {
          match: [
            { authority: { regex: '^a\\.example\\.com(?::\\d{1,5})?$' } },
          ],
          route: [to('a', 100)],
          retries: { attempts: 3, perTryTimeout: '10m0s' },
          timeout: '10m0s',
          ...fields,
        },
      ],
    },
  },
});

const to = (name: string, weight: number): object => ({
  destination: {
    host: `${name}.default.svc.cluster.local`,
    port: { number: 80 },
  },
  weight,
});

interface World {
  readonly sim: Sim;
  readonly store: MemoryStore;
  readonly cluster: Cluster;
  get(): Promise<HttpResponse>;
  deployment(): Deployment;
  pods(): Pod[];
  ready(): string[];
}

async function inWorld(
  options: ClusterOptions,
  body: (world: World) => Promise<void>,
): Promise<void> {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  const cluster = new Cluster(sim, store, {
    programs: (pod) => ({
      8: ({ path, headers }) =>
        Promise.resolve({
          ...answer(200, `${pod.metadata.name} ${path}`),
          headers,
        }),
    }),
    ...options,
  });
  await sim.run(async () => {
    await cluster.start(new AbortController().signal);
    await body({
      sim,
      store,
      cluster,
      get: () =>
        cluster.request({
          method: 'GET',
          path: '/x',
          host: 'a.example.com',
          headers: [],
          body: '',
        }),
      deployment: () => {
        const found = store.peek<Deployment>(deployments, 'default', 'a');
        assert.ok(found);
        return found;
      },
      pods: () => store.peekAll<Pod>(pods),
      ready: () =>
        (
          store.peek<Endpoints>(endpoints, 'default', 'a')?.subsets ?? []
        ).flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)),
    });
  });
}

async function create(
  { store, sim }: World,
  ...objects: object[]
): Promise<void> {
  const client = store.client(sim);
  for (const object of objects as KObject[]) {
    const gvr = [deployments, services, virtualServices].find(
      ({ kind }) => kind === object.kind,
    );
    assert.ok(gvr);
    await client.resource(gvr).create(object);
  }
}

test('a pod may be deleted while its images are pulled', async () => {
  await inWorld({}, async (world) => {
    const client = world.store.client(world.sim).resource(deployments);
    await create(world, deployment(), service);
    await world.sim.sleep(500);
    await client.patch('default', 'a', {
      type: 'merge',
      body: { spec: { replicas: 0 } },
    });
    await world.sim.sleep(3000);
    assert.deepEqual(world.pods(), []);
  });
});

test('a Deployment becomes available when its pods are ready', async () => {
  await inWorld({}, async (world) => {
    await create(world, deployment({ replicas: 2 }), service);
    await world.sim.sleep(1000);
    assert.equal(world.deployment().status?.availableReplicas, 0);
    assert.deepEqual(world.ready(), []);
    await world.sim.sleep(2000);
    const { status } = world.deployment();
    assert.equal(status?.availableReplicas, 2);
    assert.deepEqual(
      status.conditions?.map(({ type, reason }) => `${type} ${reason}`),
      [
        'Available MinimumReplicasAvailable',
        'Progressing NewReplicaSetAvailable',
      ],
    );
    assert.deepEqual(world.ready(), ['10.0.0.5', '10.0.0.6']);
  });
});

test('a Deployment whose pod is never ready misses its deadline', async () => {
  await inWorld({ plan: () => ({ readyAfter: Infinity }) }, async (world) => {
    await create(world, deployment());
    await world.sim.sleep(119_000);
    const reason = (): string | undefined =>
      world.deployment().status?.conditions?.[1]?.reason;
    assert.equal(reason(), 'ReplicaSetUpdated');
    await world.sim.sleep(3000);
    assert.equal(reason(), 'ProgressDeadlineExceeded');
    assert.equal(world.deployment().status?.conditions?.[1]?.status, 'False');
  });
});

test('a container that ends tells its code', async () => {
  const exits = { code: 7, message: 'no' };
  await inWorld({ plan: () => ({ exits }) }, async (world) => {
    await create(world, deployment());
    await world.sim.sleep(3000);
    const [pod] = world.pods();
    assert.deepEqual(pod?.status?.containerStatuses?.[0]?.lastState, {
      terminated: { exitCode: 7, reason: 'Error', message: 'no' },
    });
  });
});

test('pods follow the number of replicas up and down', async () => {
  await inWorld({}, async (world) => {
    await create(world, deployment({ replicas: 1 }), service);
    await world.sim.sleep(3000);
    const scale = async (replicas: number): Promise<void> => {
      const now = world.deployment();
      const api = world.store.client(world.sim).resource(deployments);
      await api.update({ ...now, ...{ spec: { ...now.spec, replicas } } });
      await world.sim.sleep(3000);
    };
    await scale(3);
    assert.equal(world.ready().length, 3);
    await scale(0);
    assert.equal(world.pods().length, 0);
    assert.deepEqual(world.ready(), []);
    assert.equal(world.deployment().status?.availableReplicas, 0);
    await scale(1);
    assert.equal(world.ready().length, 1);
  });
});

test('another template replaces pods only once the new ones are ready', async () => {
  await inWorld({}, async (world) => {
    await create(world, deployment(), service);
    await world.sim.sleep(3000);
    const now = world.deployment();
    const template = {
      ...now.spec?.template,
      metadata: { labels: { ...labels, v: '2' } },
    };
    await world.store
      .client(world.sim)
      .resource(deployments)
      .update({ ...now, ...{ spec: { ...now.spec, template } } });
    await world.sim.sleep(1000);
    assert.equal(world.pods().length, 2);
    assert.equal(world.ready().length, 1);
    await world.sim.sleep(2000);
    assert.deepEqual(
      world.pods().map(({ metadata }) => metadata.labels?.['v']),
      ['2'],
    );
  });
});

test('the gateway sends a request to a ready pod', async () => {
  await inWorld({}, async (world) => {
    const appendHeaders = { 'knative-serving-revision': 'r' };
    await create(
      world,
      deployment(),
      service,
      virtualService({ appendHeaders }),
    );
    await world.sim.sleep(3000);
    const { status, body, headers } = await world.get();
    assert.equal(status, 200);
    assert.equal(body, 'a-00001 /x');
    assert.deepEqual(
      headers.find(([name]) => name === 'knative-serving-revision'),
      ['knative-serving-revision', 'r'],
    );
  });
});

test('the gateway answers 404 where no VirtualService speaks', async () => {
  await inWorld({ istio: { deliverAfter: 500 } }, async (world) => {
    assert.equal((await world.get()).status, 404);
    await create(world, deployment(), service, virtualService());
    assert.equal((await world.get()).status, 404);
    await world.sim.sleep(500);
    assert.equal((await world.get()).status, 503);
    await world.sim.sleep(3000);
    assert.equal((await world.get()).status, 200);
  });
});

test('the gateway shares requests by weight, as the seed has it', async () => {
  await inWorld({}, async (world) => {
    const other = { ...service, metadata: { ...service.metadata, name: 'b' } };
    const none = {
      ...other,
      spec: { ...service.spec, selector: { app: 'b' } },
    };
    await create(
      world,
      deployment(),
      service,
      none,
      virtualService({ route: [to('a', 80), to('b', 20)], retries: undefined }),
    );
    await world.sim.sleep(3000);
    let served = 0;
    for (let count = 0; count < 200; count++) {
      if ((await world.get()).status === 200) served += 1;
    }
    assert.ok(served > 140 && served < 180, `${String(served)} of 200`);
  });
});

test('the gateway gives up when the time of a request is over', async () => {
  const programs: ClusterOptions['programs'] = () => ({
    8: async () => {
      await slow();
      return answer(200);
    },
  });
  let slow = (): Promise<void> => Promise.resolve();
  await inWorld({ programs }, async (world) => {
    slow = () => world.sim.sleep(5000);
    await create(
      world,
      deployment(),
      service,
      virtualService({ timeout: '2s' }),
    );
    await world.sim.sleep(3000);
    const before = world.sim.now();
    assert.equal((await world.get()).status, 504);
    assert.ok(world.sim.now() - before < 2100);
  });
});

test('a pod that is deleted finishes what it was asked for', async () => {
  let slow = (): Promise<void> => Promise.resolve();
  const programs: ClusterOptions['programs'] = () => ({
    8: async () => {
      await slow();
      return answer(200);
    },
  });
  await inWorld({ programs }, async (world) => {
    slow = () => world.sim.sleep(1000);
    await create(world, deployment(), service, virtualService());
    await world.sim.sleep(3000);
    const asked = world.get();
    await world.sim.sleep(100);
    const [pod] = world.pods();
    assert.ok(pod);
    assert.equal(world.cluster.node.inFlight(pod.metadata.uid ?? ''), 1);
    await world.store
      .client(world.sim)
      .resource(pods)
      .delete('default', pod.metadata.name);
    assert.equal((await asked).status, 200);
    await world.sim.sleep(100);
    assert.ok(
      !world.pods().some(({ metadata }) => metadata.uid === pod.metadata.uid),
    );
  });
});
