/**
 * What the webhook fills in, and what it refuses in which words.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../../../runnable/apiserver/memory-store.ts';
import type { Gvr, KObject } from '../../../runnable/apiserver/store.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
} from '../../../runnable/knative/apis/resources.ts';
import { admit } from '../../../runnable/knative/webhook/webhook.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const denied =
  'admission webhook "webhook.serving.knative.dev" denied the request: mutation failed: ';
const label =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

const gvrs = [services, configurations, routes, revisions, clusterIngresses];

interface Written extends KObject {
  readonly spec: unknown;
}

const object = (
  kind: string,
  spec: unknown,
  metadata: object = {},
): Written => ({
  apiVersion:
    kind === 'ClusterIngress'
      ? 'networking.internal.knative.dev/v1alpha1'
      : 'serving.knative.dev/v1alpha1',
  kind,
  metadata: {
    name: 'a',
    ...(kind === 'ClusterIngress' ? {} : { namespace: 'default' }),
    ...metadata,
  },
  spec,
});

const image = 'gcr.io/knative-samples/helloworld-go';
const revisionSpec = (fields: object = {}, container: object = {}): object => ({
  container: { image, ...container },
  ...fields,
});
const template = (fields?: object, container?: object): object => ({
  revisionTemplate: { spec: revisionSpec(fields, container) },
});
const runLatest = (fields?: object, container?: object): Written =>
  object('Service', {
    runLatest: { configuration: template(fields, container) },
  });
const release = (fields: object): Written =>
  object('Service', { release: { configuration: template(), ...fields } });
const revision = (fields?: object, container?: object): Written =>
  object('Revision', revisionSpec(fields, container));
const route = (...traffic: object[]): Written => object('Route', { traffic });

async function stored(
  ...objects: readonly [Written, ...Written[]]
): Promise<Written> {
  const sim = new Sim({ seed: 1 });
  const store = new MemoryStore(sim);
  store.admit(admit);
  return sim.run(async () => {
    const [first, ...later] = objects;
    const gvr = gvrs.find(({ kind }) => kind === first.kind) as Gvr;
    const client = store.client(sim).resource<Written>(gvr);
    let last = await client.create(first);
    for (const next of later) {
      const { resourceVersion = '' } = last.metadata;
      const metadata = { ...next.metadata, resourceVersion };
      last = await client.update({ ...next, metadata });
    }
    return last;
  });
}

test('a Service is stored with its timeout and with mounts that are read-only', async () => {
  const volumeMounts = [{ name: 'v', mountPath: '/v' }];
  const volumes = [{ name: 'v', secret: { secretName: 's' } }];
  assert.deepEqual(
    (await stored(runLatest({ volumes }, { volumeMounts }))).spec,
    {
      runLatest: {
        configuration: template(
          { volumes, timeoutSeconds: 300 },
          { volumeMounts: [{ ...volumeMounts[0], readOnly: true }] },
        ),
      },
    },
  );
});

test('the older word for concurrency becomes a number', async () => {
  const { spec } = await stored(revision({ concurrencyModel: 'Single' }));
  assert.deepEqual(
    spec,
    revisionSpec({
      concurrencyModel: 'Single',
      containerConcurrency: 1,
      timeoutSeconds: 300,
    }),
  );
});

test('a ClusterIngress is stored with timeouts, retries and visibility', async () => {
  const split = { serviceNamespace: 'n', serviceName: 's', servicePort: 80 };
  const { spec } = await stored(
    object('ClusterIngress', {
      rules: [{ hosts: ['h'], http: { paths: [{ splits: [split] }] } }],
    }),
  );
  assert.deepEqual(spec, {
    visibility: 'ExternalIP',
    rules: [
      {
        hosts: ['h'],
        http: {
          paths: [
            {
              splits: [{ ...split, percent: 100 }],
              timeout: '10m0s',
              retries: { attempts: 3, perTryTimeout: '10m0s' },
            },
          ],
        },
      },
    ],
  });
});

const spec = 'spec.runLatest.configuration.revisionTemplate.spec';
const good: readonly (readonly [string, Written])[] = [
  ['manual', object('Service', { manual: {} })],
  ['release of one', release({ revisions: ['a-00001'] })],
  ['release of the latest', release({ revisions: ['@latest'] })],
  [
    'release of two',
    release({ revisions: ['a-00001', 'a-00002'], rolloutPercent: 99 }),
  ],
  ['a digest', runLatest({}, { image: `a/b@sha256:${'0'.repeat(64)}` })],
  [
    'a port for HTTP/2',
    runLatest({}, { ports: [{ name: 'h2c', containerPort: 80 }] }),
  ],
  ['the longest timeout', runLatest({ timeoutSeconds: 600 })],
  ['the most requests', runLatest({ containerConcurrency: 1000 })],
  ['Multi with 0', runLatest({ concurrencyModel: 'Multi' })],
  [
    'bounds of the scale',
    object(
      'Route',
      { traffic: [{ revisionName: 'r', percent: 100 }] },
      {
        annotations: {
          'autoscaling.knative.dev/minScale': '2',
          'autoscaling.knative.dev/maxScale': '2',
        },
      },
    ),
  ],
  [
    'shares that come to 100',
    route(
      { name: 'current', revisionName: 'r', percent: 90 },
      { name: 'latest', configurationName: 'c', percent: 10 },
    ),
  ],
];

for (const [name, written] of good) {
  test(`the webhook lets through ${name}`, async () => {
    await stored(written);
  });
}

const bad: readonly (readonly [string, Written, string])[] = [
  [
    'no mode',
    object('Service', {}),
    'expected exactly one, got neither: spec.manual, spec.pinned, spec.release, spec.runLatest',
  ],
  [
    'two modes',
    object('Service', {
      runLatest: { configuration: template() },
      manual: {},
    }),
    'expected exactly one, got both: spec.manual, spec.runLatest',
  ],
  [
    'an empty mode',
    object('Service', { runLatest: {} }),
    `missing field(s): ${spec}.container`,
  ],
  [
    'pinned to nothing',
    object('Service', { pinned: { configuration: template() } }),
    'missing field(s): spec.pinned.revisionName',
  ],
  [
    'a release of nothing',
    release({ revisions: [] }),
    'missing field(s): spec.release.revisions',
  ],
  [
    'a release of three',
    release({ revisions: ['a', 'b', 'c'] }),
    'expected 1 <= 3 <= 2: spec.release.revisions',
  ],
  [
    'a release of no name',
    release({ revisions: ['A'] }),
    `invalid value "not a DNS 1035 label: [${label}]": spec.release.revisions[0]`,
  ],
  [
    'a share of one Revision',
    release({ revisions: ['a'], rolloutPercent: 10 }),
    'invalid value "10": spec.release.rolloutPercent',
  ],
  [
    'a share beyond 99',
    release({ revisions: ['a', 'b'], rolloutPercent: 100 }),
    'expected 0 <= 100 <= 99: spec.release.rolloutPercent',
  ],
  [
    'a share below 0',
    release({ revisions: ['a'], rolloutPercent: -1 }),
    'expected 0 <= -1 <= 99: spec.release.rolloutPercent\ninvalid value "-1": spec.release.rolloutPercent',
  ],
  [
    'an image that is no name',
    runLatest({}, { image: 'gcr.io/a/b:c:d' }),
    `Failed to parse image reference: ${spec}.container.image\nimage: "gcr.io/a/b:c:d", error: could not parse reference`,
  ],
  [
    'a container with a name and a lifecycle',
    runLatest({}, { name: 'n', lifecycle: {} }),
    `must not set the field(s): ${spec}.container.lifecycle, ${spec}.container.name`,
  ],
  [
    'two ports',
    runLatest({}, { ports: [{ containerPort: 1 }, { containerPort: 2 }] }),
    `More than one container port is set: ${spec}.container.ports\nOnly a single port is allowed`,
  ],
  [
    'a port of the sidecar, with a name of its own',
    runLatest({}, { ports: [{ name: 'web', containerPort: 8012 }] }),
    `Port name web is not allowed: ${spec}.container.ports\nName must be empty, or one of: 'h2c', 'http1'\ninvalid value "8012": ${spec}.container.ports.containerPort`,
  ],
  [
    'a port for a probe',
    runLatest({}, { readinessProbe: { httpGet: { path: '/', port: 80 } } }),
    `must not set the field(s): ${spec}.container.readinessProbe.httpGet.port`,
  ],
  [
    'a mount without a volume',
    runLatest({}, { volumeMounts: [{ name: 'v', mountPath: '/var/log/' }] }),
    `mountPath "/var/log" is a reserved path: ${spec}.container.volumeMounts[0].mountPath\nvolumeMount has no matching volume: ${spec}.container.volumeMounts[0].name`,
  ],
  [
    'a volume of another kind, twice and not mounted',
    runLatest({ volumes: [{ name: 'v', secret: {} }, { name: 'v' }] }),
    `duplicate volume name "v": ${spec}.volumes[1].name\nexpected exactly one, got neither: ${spec}.volumes[1].configMap, ${spec}.volumes[1].secret\nvolumes not mounted: [v]: ${spec}.container.volumeMounts`,
  ],
  [
    'a timeout that is too long',
    runLatest({ timeoutSeconds: 601 }),
    `expected 0s <= 601s <= 600s: ${spec}.timeoutSeconds`,
  ],
  [
    'too many requests at a time',
    runLatest({ containerConcurrency: 1001 }),
    `invalid value "1001": ${spec}.containerConcurrency`,
  ],
  [
    'a number that the older word contradicts',
    runLatest({ concurrencyModel: 'Multi', containerConcurrency: 1 }),
    `expected exactly one, got both: ${spec}.concurrencyModel, ${spec}.containerConcurrency`,
  ],
  [
    'a name that is too long',
    {
      ...runLatest(),
      metadata: { name: 'a'.repeat(64), namespace: 'default' },
    },
    'not a DNS 1035 label: [must be no more than 63 characters]: metadata.name',
  ],
  [
    'a name with a dot',
    { ...runLatest(), metadata: { name: 'a.b', namespace: 'default' } },
    `not a DNS 1035 label: [${label}]: metadata.name`,
  ],
  [
    'a scale that is no number',
    {
      ...runLatest(),
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: { 'autoscaling.knative.dev/minScale': '0' },
      },
    },
    'Invalid autoscaling.knative.dev/minScale annotation value: must be an integer greater than 0: metadata.annotations.autoscaling.knative.dev/minScale',
  ],
  [
    'bounds the wrong way round',
    {
      ...runLatest(),
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: {
          'autoscaling.knative.dev/minScale': '3',
          'autoscaling.knative.dev/maxScale': '2',
        },
      },
    },
    'autoscaling.knative.dev/maxScale=2 is less than autoscaling.knative.dev/minScale=3: metadata.annotations.autoscaling.knative.dev/maxScale, metadata.annotations.autoscaling.knative.dev/minScale',
  ],
  [
    'shares beyond 100',
    route({ revisionName: 'r', percent: 120 }, { revisionName: 's' }),
    'Traffic targets sum to 120, want 100: spec.traffic\nexpected 0 <= 120 <= 100: spec.traffic[0].percent',
  ],
  [
    'targets that are two things, or none',
    route(
      { revisionName: 'r', configurationName: 'c', percent: 50 },
      { percent: 50 },
    ),
    'expected exactly one, got both: spec.traffic[0].configurationName, spec.traffic[0].revisionName\nexpected exactly one, got neither: spec.traffic[1].configurationName, spec.traffic[1].revisionName',
  ],
  [
    'two targets of one name',
    route(
      { name: 'n', revisionName: 'r', percent: 50 },
      { name: 'n', revisionName: 's', percent: 50 },
    ),
    'Multiple definitions for "n": spec.traffic[0].name, spec.traffic[1].name',
  ],
  ['a Route to nowhere', object('Route', {}), 'missing field(s): spec'],
  [
    'a Build that is none',
    revision({ buildRef: { apiVersion: 'a/b/c', kind: 'B', name: 'n' } }),
    'invalid value "a/b/c": spec.buildRef.apiVersion',
  ],
];

for (const [name, written, message] of bad) {
  test(`the webhook refuses ${name}`, async () => {
    await assert.rejects(stored(written), { message: denied + message });
  });
}

test('the spec of a Revision stays what it was', async () => {
  await assert.rejects(
    stored(revision(), revision({}, { image: 'busybox' })),
    (error: Error) => {
      assert.ok(
        error.message.startsWith(
          `${denied}Immutable fields changed (-old +new): spec\nspec.container:`,
        ),
      );
      return true;
    },
  );
});

test('labels of a Revision may change, and defaults are no change', async () => {
  const labelled = {
    ...revision(),
    metadata: { ...revision().metadata, labels: { a: 'b' } },
  };
  await stored(revision(), labelled);
});
