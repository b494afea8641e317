/**
 * The traffic of a Route against what the original made of it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KObject } from '../../runnable/apiserver/store.ts';
import type { TrafficTarget } from '../../runnable/knative/apis/serving/v1alpha1/route-types.ts';
import { groupTargets } from '../../runnable/knative/reconciler/v1alpha1/route/traffic/targets.ts';
import { port } from '../../src/chapter/ports/knative-traffic.ts';
import { casesOf, expand, titleOf } from './knative/cases.ts';

const namespace = 'test';

interface Conditions {
  readonly [type: string]: string;
}

const conditions = (of: Conditions): object[] =>
  Object.entries(of).map(([type, status]) => ({ type, status }));

function configuration(name: string, ready: string, status = {}): KObject {
  return expand({
    kind: 'Configuration',
    metadata: { name, namespace },
    status: { conditions: conditions({ Ready: ready }), ...status },
  });
}

function revision(name: string, of: Conditions, port?: string): KObject {
  const ports = port === undefined ? [] : [{ name: port }];
  const config = name.replace(/-revision(-\d)?$/, '-config');
  return expand({
    kind: 'Revision',
    metadata: {
      name,
      namespace,
      labels: { 'serving.knative.dev/configuration': config },
    },
    spec: { container: { ports } },
    status: { conditions: conditions(of) },
  });
}

const serving = { Ready: 'True', Active: 'True' };
const good = (name: string): KObject[] => [
  configuration(`${name}-config`, 'True', {
    latestReadyRevisionName: `${name}-revision-2`,
    latestCreatedRevisionName: `${name}-revision-2`,
  }),
  revision(`${name}-revision-1`, serving),
  revision(`${name}-revision-2`, serving, 'h2c'),
];

/** `meta.environments.traffic` of the data. */
const world: readonly KObject[] = [
  ...good('good'),
  ...good('nice'),
  configuration('inactive-config', 'True', {
    latestReadyRevisionName: 'inactive-revision',
    latestCreatedRevisionName: 'inactive-revision',
  }),
  revision('inactive-revision', { Ready: 'Unknown', Active: 'False' }),
  configuration('unready-config', 'Unknown', {
    latestCreatedRevisionName: 'unready-revision',
  }),
  revision('unready-revision', {}),
  configuration('failed-config', 'False', {
    latestCreatedRevisionName: 'failed-revision',
  }),
  revision('failed-revision', { Ready: 'False' }),
  configuration('empty-config', 'Unknown'),
];

interface Given {
  readonly specTraffic?: readonly TrafficTarget[];
  readonly 'targets[name,percent,active]'?: readonly [string, number, 0 | 1][];
}

interface Answer {
  readonly revisionTargets: readonly TrafficTarget[];
  readonly error: string | null;
}

/** What `Route.status.traffic` would say. */
function statusTraffic({ revisionTargets, error }: Answer): object {
  return {
    statusTraffic: revisionTargets.map(({ name, revisionName, percent }) => ({
      ...(name === undefined ? {} : { name }),
      revisionName,
      percent,
    })),
    error,
  };
}

for (const one of casesOf('traffic')) {
  test(`traffic: ${titleOf(one)}`, async () => {
    const given = one.given as Given;
    const groups = given['targets[name,percent,active]'];
    if (groups !== undefined) {
      const targets = groups.map(([name, percent, active]) => ({
        name,
        percent,
        active: active === 1,
      }));
      const { active, inactive } = groupTargets(targets);
      const names = (of: readonly { name: string }[]): string[] =>
        of.map(({ name }) => name);
      const found = { active: names(active), inactive: names(inactive) };
      assert.deepEqual(found, one.expect);
      return;
    }
    const { specTraffic = [] } = given;
    const document = { objects: world, namespace, traffic: specTraffic };
    const answer = (await port.answer(document)) as Answer;
    const isRoundTrip = 'statusTraffic' in (one.expect as object);
    assert.deepEqual(isRoundTrip ? statusTraffic(answer) : answer, one.expect);
  });
}
