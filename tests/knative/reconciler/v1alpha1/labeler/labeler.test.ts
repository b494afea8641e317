/**
 * Rows of upstream's TestReconcile that the recorded cases leave out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { buildLabeler } from '../../../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import { ownedBy, serving } from '../objects.ts';

const route = (...names: string[]): KObject =>
  serving(
    'Route',
    { name: 'r' },
    { status: { traffic: names.map((revisionName) => ({ revisionName })) } },
  );
const revision = serving('Revision', {
  name: 'a-00001',
  ownerReferences: ownedBy('Configuration'),
});
const config = (labels: Record<string, string> = {}): KObject =>
  serving('Configuration', { resourceVersion: 'v1', labels });
const labelled = { 'serving.knative.dev/route': 'r' };

const run = (...objects: KObject[]): Promise<Output> =>
  reconcileOnce(buildLabeler, { objects, key: 'foo/r' });

test('steady state: a label that is there is not written again', async () => {
  const { patches, error } = await run(
    route('a-00001'),
    revision,
    config(labelled),
  );
  assert.deepEqual([patches, error], [[], null]);
});

test('delete route: the label goes from whoever carries it', async () => {
  const { patches } = await run(config(labelled));
  assert.deepEqual(
    patches.map(({ patch }) => patch),
    [
      {
        metadata: {
          labels: { 'serving.knative.dev/route': null },
          resourceVersion: 'v1',
        },
      },
    ],
  );
});

test('missing revision: the error names it', async () => {
  const { error } = await run(route('a-00001'), config());
  assert.equal(error, 'revision.serving.knative.dev "a-00001" not found');
});

test('missing configuration: the error names it', async () => {
  const { error } = await run(route('a-00001'), revision);
  assert.equal(error, 'configuration.serving.knative.dev "a" not found');
});

test('a revision that no Configuration controls gets no label written', async () => {
  const orphan = serving('Revision', { name: 'a-00001' });
  const { patches, error } = await run(route('a-00001'), orphan, config());
  assert.deepEqual([patches, error], [[], null]);
});
