/**
 * Rows of upstream's TestReconcile that the recorded cases leave out, and what
 * the controller does with a Route that nothing has checked.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { buildRoute } from '../../../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import { ports } from '../../../../../src/ports/ports.ts';
import { eventsOf, serving, statusOf } from '../objects.ts';

const finalizer = 'routes.serving.knative.dev';
const finalizers = [finalizer];
const deletionTimestamp = '2019-04-04T00:00:00Z';
const toConfig = [{ configurationName: 'c', percent: 100 }];

const route = (traffic: object[] = toConfig, metadata = {}): KObject =>
  serving(
    'Route',
    { uid: 'uid-a', finalizers, ...metadata },
    { spec: { traffic } },
  );

const ready = (status = 'True'): object => ({
  conditions: [{ type: 'Ready', status }],
});
const config = (status: object): KObject =>
  serving('Configuration', { name: 'c' }, { status });
const revision = (name: string, status: object, metadata = {}): KObject =>
  serving('Revision', { name, ...metadata }, { status });
const following = (name: string): KObject =>
  config({ ...ready(), latestReadyRevisionName: name });

const ingress = (name: string, status = {}): KObject & { status: object } => ({
  apiVersion: 'networking.internal.knative.dev/v1alpha1',
  kind: 'ClusterIngress',
  metadata: {
    name,
    labels: {
      'serving.knative.dev/route': 'a',
      'serving.knative.dev/routeNamespace': 'foo',
    },
  },
  status,
});

const run = (
  objects: KObject[],
  failures: { verb: 'create' | 'delete-collection'; resource: string }[] = [],
): Promise<Output> =>
  reconcileOnce(
    buildRoute((text) => ports.parseYaml(text)),
    { objects, key: 'foo/a', failures },
  );

/** What a condition says: `False NotOwned: …`. */
function said(output: Output, type: string): string {
  const { conditions = [] } = statusOf(output);
  const found = conditions.find((condition) => condition['type'] === type);
  const { status = '', reason, message } = found ?? {};
  return reason === undefined
    ? status
    : `${status} ${reason}: ${message ?? ''}`;
}

const notNamed: readonly [string, KObject[], string][] = [
  [
    'missing configuration',
    [],
    'False ConfigurationMissing: Configuration "c" referenced in traffic not found.',
  ],
  [
    'configuration without a revision',
    [config(ready('Unknown'))],
    'Unknown RevisionMissing: Configuration "c" is waiting for a Revision to become ready.',
  ],
  [
    'failed configuration',
    [config(ready('False'))],
    'False RevisionMissing: Configuration "c" does not have any ready Revision.',
  ],
  [
    'missing revision, indirect',
    [following('r')],
    'False RevisionMissing: Revision "r" referenced in traffic not found.',
  ],
];

for (const [name, objects, expected] of notNamed) {
  test(`${name}: the Route says so, and nothing is built`, async () => {
    const output = await run([route(), ...objects]);
    assert.equal(output.error, null);
    assert.deepEqual(output.creates, []);
    assert.equal(said(output, 'AllTrafficAssigned'), expected);
    assert.equal(said(output, 'Ready'), expected);
  });
}

test('pinned revision: unready, failed and missing are three messages', async () => {
  const pinned = route([{ revisionName: 'r', percent: 100 }]);
  const of = async (objects: KObject[]): Promise<string> =>
    said(await run([pinned, ...objects]), 'AllTrafficAssigned');
  assert.equal(
    await of([revision('r', {})]),
    'Unknown RevisionMissing: Revision "r" is not yet ready.',
  );
  assert.equal(
    await of([revision('r', ready('False'))]),
    'False RevisionMissing: Revision "r" failed to become ready.',
  );
  assert.equal(
    await of([]),
    'False RevisionMissing: Revision "r" referenced in traffic not found.',
  );
});

