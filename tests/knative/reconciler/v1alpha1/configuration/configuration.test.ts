/**
 * Rows of upstream's TestReconcile that the recorded cases leave out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { buildConfiguration } from '../../../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import { ports } from '../../../../../src/ports/ports.ts';
import {
  conditionsOf,
  configuration,
  eventsOf,
  ownedBy,
  serving,
  statusOf,
} from '../objects.ts';

const build = {
  apiVersion: 'testing.build.knative.dev/v1alpha1',
  kind: 'Build',
  spec: { steps: [{ image: 'foo' }] },
};
const config = (spec: object = {}, status: object = {}): KObject =>
  serving(
    'Configuration',
    { generation: 7 },
    { spec: { ...configuration, ...spec }, status },
  );
const revision = (status: string): KObject =>
  serving(
    'Revision',
    {
      name: 'a-00007',
      labels: {
        'serving.knative.dev/configuration': 'a',
        'serving.knative.dev/configurationMetadataGeneration': '7',
      },
      ownerReferences: ownedBy('Configuration'),
    },
    { status: { conditions: [{ type: 'Ready', status, message: 'm' }] } },
  );

const run = (
  objects: KObject[],
  failures: { verb: 'create' | 'list'; resource: string }[] = [],
): Promise<Output> =>
  reconcileOnce(
    buildConfiguration((bytes) => ports.sha256(bytes)),
    { objects, key: 'foo/a', failures },
  );

test('create revision needing a build: the Build comes first', async () => {
  const output = await run([config({ build })]);
  const [made, rev] = output.creates as [KObject, KObject & { spec: object }];
  assert.equal(made.kind, 'Build');
  assert.equal(made.metadata.generateName, 'a-');
  assert.match(
    made.metadata.labels?.['serving.knative.dev/buildHash'] ?? '',
    /^[0-9a-f]{63}$/,
  );
  assert.deepEqual(rev.spec, {
    ...configuration.revisionTemplate.spec,
    buildRef: {
      apiVersion: build.apiVersion,
      kind: 'Build',
      name: made.metadata.name,
    },
  });
  assert.deepEqual(eventsOf(output), ['Normal Created', 'Normal Created']);
});

test('reconcile revision needing build (shared): an equal Build is reused', async () => {
  const first = await run([config({ build })]);
  const [made] = first.creates;
  assert.ok(made);
  const second = await run([config({ build }), made]);
  assert.deepEqual(
    second.creates.map(({ kind }) => kind),
    ['Revision'],
  );
});

test('a build without a kind becomes a Build of Knative', async () => {
  const [made] = (await run([config({ build: { steps: [] } })])).creates;
  assert.equal(made?.apiVersion, 'build.knative.dev/v1alpha1');
});

test('failure creating build: the Configuration says so', async () => {
  const output = await run(
    [config({ build })],
    [{ verb: 'create', resource: 'builds' }],
  );
  assert.equal(
    output.error,
    'Failed to create Build for Configuration "a": inducing failure for create builds',
  );
  assert.deepEqual(conditionsOf(output), ['Ready False RevisionFailed']);
  assert.deepEqual(eventsOf(output), ['Warning CreationFailed']);
});

test('failure listing builds: the resource is named', async () => {
  const { error } = await run(
    [config({ build })],
    [{ verb: 'list', resource: 'builds' }],
  );
  assert.equal(
    error,
    'Failed to list GroupVersionResource testing.build.knative.dev/v1alpha1, Resource=builds: inducing failure for list builds',
  );
});

test('reconcile revision matching generation (ready: true)', async () => {
  const output = await run([config(), revision('True')]);
  assert.deepEqual(
    output.events.map(({ message }) => message),
    [
      'Configuration becomes ready',
      'LatestReadyRevisionName updated to "a-00007"',
    ],
  );
  assert.deepEqual(conditionsOf(output), ['Ready True']);
});

test('a failing revision leaves the latest ready one in place', async () => {
  const output = await run([
    config({}, { latestReadyRevisionName: 'a-00006' }),
    revision('False'),
  ]);
  assert.partialDeepStrictEqual(statusOf(output), {
    latestReadyRevisionName: 'a-00006',
    latestCreatedRevisionName: 'a-00007',
  });
  assert.deepEqual(conditionsOf(output), ['Ready False RevisionFailed']);
});

test('reconcile revision matching generation (ready: bad)', async () => {
  const { error } = await run([config(), revision('Bad')]);
  assert.equal(
    error,
    'unrecognized condition status: Bad on revision "a-00007"',
  );
});

test('webhook validation failure: no Revision, and no status that says so', async () => {
  const { revisionTemplate } = configuration;
  const spec = { ...revisionTemplate.spec, concurrencyModel: 'Bogus' };
  const output = await run([config({ revisionTemplate: { spec } })]);
  const wrong = 'invalid value "Bogus": spec.concurrencyModel';
  const inTemplate =
    'invalid value "Bogus": spec.revisionTemplate.spec.concurrencyModel';
  assert.equal(output.creates.length, 1);
  assert.equal(output.error, inTemplate);
  assert.deepEqual(
    output.events.map(({ message }) => message),
    [
      `Failed to create Revision for Configuration "a": ${wrong}`,
      `Failed to update status for Configuration "a": ${inTemplate}`,
    ],
  );
  assert.deepEqual(conditionsOf(output), ['Ready False RevisionFailed']);
});
