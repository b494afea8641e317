import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RevisionObject } from '../../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import { scenario as badImage } from '../../../runnable/scenarios/knative/04-revision/bad-image.ts';
import { scenario as build } from '../../../runnable/scenarios/knative/04-revision/build.ts';
import { scenario as crash } from '../../../runnable/scenarios/knative/04-revision/crash.ts';
import { scenario as firstRevision } from '../../../runnable/scenarios/knative/04-revision/first-revision.ts';
import { scenario as neverReady } from '../../../runnable/scenarios/knative/04-revision/never-ready.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { ports } from '../../../src/ports/ports.ts';
import { openTrace } from '../../../src/trace/open.ts';

/** Of each Revision, the conditions that a run ends with. */
async function ends(scenario: Scenario): Promise<readonly string[]> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports);
  const revisions = (await sim.run(() => run.main())) as RevisionObject[];
  return revisions.map(({ status }) =>
    (status?.conditions ?? [])
      .map(({ type, status, reason }) =>
        [type, status, reason].join(' ').trim(),
      )
      .join(', '),
  );
}

const allTrue =
  'Active True, BuildSucceeded True, ContainerHealthy True, Ready True, ResourcesAvailable True';

for (const [name, scenario] of Object.entries({
  'first-revision': firstRevision,
  build,
  'bad-image': badImage,
})) {
  test(`${name} ends ready and active`, async () => {
    assert.deepEqual(await ends(scenario), [allTrue]);
  });
}

test('crash ends with the exit code, and no deadline is heard of', async () => {
  assert.deepEqual(await ends(crash), [
    'Active Unknown Queued, BuildSucceeded True, ContainerHealthy False ExitCode1, Ready False ExitCode1, ResourcesAvailable Unknown Deploying',
  ]);
});

test('never-ready fails the Revision that is active, and not the other', async () => {
  const why = 'False ProgressDeadlineExceeded';
  assert.deepEqual(await ends(neverReady), [
    'Active Unknown Queued, BuildSucceeded True, ContainerHealthy Unknown Deploying, Ready Unknown Deploying, ResourcesAvailable Unknown Deploying',
    `Active True, BuildSucceeded True, ContainerHealthy Unknown Deploying, Ready ${why}, ResourcesAvailable ${why}`,
  ]);
});

/** The addresses of a recording's story steps, in order. */
async function stepsOf(scenario: string): Promise<string[]> {
  const chapter = 'knative/04-revision';
  const model = openTrace(await recordScenario({ chapter, scenario }));
  return Array.from(
    { length: model.count('story') },
    (_, n) => model.step('story', n + 1).address,
  );
}

test('first-revision makes what a Revision needs in the order of the phases', async () => {
  const steps = await stepsOf('first-revision');
  const made = steps
    .filter((at) => at.startsWith('store.create'))
    .map((at) => at.split(' ')[1] ?? '');
  assert.deepEqual(made, [
    ...['Revision', 'Deployment', 'Pod', 'Image', 'core/Service'],
    ...['Endpoints', 'PodAutoscaler'],
  ]);
});

test('bad-image asks again with growing pauses and writes the reason once', async () => {
  const steps = await stepsOf('bad-image');
  const untilPush = steps.slice(0, steps.indexOf('call push'));
  const count = (prefix: string): number =>
    untilPush.filter((at) => at.startsWith(prefix)).length;
  assert.equal(count('queue.addRateLimited'), 7);
  assert.equal(count('store.updateStatus Revision'), 1);
});
