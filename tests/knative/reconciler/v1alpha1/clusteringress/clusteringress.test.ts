/**
 * What the recorded cases of the clusteringress controller leave out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../../../../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { SharedInformerFactory } from '../../../../../runnable/client-go/informers/factory.ts';
import type { VirtualServiceObject } from '../../../../../runnable/knative/apis/istio/v1alpha3/virtualservice-types.ts';
import {
  clusterIngresses,
  virtualServices,
} from '../../../../../runnable/knative/apis/resources.ts';
import { ManualWatcher } from '../../../../../runnable/knative/configmap/watcher.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import { buildClusterIngress } from '../../../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import { newController } from '../../../../../runnable/knative/reconciler/v1alpha1/clusteringress/controller.ts';
import { Sim } from '../../../../../runnable/sim/sim.ts';
import { conditionsOf, eventsOf, statusOf } from '../objects.ts';

const split = {
  serviceNamespace: 'ns',
  serviceName: 's',
  servicePort: 80,
};
const path = { splits: [split] };

const ingress = (
  spec: object = {},
  metadata: object = {},
  name = 'a',
): KObject => ({
  apiVersion: 'networking.internal.knative.dev/v1alpha1',
  kind: 'ClusterIngress',
  metadata: { name, uid: `uid-${name}`, generation: 3, ...metadata },
  ...{
    spec: {
      rules: [{ hosts: ['h.example.com'], http: { paths: [path] } }],
      ...spec,
    },
  },
});

const configIstio = (data: Record<string, string>): KObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config-istio', namespace: 'knative-serving' },
  ...{ data },
});

type Failure = { verb: 'create' | 'update'; resource: string };

const run = (
  objects: readonly KObject[],
  failures: readonly Failure[] = [],
  key = 'a',
): Promise<Output> =>
  reconcileOnce(buildClusterIngress, { objects, key, failures });

/** What one run creates from an ingress. */
async function created(...objects: KObject[]): Promise<VirtualServiceObject> {
  const { creates, error } = await run(objects);
  assert.equal(error, null);
  const [made] = creates as [VirtualServiceObject];
  return made;
}

const authorities = ({ spec }: VirtualServiceObject, index = 0): string[] =>
  (spec?.http?.[index]?.match ?? []).map(
    ({ authority }) => authority?.regex ?? '',
  );

test('an ingress that is gone, and a key that is none, are no errors', async () => {
  for (const key of ['a', 'x/a', 'x/y/z']) {
    const output = await run([], [], key);
    assert.equal(output.error, null);
    assert.deepEqual(output.statusUpdates, []);
  }
});

test('a namespace in the key is ignored', async () => {
  const { creates } = await run([ingress()], [], 'somewhere/a');
  assert.equal(creates.length, 1);
});

test('an ingress that is being deleted is left alone', async () => {
  const deletionTimestamp = '2019-04-05T00:00:00Z';
  const output = await run([ingress({}, { deletionTimestamp })]);
  assert.deepEqual([output.creates, output.statusUpdates], [[], []]);
});

test('defaults stand in the VirtualService, and the generation is observed', async () => {
  const output = await run([ingress()]);
  const [made] = output.creates as [VirtualServiceObject];
  const [route] = made.spec?.http ?? [];
  assert.deepEqual(
    [route?.timeout, route?.retries, route?.route[0]?.weight],
    ['10m0s', { attempts: 3, perTryTimeout: '10m0s' }, 100],
  );
  assert.deepEqual(made.spec?.gateways, ['knative-ingress-gateway', 'mesh']);
  assert.equal(statusOf(output)['observedGeneration'], 3);
  assert.deepEqual(statusOf(output)['loadBalancer'], {
    ingress: [
      { domainInternal: 'istio-ingressgateway.istio-system.svc.cluster.local' },
    ],
  });
});

test('durations are written as Go writes them', async () => {
  const timed = {
    ...path,
    timeout: '5400s',
    retries: { attempts: 1, perTryTimeout: '1.5s' },
  };
  const { spec } = await created(
    ingress({ rules: [{ hosts: ['h'], http: { paths: [timed] } }] }),
  );
  const [route] = spec?.http ?? [];
  assert.equal(route?.timeout, '1h30m0s');
  assert.equal(route.retries?.perTryTimeout, '1.5s');
});

