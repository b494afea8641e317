/**
 * The configuration controller against what the original did.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../runnable/apiserver/store.ts';
import { formatTime } from '../../runnable/apiserver/time.ts';
import { newConfigFromConfigMap } from '../../runnable/knative/gc/config.ts';
import { buildConfiguration } from '../../runnable/knative/reconciler/testing/builds.ts';
import { isRevisionStale } from '../../runnable/knative/reconciler/v1alpha1/configuration/gc.ts';
import { port } from '../../src/chapter/ports/knative-configuration.ts';
import { faultOf } from '../../src/chapter/schema/check.ts';
import { ports } from '../../src/ports/ports.ts';
import {
  casesOf,
  configMap,
  instantOf,
  now,
  titleOf,
} from './knative/cases.ts';
import { testTable } from './knative/table.ts';

/** `meta.environments.configuration` of the data. */
const gc = (minGenerations: number): KObject =>
  configMap('config-gc', {
    'stale-revision-create-delay': '5m',
    'stale-revision-timeout': '5m',
    'stale-revision-minimum-generations': String(minGenerations),
  });

testTable(
  'configuration',
  buildConfiguration((bytes) => ports.sha256(bytes)),
  (name) => [gc(name === 'TestGCReconcile' ? 2 : 0)],
);

interface Stale {
  readonly revision: {
    readonly name: string;
    readonly created: string;
    readonly lastPinned: string | null;
  };
  readonly latestReady: string;
}

for (const one of casesOf('configuration')) {
  if (Array.isArray(one.given)) continue;
  test(`configuration: ${titleOf(one)}`, () => {
    const { revision, latestReady } = one.given as Stale;
    const { name, created, lastPinned } = revision;
    const pinned = instantOf(lastPinned ?? '');
    const stale = isRevisionStale(
      {
        apiVersion: 'serving.knative.dev/v1alpha1',
        kind: 'Revision',
        metadata: {
          name,
          creationTimestamp: formatTime(instantOf(created) ?? 0),
          annotations:
            pinned === undefined
              ? {}
              : { 'serving.knative.dev/lastPinned': String(pinned / 1000) },
        },
      },
      { latestReadyRevisionName: latestReady },
      newConfigFromConfigMap(gc(2)),
      now,
    );
    assert.deepEqual({ stale }, one.expect);
  });
}

test("the port takes what upstream's rows hold, sense or not", () => {
  const apiVersion = 'serving.knative.dev/v1alpha1';
  const metadata = { name: 'a', namespace: 'foo' };
  const template = { spec: { concurrencyModel: 'Bogus' } };
  const conditions = [{ type: 'Ready', status: 'Bad', severity: 'Error' }];
  const objects = [
    {
      ...{ apiVersion, kind: 'Configuration', metadata },
      spec: { revisionTemplate: template },
    },
    { apiVersion, kind: 'Revision', metadata, status: { conditions } },
  ];
  assert.equal(faultOf(port.schema, { objects, key: 'foo/a' }), undefined);
});
