/**
 * Rows of upstream's TestReconcile that the recorded cases leave out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import { buildService } from '../../../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcileOnce } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Output } from '../../../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import {
  conditionsOf,
  configuration,
  eventsOf,
  ownedBy,
  serving,
  statusOf,
} from '../objects.ts';

const runLatest = { runLatest: { configuration } };
const traffic = [{ configurationName: 'a', percent: 100 }];
const labels = { 'serving.knative.dev/service': 'a' };
const child = (kind: string, fields: object, uid?: string): KObject =>
  serving(kind, { labels, ownerReferences: ownedBy('Service', uid) }, fields);
const config = child('Configuration', { spec: configuration });
const route = child('Route', { spec: { traffic } });

const run = (
  objects: KObject[],
  failures: { verb: 'create' | 'update'; resource: string }[] = [],
  key = 'foo/a',
): Promise<Output> => reconcileOnce(buildService, { objects, key, failures });

const wroteNothing = {
  creates: [],
  updates: [],
  statusUpdates: [],
  patches: [],
  deletes: [],
  events: [],
  error: null,
};

test('bad workqueue key: nothing happens, and it is not tried again', async () => {
  assert.deepEqual(await run([], [], 'too/many/parts'), wroteNothing);
});

test('key not found: nothing happens', async () => {
  assert.deepEqual(await run([], [], 'foo/not-found'), wroteNothing);
});

test('runLatest - no updates: children that are as wanted are left alone', async () => {
  const status = {
    conditions: ['ConfigurationsReady', 'Ready', 'RoutesReady'].map((type) => ({
      type,
      status: 'Unknown',
    })),
  };
  const service = serving('Service', {}, { spec: runLatest, status });
  assert.deepEqual(await run([service, config, route]), wroteNothing);
});

test('runLatest - annotations of a child are no reason to write', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const annotated = {
    ...config,
    metadata: { ...config.metadata, annotations: { a: 'b' } },
  };
  const { updates } = await run([service, annotated, route]);
  assert.deepEqual(updates, []);
});

test('runLatest - an old counter of generations is the child’s, or nobody’s', async () => {
  const counted = { ...configuration, generation: 3 };
  const wants = (spec: object): KObject =>
    serving('Service', {}, { spec: { runLatest: { configuration: spec } } });
  const has = child('Configuration', { spec: counted });
  assert.deepEqual((await run([wants(configuration), has, route])).updates, []);
  assert.deepEqual((await run([wants(counted), config, route])).updates, []);
});

test('runLatest - failure updating config: the error ends the run without an event', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const drifted = child('Configuration', { spec: {} });
  const output = await run(
    [service, drifted, route],
    [{ verb: 'update', resource: 'configurations' }],
  );
  assert.equal(output.error, 'inducing failure for update configurations');
  assert.equal(output.updates.length, 1);
  assert.deepEqual(output.events, []);
  assert.deepEqual(conditionsOf(output), [
    'ConfigurationsReady Unknown',
    'Ready Unknown',
    'RoutesReady Unknown',
  ]);
});

test('runLatest - route fails, propagate failure', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const ready = { type: 'Ready', status: 'True' };
  const failed = { type: 'Ready', status: 'False', reason: 'Why' };
  const output = await run([
    service,
    { ...config, ...{ status: { conditions: [ready] } } },
    { ...route, ...{ status: { conditions: [failed] } } },
  ]);
  assert.deepEqual(conditionsOf(output), [
    'ConfigurationsReady True',
    'Ready False Why',
    'RoutesReady False Why',
  ]);
});

test('runLatest - not owned config exists', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const foreign = child('Configuration', { spec: configuration }, 'other');
  const output = await run([service, foreign]);
  assert.equal(output.error, 'Service: "a" does not own Configuration: "a"');
  assert.deepEqual(output.events, []);
  assert.deepEqual(conditionsOf(output), [
    'ConfigurationsReady False NotOwned',
    'Ready False NotOwned',
    'RoutesReady Unknown',
  ]);
});

test('runLatest - not owned route exists', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const output = await run([
    service,
    config,
    child('Route', { spec: { traffic } }, 'other'),
  ]);
  assert.equal(output.error, 'Service: "a" does not own Route: "a"');
  assert.deepEqual(conditionsOf(output), [
    'ConfigurationsReady Unknown',
    'Ready False NotOwned',
    'RoutesReady False NotOwned',
  ]);
});

test('runLatest - correct not owned by adding owner refs', async () => {
  const before = ['ConfigurationsReady', 'Ready'].map((type) => ({
    type,
    status: 'False',
    reason: 'NotOwned',
  }));
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
  const output = await run([
    serving('Service', {}, { spec: runLatest, status: { conditions: before } }),
    { ...config, ...{ status: ready } },
    { ...route, ...{ status: { ...ready, traffic: [{ percent: 100 }] } } },
  ]);
  assert.deepEqual(conditionsOf(output), [
    'ConfigurationsReady True',
    'Ready True',
    'RoutesReady True',
  ]);
});

test('manual - what is known of the children is dropped, addresses stay', async () => {
  const service = serving(
    'Service',
    { deletionTimestamp: '2019-04-05T00:00:00Z' },
    {
      spec: { manual: {} },
      status: { domain: 'd', traffic, latestReadyRevisionName: 'a-1' },
    },
  );
  const output = await run([service]);
  assert.deepEqual(Object.keys(statusOf(output)).sort(), [
    'conditions',
    'domain',
  ]);
  assert.deepEqual(eventsOf(output), ['Normal Updated']);
});

test('a failed status write hides the error of the run', async () => {
  const service = serving('Service', {}, { spec: runLatest });
  const output = await run(
    [service],
    [
      { verb: 'create', resource: 'configurations' },
      { verb: 'update', resource: 'services' },
    ],
  );
  assert.equal(output.error, 'inducing failure for update services');
  assert.deepEqual(eventsOf(output), [
    'Warning CreationFailed',
    'Warning UpdateFailed',
  ]);
});

test('a percent sign in a child’s message comes out damaged, as upstream', async () => {
  const unknown = { type: 'Ready', status: 'Unknown', message: '50% done' };
  const output = await run([
    serving('Service', {}, { spec: runLatest }),
    { ...config, ...{ status: { conditions: [unknown] } } },
    route,
  ]);
  const [first] = statusOf(output).conditions ?? [];
  assert.equal(first?.['message'], '50%!d(MISSING)one');
});