test('paths, headers and annotations are carried over', async () => {
  const annotations = {
    'networking.knative.dev/ingress.class':
      'istio.ingress.networking.knative.dev',
  };
  const appendHeaders = { foo: 'bar' };
  const paths = [{ ...path, path: '^/pet/(.*?)?', appendHeaders }, path];
  const made = await created(
    ingress({ rules: [{ hosts: ['h'], http: { paths } }] }, { annotations }),
  );
  const [first, second] = made.spec?.http ?? [];
  assert.deepEqual(first?.match, [
    {
      authority: { regex: '^h(?::\\d{1,5})?$' },
      uri: { regex: '^/pet/(.*?)?' },
    },
  ]);
  assert.deepEqual(first.appendHeaders, appendHeaders);
  assert.deepEqual(second?.match, [
    { authority: { regex: '^h(?::\\d{1,5})?$' } },
  ]);
  assert.equal(second.appendHeaders, undefined);
  assert.deepEqual(made.metadata.annotations, annotations);
});

test('hosts are gathered and sorted, and expanded in matches alone', async () => {
  const made = await created(
    ingress({
      rules: [
        { hosts: ['z.com', 's.ns.svc.cluster.local'], http: { paths: [path] } },
        { hosts: ['a.com', 'z.com'], http: { paths: [path] } },
      ],
    }),
  );
  assert.deepEqual(made.spec?.hosts, [
    'a.com',
    's.ns.svc.cluster.local',
    'z.com',
  ]);
  const end = '(?::\\d{1,5})?$';
  assert.deepEqual(
    authorities(made),
    [
      '^s\\.ns',
      '^s\\.ns\\.svc',
      '^s\\.ns\\.svc\\.cluster\\.local',
      '^z\\.com',
    ].map((text) => text + end),
  );
  assert.deepEqual(
    authorities(made, 1),
    ['^a\\.com', '^z\\.com'].map((text) => text + end),
  );
});

test('labels of the Route that are missing are empty', async () => {
  const { metadata } = await created(ingress());
  assert.deepEqual(metadata.labels, {
    'networking.internal.knative.dev/clusteringress': 'a',
    'serving.knative.dev/route': '',
    'serving.knative.dev/routeNamespace': '',
  });
});

test('gateways come from config-istio, in the order of their names', async () => {
  const made = await run([
    ingress(),
    configIstio({
      'gateway.b': 'b.istio-system.svc.cluster.local',
      'gateway.a': 'a.istio-system.svc.cluster.local',
      'local-gateway.c': 'c.istio-system.svc.cluster.local',
      'gateway.': 'no.name',
    }),
  ]);
  const [vs] = made.creates as [VirtualServiceObject];
  assert.deepEqual(vs.spec?.gateways, ['a', 'b', 'mesh']);
  assert.deepEqual(statusOf(made)['loadBalancer'], {
    ingress: [{ domainInternal: 'a.istio-system.svc.cluster.local' }],
  });
});

test('an ingress for the cluster alone takes local gateways, or the mesh', async () => {
  const local = ingress({ visibility: 'ClusterLocal' });
  const with1 = await run([
    local,
    configIstio({ 'local-gateway.c': 'c.istio-system.svc.cluster.local' }),
  ]);
  const [vs] = with1.creates as [VirtualServiceObject];
  assert.deepEqual(vs.spec?.gateways, ['c', 'mesh']);
  const without = await run([local]);
  const [only] = without.creates as [VirtualServiceObject];
  assert.deepEqual(only.spec?.gateways, ['mesh']);
  assert.deepEqual(statusOf(without)['loadBalancer'], {
    ingress: [{ meshOnly: true }],
  });
});

