/**
 * Rows of upstream's TestReconcile that the recorded cases leave out, and what
 * its tests of the digest and of labels show.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verb } from '../../../../../runnable/apiserver/failures.ts';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { formatTime } from '../../../../../runnable/apiserver/time.ts';
import { buildRevision } from '../../../../../runnable/knative/reconciler/testing/build-revision.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import {
  conditionsOf,
  eventsOf,
  ownedBy,
  serving,
  statusOf,
} from '../objects.ts';

const now = 1554422400000;
const spec = { container: { image: 'busybox' } };

const run = (
  objects: readonly KObject[],
  ...failures: { verb: Verb; resource: string }[]
): Promise<Output> =>
  reconcileOnce(buildRevision, { objects, key: 'foo/a', failures, now });

const create = (resource: string): { verb: Verb; resource: string } => ({
  verb: 'create',
  resource,
});

const kinds = ({ creates }: Output): string[] =>
  creates.map(({ kind }) => kind);

/** Revision and children as a first run leaves them. */
async function settled(): Promise<readonly KObject[]> {
  const rev = serving('Revision', {}, { spec });
  const { creates, statusUpdates } = await run([rev]);
  return [...statusUpdates, ...creates];
}

const changed = (
  objects: readonly KObject[],
  kind: string,
  change: (object: KObject) => KObject,
): readonly KObject[] =>
  objects.map((object) => (object.kind === kind ? change(object) : object));

const endpoints = (subsets: readonly object[]): KObject => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'a-service', namespace: 'foo' },
  ...{ subsets },
});

/** The Revision with one condition replaced. */
const having =
  (type: string, fields: object) =>
  (object: KObject): KObject => {
    const { status } = object as KObject & {
      status: { conditions: { type: string }[] };
    };
    const conditions = status.conditions.map((one) =>
      one.type === type ? { ...one, ...fields } : one,
    );
    return { ...object, ...{ status: { ...status, conditions } } };
  };

for (const key of ['too/many/parts', 'foo/not-found']) {
  test(`key ${key} is nothing to do`, async () => {
    const output = await reconcileOnce(buildRevision, { objects: [], key });
    assert.equal(output.error, null);
    assert.deepEqual(output.creates, []);
  });
}

for (const [resource, made] of [
  ['images', ['Deployment', 'Image']],
  ['services', ['Deployment', 'Image', 'Service']],
  ['podautoscalers', ['Deployment', 'Image', 'Service', 'PodAutoscaler']],
] as const) {
  test(`failure creating ${resource}: later phases do not run`, async () => {
    const rev = serving('Revision', {}, { spec });
    const output = await run([rev], create(resource));
    assert.deepEqual(kinds(output), made);
    assert.equal(output.error, `inducing failure for create ${resource}`);
    assert.deepEqual(conditionsOf(output), [
      'BuildSucceeded True',
      'ContainerHealthy Unknown Deploying',
      'Ready Unknown Deploying',
      'ResourcesAvailable Unknown Deploying',
    ]);
    assert.deepEqual(eventsOf(output), []);
  });
}

test('stable revision reconciliation writes nothing', async () => {
  const { creates, updates, statusUpdates, error } = await run(await settled());
  assert.deepEqual(
    [creates, updates, statusUpdates, error],
    [[], [], [], null],
  );
});

test('a Revision that is being deleted is left alone', async () => {
  const metadata = { deletionTimestamp: formatTime(now) };
  const output = await run([serving('Revision', metadata, { spec })]);
  assert.deepEqual(kinds(output), []);
  assert.deepEqual(output.statusUpdates, []);
});

for (const [kind, name] of [
  ['Deployment', 'a-deployment'],
  ['Service', 'a-service'],
  ['PodAutoscaler', 'a'],
] as const) {
  test(`lost ${kind} owner ref is an error`, async () => {
    const objects = changed(await settled(), kind, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        ownerReferences: ownedBy('Revision', 'another'),
      },
    }));
    const output = await run(objects);
    const text = `Revision: "a" does not own ${kind}: "${name}"`;
    assert.equal(output.error, text);
    assert.ok(
      conditionsOf(output).includes('ResourcesAvailable False NotOwned'),
    );
    assert.deepEqual(eventsOf(output), []);
  });
}

test('endpoint is created (not ready): five minutes are not over', async () => {
  const five = (ago: number): object => ({
    lastTransitionTime: formatTime(now - ago),
  });
  const objects = changed(await settled(), 'Revision', (rev) =>
    having('Active', { status: 'True' })(having('Ready', five(299_000))(rev)),
  );
  const [rev, ...others] = objects as [KObject, ...KObject[]];
  const pa = changed(others, 'PodAutoscaler', (object) => ({
    ...object,
    ...{ status: { conditions: [{ type: 'Ready', status: 'True' }] } },
  }));
  const early = await run([rev, ...pa, endpoints([])]);
  assert.ok(!conditionsOf(early).some((one) => one.includes('ServiceTimeout')));
  const late = having('Ready', five(300_000))(rev);
  const output = await run([late, ...pa, endpoints([])]);
  assert.ok(
    conditionsOf(output).includes('ResourcesAvailable False ServiceTimeout'),
  );
  assert.deepEqual(eventsOf(output), ['Warning RevisionFailed']);
});