test('foreign placeholder: the Route is not ready, and it is tried again', async () => {
  const loadBalancer = { ingress: [{ domainInternal: 'gateway' }] };
  const output = await run([
    route(),
    following('r'),
    revision('r', ready()),
    ingress('route-uid-a', { ...ready(), loadBalancer }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'foo' },
    },
  ]);
  assert.equal(output.error, 'Route: "a" does not own Service: "a"');
  assert.equal(
    said(output, 'IngressReady'),
    'False NotOwned: There is an existing placeholder Service "a" that we do not own.',
  );
});

test('two ClusterIngresses with its labels: an error', async () => {
  const { error } = await run([
    ...[route(), following('r'), revision('r', ready())],
    ...[ingress('one'), ingress('two')],
  ]);
  assert.equal(
    error,
    'more than one ClusterIngress are found for route foo/a: [one two]',
  );
});

test('failure creating the ClusterIngress: a warning, and the status all the same', async () => {
  const output = await run(
    [route(), following('r'), revision('r', ready())],
    [{ verb: 'create', resource: 'clusteringresses' }],
  );
  assert.deepEqual(output.events, [
    {
      type: 'Warning',
      reason: 'CreationFailed',
      message:
        'Failed to create ClusterIngress for route foo/a: inducing failure for create clusteringresses',
    },
  ]);
  assert.equal(said(output, 'AllTrafficAssigned'), 'True');
});

test('ensureFinalizer() sorts, whatever order the others had', async () => {
  const output = await run([
    route(toConfig, { finalizers: ['z.example.com', 'b.example.com'] }),
    ...[following('r'), revision('r', ready())],
  ]);
  const [, patch] = output.patches;
  const { metadata } = patch?.patch as KObject;
  assert.deepEqual(metadata.finalizers, [
    ...['b.example.com', finalizer, 'z.example.com'],
  ]);
});

test('a named revision stands in two groups and is pinned twice', async () => {
  const output = await run([
    route([{ name: 'current', revisionName: 'r', percent: 100 }]),
    revision('r', ready()),
  ]);
  const pins = output.patches.filter(
    ({ resource }) => resource === 'revisions',
  );
  assert.equal(pins.length, 2);
});

test('a lastPinned that is no number is an error', async () => {
  const annotations = { 'serving.knative.dev/lastPinned': 'soon' };
  const { error } = await run([
    ...[route(), following('r')],
    revision('r', ready(), { annotations }),
  ]);
  assert.equal(error, 'Invalid lastPinned value: "soon"');
});

test('deletion: the ClusterIngresses go, then the finalizer', async () => {
  const others = [...finalizers, 'z.example.com'];
  const output = await run([
    route(toConfig, { deletionTimestamp, finalizers: others }),
    ingress('route-uid-a'),
  ]);
  assert.deepEqual(output.deletes, [
    {
      resource: 'clusteringresses',
      namespace: '',
      labelSelector:
        'serving.knative.dev/route=a,serving.knative.dev/routeNamespace=foo',
    },
  ]);
  const [update] = output.updates;
  assert.deepEqual(update?.metadata.finalizers, ['z.example.com']);
  assert.deepEqual(output.statusUpdates, []);
});

test('deletion that fails: the finalizer stays', async () => {
  const output = await run(
    [route(toConfig, { deletionTimestamp })],
    [{ verb: 'delete-collection', resource: 'clusteringresses' }],
  );
  assert.deepEqual(output.updates, []);
  assert.equal(
    output.error,
    'inducing failure for delete-collection clusteringresses',
  );
});

test('deletion without the finalizer: nothing is done', async () => {
  const output = await run([
    route(toConfig, { deletionTimestamp, finalizers: ['z.example.com'] }),
  ]);
  assert.deepEqual(output.deletes, []);
  assert.deepEqual(output.updates, []);
});

test('shares are not checked: what the webhook let through is routed', async () => {
  const output = await run([
    route([
      { revisionName: 'r', percent: 150 },
      { revisionName: 's', percent: 50 },
    ]),
    ...[revision('r', ready()), revision('s', ready())],
  ]);
  assert.equal(output.error, null);
  assert.deepEqual(eventsOf(output), ['Normal Created']);
  assert.equal(said(output, 'AllTrafficAssigned'), 'True');
});
