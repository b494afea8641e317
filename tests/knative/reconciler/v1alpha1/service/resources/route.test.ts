import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceSpec } from '../../../../../../runnable/knative/apis/serving/v1alpha1/service-types.ts';
import { makeConfiguration } from '../../../../../../runnable/knative/reconciler/v1alpha1/service/resources/configuration.ts';
import { makeRoute } from '../../../../../../runnable/knative/reconciler/v1alpha1/service/resources/route.ts';

const service = (spec: ServiceSpec, labels = {}) => ({
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Service',
  metadata: { name: 'svc', namespace: 'foo', uid: 'uid-s1', labels },
  spec,
});
const configuration = {
  revisionTemplate: { spec: { container: { image: 'busybox' } } },
};

test('TestRouteRunLatest: everything goes to the Configuration', () => {
  const route = makeRoute(service({ runLatest: { configuration } }));
  assert.deepEqual(route.spec?.traffic, [
    { configurationName: 'svc', percent: 100 },
  ]);
});

test('TestRoutePinned: everything goes to the pinned Revision', () => {
  const route = makeRoute(
    service({ pinned: { configuration, revisionName: 'svc-00001' } }),
  );
  assert.deepEqual(route.spec?.traffic, [
    { revisionName: 'svc-00001', percent: 100 },
  ]);
});

test('TestRouteReleaseSingleRevision: current gets what is not rolled out', () => {
  const release = { configuration, revisions: ['svc-00001'] };
  assert.deepEqual(makeRoute(service({ release })).spec?.traffic, [
    { name: 'current', revisionName: 'svc-00001', percent: 100 },
    { name: 'latest', configurationName: 'svc', percent: 0 },
  ]);
});

test('TestRouteReleaseTwoRevisions: the candidate gets its share', () => {
  const revisions = ['svc-00001', 'svc-00002'];
  const release = { configuration, revisions, rolloutPercent: 13 };
  assert.deepEqual(makeRoute(service({ release })).spec?.traffic, [
    { name: 'current', revisionName: 'svc-00001', percent: 87 },
    { name: 'candidate', revisionName: 'svc-00002', percent: 13 },
    { name: 'latest', configurationName: 'svc', percent: 0 },
  ]);
});

test('TestRouteLatestRevisionSplit: @latest stands for the Configuration', () => {
  const revisions = ['svc-00001', '@latest'];
  const release = { configuration, revisions, rolloutPercent: 42 };
  assert.deepEqual(makeRoute(service({ release })).spec?.traffic, [
    { name: 'current', revisionName: 'svc-00001', percent: 58 },
    { name: 'candidate', configurationName: 'svc', percent: 42 },
    { name: 'latest', configurationName: 'svc', percent: 0 },
  ]);
});

test('makeRoute() asks release first, makeConfiguration() runLatest', () => {
  const spec: ServiceSpec = {
    runLatest: { configuration },
    release: { revisions: ['svc-00001'] },
  };
  const [first] = makeRoute(service(spec)).spec?.traffic ?? [];
  assert.equal(first?.revisionName, 'svc-00001');
  assert.deepEqual(makeConfiguration(service(spec)).spec, configuration);
});

test('TestMalformedRoute: a Service without a mode gets no children', () => {
  for (const spec of [{}, { manual: {} }]) {
    assert.throws(
      () => makeRoute(service(spec)),
      /^Error: malformed Service: MakeRoute requires one of runLatest/,
    );
    assert.throws(
      () => makeConfiguration(service(spec)),
      /^Error: malformed Service: MakeConfiguration requires one of runLatest/,
    );
  }
});

test('children carry the labels of the Service, which win', () => {
  const labels = { app: 'a', 'serving.knative.dev/service': 'other' };
  const made = makeConfiguration(service({ runLatest: {} }, labels));
  assert.deepEqual(made.metadata.labels, labels);
  assert.deepEqual(made.metadata.ownerReferences, [
    {
      apiVersion: 'serving.knative.dev/v1alpha1',
      kind: 'Service',
      name: 'svc',
      uid: 'uid-s1',
      controller: true,
      blockOwnerDeletion: true,
    },
  ]);
});