test('addresses that are not ready do not count', async () => {
  const notReady = [{ notReadyAddresses: [{ ip: '127.0.0.1' }] }];
  const output = await run([...(await settled()), endpoints(notReady)]);
  assert.deepEqual(output.statusUpdates, []);
});

test('surface pod errors: the exit code and the last words', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'foo',
      labels: { 'serving.knative.dev/revisionUID': 'uid-Revision' },
    },
    status: {
      containerStatuses: [
        { name: 'queue-proxy' },
        {
          name: 'user-container',
          lastState: { terminated: { exitCode: 5, message: 'I failed man!' } },
        },
      ],
    },
  };
  const objects = [...(await settled()), endpoints([]), pod];
  const output = await run(objects);
  assert.ok(conditionsOf(output).includes('ContainerHealthy False ExitCode5'));
  assert.ok(conditionsOf(output).includes('Ready False ExitCode5'));
  assert.equal(
    statusOf(output).conditions?.find(({ type }) => type === 'Ready')?.[
      'message'
    ],
    'Container failed with: I failed man!',
  );
  const blind = await run(objects, { verb: 'list', resource: 'pods' });
  assert.equal(blind.error, null);
  assert.deepEqual(blind.statusUpdates, []);
});

test('a digest needs no registry, and a bad name has none', async () => {
  const image = `gcr.io/a/b@sha256:${'0'.repeat(64)}`;
  const rev = (image: string): KObject =>
    serving('Revision', {}, { spec: { container: { image } } });
  assert.equal(statusOf(await run([rev(image)]))['imageDigest'], image);
  const output = await run([rev('Bad')]);
  assert.deepEqual(kinds(output), []);
  assert.match(output.error ?? '', /^repository can only contain the runes/);
  assert.deepEqual(conditionsOf(output), [
    'BuildSucceeded True',
    'ContainerHealthy False ContainerMissing',
    'Ready False ContainerMissing',
    'ResourcesAvailable Unknown',
  ]);
});

test('build missing is an error, tried again', async () => {
  const buildRef = {
    apiVersion: 'testing.build.knative.dev/v1alpha1',
    kind: 'Build',
    name: 'the-build',
  };
  const rev = serving('Revision', {}, { spec: { ...spec, buildRef } });
  const output = await run([rev]);
  assert.equal(
    output.error,
    'builds.testing.build.knative.dev "the-build" not found',
  );
  assert.deepEqual(kinds(output), []);
});

test('a build by its old name is of Knative’s own kind', async () => {
  const old = { ...spec, buildName: 'b' };
  const build = {
    apiVersion: 'build.knative.dev/v1alpha1',
    kind: 'Build',
    metadata: { name: 'b', namespace: 'foo' },
    status: {
      conditions: [{ type: 'Succeeded', status: 'False', reason: 'R' }],
    },
  };
  const output = await run([serving('Revision', {}, { spec: old }), build]);
  assert.ok(conditionsOf(output).includes('BuildSucceeded False R'));
  assert.deepEqual(eventsOf(output), ['Warning BuildFailed']);
  assert.deepEqual(kinds(output), []);
});

const generation = 'serving.knative.dev/configurationGeneration';
const metadataGeneration =
  'serving.knative.dev/configurationMetadataGeneration';

for (const [name, labels, annotations, wanted] of [
  ['an old label without the new one goes', { [generation]: '5' }, {}, {}],
  [
    'an old label takes the value of the new one',
    { [generation]: '5', [metadataGeneration]: '6' },
    {},
    { [generation]: '6', [metadataGeneration]: '6' },
  ],
  [
    'a new label gets its old one',
    { [metadataGeneration]: '6' },
    {},
    { [generation]: '6', [metadataGeneration]: '6' },
  ],
  ['an annotation of that name goes', {}, { [generation]: '5' }, {}],
] as const) {
  test(`label migration: ${name}`, async () => {
    const rev = serving('Revision', { labels, annotations }, { spec });
    const { updates, error } = await run([rev]);
    assert.equal(error, null);
    const [updated] = updates;
    assert.deepEqual(updated?.metadata.labels, wanted);
    assert.deepEqual(updated.metadata.annotations, {});
    assert.equal(updates.length, 1);
  });
}

test('label migration that fails ends the run', async () => {
  const labels = { [generation]: '5' };
  const rev = serving('Revision', { labels }, { spec });
  const output = await run([rev], { verb: 'update', resource: 'revisions' });
  assert.equal(output.error, 'inducing failure for update revisions');
  assert.deepEqual(
    output.events.map(({ message }) => message),
    [
      'Failed to migrate revision "a" labels: inducing failure for update revisions',
    ],
  );
  assert.deepEqual(kinds(output), []);
});
