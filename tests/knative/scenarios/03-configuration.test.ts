import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigurationObject } from '../../../runnable/knative/apis/serving/v1alpha1/configuration-types.ts';
import { scenario as badImage } from '../../../runnable/scenarios/knative/03-configuration/bad-image.ts';
import { scenario as firstRevision } from '../../../runnable/scenarios/knative/03-configuration/first-revision.ts';
import { scenario as laggingCache } from '../../../runnable/scenarios/knative/03-configuration/lagging-cache.ts';
import { scenario as secondGeneration } from '../../../runnable/scenarios/knative/03-configuration/second-generation.ts';
import { scenario as staleRevision } from '../../../runnable/scenarios/knative/03-configuration/stale-revision.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { ports } from '../../../src/ports/ports.ts';
import { openTrace } from '../../../src/trace/open.ts';

interface Result {
  readonly configuration: ConfigurationObject;
  readonly revisions: readonly string[];
}

/** What the run ends with: readiness, the two names, and all Revisions. */
async function result(scenario: Scenario): Promise<object> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports);
  const end = (await sim.run(() => run.main())) as Result;
  const { status = {} } = end.configuration;
  const short = (name = ''): string => name.replace('helloworld-go-0000', '');
  return {
    ready: status.conditions?.map(({ type, status }) => `${type} ${status}`),
    created: short(status.latestCreatedRevisionName),
    latestReady: short(status.latestReadyRevisionName),
    observed: status.observedGeneration,
    revisions: end.revisions.map(short),
  };
}

test('first-revision ends ready with the one Revision', async () => {
  assert.deepEqual(await result(firstRevision), {
    ready: ['Ready True'],
    created: '1',
    latestReady: '1',
    observed: 1,
    revisions: ['1'],
  });
});

test('second-generation ends ready with the second Revision', async () => {
  assert.deepEqual(await result(secondGeneration), {
    ready: ['Ready True'],
    created: '2',
    latestReady: '2',
    observed: 2,
    revisions: ['1', '2'],
  });
});

test('bad-image goes from the first Revision to the third', async () => {
  assert.deepEqual(await result(badImage), {
    ready: ['Ready True'],
    created: '3',
    latestReady: '3',
    observed: 3,
    revisions: ['1', '2', '3'],
  });
});

test('lagging-cache makes two Revisions of one generation', async () => {
  assert.deepEqual(await result(laggingCache), {
    ready: ['Ready True'],
    created: '1',
    latestReady: '1',
    observed: 1,
    revisions: ['1', '2'],
  });
});

test('stale-revision loses the Revision that was used, not the one that never was', async () => {
  assert.deepEqual(await result(staleRevision), {
    ready: ['Ready True'],
    created: '4',
    latestReady: '4',
    observed: 4,
    revisions: ['2', '3', '4'],
  });
});

/** The addresses of a recording's story steps, in order. */
async function stepsOf(scenario: string): Promise<string[]> {
  const chapter = 'knative/03-configuration';
  const model = openTrace(await recordScenario({ chapter, scenario }));
  return Array.from(
    { length: model.count('story') },
    (_, n) => model.step('story', n + 1).address,
  );
}

test('bad-image says that the Revision failed on every run while it has', async () => {
  const steps = await stepsOf('bad-image');
  const failed = steps.filter((at) =>
    at.startsWith('event LatestCreatedFailed'),
  );
  assert.equal(failed.length, 3);
});