test('config-istio must name hosts', async () => {
  await assert.rejects(
    run([ingress(), configIstio({ 'gateway.a': '_invalid' })]),
    /invalid gateway format: \[a DNS-1123 subdomain must consist/,
  );
});

test('a creation that fails is recorded, and the status so far is written', async () => {
  const output = await run(
    [ingress()],
    [{ verb: 'create', resource: 'virtualservices' }],
  );
  assert.equal(output.error, 'inducing failure for create virtualservices');
  assert.deepEqual(output.events, [
    {
      type: 'Warning',
      reason: 'CreationFailed',
      message:
        'Failed to create VirtualService "knative-serving"/"a": inducing failure for create virtualservices',
    },
  ]);
  assert.deepEqual(conditionsOf(output), [
    'LoadBalancerReady Unknown',
    'NetworkConfigured Unknown',
    'Ready Unknown',
  ]);
});

test('an update that fails is returned without an event', async () => {
  const vs = await created(ingress());
  const output = await run(
    [ingress(), { ...vs, ...{ spec: {} } }],
    [{ verb: 'update', resource: 'virtualservices' }],
  );
  assert.equal(output.error, 'inducing failure for update virtualservices');
  assert.deepEqual(output.events, []);
});

test('a status that cannot be written is recorded', async () => {
  const output = await run(
    [ingress()],
    [{ verb: 'update', resource: 'clusteringresses' }],
  );
  assert.equal(output.error, 'inducing failure for update clusteringresses');
  assert.deepEqual(eventsOf(output), [
    'Normal Created',
    'Warning UpdateFailed',
  ]);
});

test('a VirtualService of somebody else stays as it is', async () => {
  const vs = await created(ingress());
  const { ownerReferences: _, ...metadata } = vs.metadata;
  const output = await run([ingress(), { ...vs, metadata }]);
  assert.equal(
    output.error,
    'ClusterIngress: "a" does not own VirtualService: "a"',
  );
  assert.deepEqual(conditionsOf(output), [
    'LoadBalancerReady Unknown',
    'NetworkConfigured False NotOwned',
    'Ready False NotOwned',
  ]);
  assert.deepEqual([output.updates, output.events], [[], []]);
});

test('a second run writes nothing, whatever labels and annotations say', async () => {
  const first = await run([ingress()]);
  const [vs] = first.creates as [VirtualServiceObject];
  const labels = { other: 'label' };
  const output = await run([
    { ...ingress(), ...{ status: statusOf(first) } },
    { ...vs, metadata: { ...vs.metadata, labels, annotations: labels } },
  ]);
  assert.deepEqual(
    [output.creates, output.updates, output.statusUpdates, output.events],
    [[], [], [], []],
  );
});

test('newController() looks at its own class, and at all when gateways change', async () => {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  const key = 'networking.knative.dev/ingress.class';
  const annotated = (name: string, value: string): KObject =>
    ingress({}, { annotations: { [key]: value } }, name);
  store.load(clusterIngresses, [
    ingress({}, {}, 'unset'),
    annotated('ours', 'istio.ingress.networking.knative.dev'),
    annotated('theirs', 'other'),
  ]);
  const configMapWatcher = new ManualWatcher();
  await sim.run(async () => {
    const client = store.client(sim);
    const caches = new SharedInformerFactory(sim, client, 0);
    const impl = newController(
      {
        sim,
        store: client,
        logger: new SugaredLogger(''),
        configMapWatcher,
        resyncPeriod: 0,
      },
      {
        clusterIngresses: caches.forResource(clusterIngresses),
        virtualServices: caches.forResource(virtualServices),
      },
    );
    const { signal } = new AbortController();
    caches.start(signal);
    await caches.waitForCacheSync();
    sim.go('controller', () => impl.run(2, signal));
    await sim.sleep(100);
    const gateways = (): unknown[] =>
      store
        .peekAll<VirtualServiceObject>(virtualServices)
        .map(({ metadata, spec }) => [metadata.name, spec?.gateways?.[0]]);
    const before = 'knative-ingress-gateway';
    assert.deepEqual(gateways(), [
      ['ours', before],
      ['unset', before],
    ]);
    configMapWatcher.onChange(configIstio({ 'gateway.new': 'n.example.com' }));
    await sim.sleep(100);
    // Every key is queued then: the reconciler itself knows no class.
    assert.deepEqual(gateways(), [
      ['ours', 'new'],
      ['theirs', 'new'],
      ['unset', 'new'],
    ]);
  });
});
