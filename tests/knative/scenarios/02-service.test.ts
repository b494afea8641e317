import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '../../../runnable/knative/apis/duck/v1alpha1/conditions-types.ts';
import type { ServiceObject } from '../../../runnable/knative/apis/serving/v1alpha1/service-types.ts';
import { scenario as conflict } from '../../../runnable/scenarios/knative/02-service/conflict.ts';
import { scenario as helloWorld } from '../../../runnable/scenarios/knative/02-service/hello-world.ts';
import { helloworld } from '../../../runnable/scenarios/knative/helloworld.ts';
import { scenario as notOwned } from '../../../runnable/scenarios/knative/02-service/not-owned.ts';
import { scenario as refused } from '../../../runnable/scenarios/knative/02-service/refused.ts';
import { scenario as update } from '../../../runnable/scenarios/knative/02-service/update.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../../src/ports/ports.ts';

async function result(
  scenario: Scenario,
  input?: unknown,
): Promise<ServiceObject> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports, input);
  return (await sim.run(() => run.main())) as ServiceObject;
}

const words = (conditions: readonly Condition[] = []): string =>
  conditions
    .map(({ type, status, reason }) =>
      [type, status, reason].filter(Boolean).join(' '),
    )
    .join(', ');

const allTrue = 'ConfigurationsReady True, Ready True, RoutesReady True';

test('hello-world ends with a Service that is Ready and has a domain', async () => {
  const { status } = await result(helloWorld);
  assert.equal(words(status?.conditions), allTrue);
  assert.equal(status?.domain, 'helloworld-go.default.example.com');
  assert.equal(status.latestReadyRevisionName, 'helloworld-go-00001');
});

test('hello-world runs a manifest of the reader, of any mode', async () => {
  const { configuration } = helloworld().spec?.runLatest ?? {};
  const manifest = (spec: object): object => ({
    ...helloworld(),
    metadata: { name: 'mine', namespace: 'elsewhere' },
    spec,
  });
  const release = { revisions: ['@latest'], configuration };
  const released = await result(helloWorld, manifest({ release }));
  assert.equal(words(released.status?.conditions), allTrue);
  assert.deepEqual(released.status?.traffic, [
    { name: 'current', percent: 100, revisionName: 'mine-00001' },
    { name: 'latest', percent: 0, revisionName: 'mine-00001' },
  ]);
  const manual = await result(helloWorld, manifest({ manual: {} }));
  assert.equal(
    words(manual.status?.conditions),
    'ConfigurationsReady Unknown Manual, Ready Unknown Manual, RoutesReady Unknown Manual',
  );
});

test('update ends Ready with the second Revision', async () => {
  const { status } = await result(update);
  assert.equal(words(status?.conditions), allTrue);
  assert.equal(status?.observedGeneration, 2);
  assert.equal(status.traffic?.[0]?.revisionName, 'helloworld-go-00002');
});

test('conflict ends with both writes in place', async () => {
  const { metadata, status } = await result(conflict);
  assert.deepEqual(metadata.labels, { team: 'green' });
  assert.equal(words(status?.conditions), allTrue);
});

test('not-owned gets through once the stranger has gone', async () => {
  const { status } = await result(notOwned);
  assert.equal(words(status?.conditions), allTrue);
});

test('refused stores nothing until the manifest makes sense', async () => {
  const end: ServiceObject & { readonly said?: readonly string[] } =
    await result(refused);
  assert.deepEqual(end.said, [
    'expected exactly one, got both: spec.manual, spec.runLatest',
    'expected 0 <= 120 <= 99: spec.release.rolloutPercent',
    'not a DNS 1035 label: [must be no more than 63 characters]: metadata.name',
  ]);
  assert.equal(end.metadata.generation, 1);
});
