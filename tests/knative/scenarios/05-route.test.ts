import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterIngressObject } from '../../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import type { ConfigurationObject } from '../../../runnable/knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RouteObject } from '../../../runnable/knative/apis/serving/v1alpha1/route-types.ts';
import { scenario as deletion } from '../../../runnable/scenarios/knative/05-route/deletion.ts';
import { scenario as firstTraffic } from '../../../runnable/scenarios/knative/05-route/first-traffic.ts';
import { scenario as laggingCache } from '../../../runnable/scenarios/knative/05-route/lagging-cache.ts';
import { scenario as missingRevision } from '../../../runnable/scenarios/knative/05-route/missing-revision.ts';
import { scenario as race } from '../../../runnable/scenarios/knative/05-route/race.ts';
import { scenario as release } from '../../../runnable/scenarios/knative/05-route/release.ts';
import { scenario as secondGeneration } from '../../../runnable/scenarios/knative/05-route/second-generation.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { ports } from '../../../src/ports/ports.ts';
import { openTrace } from '../../../src/trace/open.ts';

interface Result {
  readonly route?: RouteObject;
  readonly ingress?: ClusterIngressObject;
  readonly configuration?: ConfigurationObject;
}

const routeLabel = 'serving.knative.dev/route';

async function resultOf(scenario: Scenario, input?: unknown): Promise<Result> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports, input);
  return (await sim.run(() => run.main())) as Result;
}

/** Who gets which share at which host, by the first host of each rule. */
function sharesOf({ ingress }: Result): Record<string, string[]> {
  const rules = ingress?.spec?.rules ?? [];
  return Object.fromEntries(
    rules.map(({ hosts = [], http }) => [
      (hosts[0] ?? '').replace('helloworld-go.default.example.com', '*'),
      (http?.paths?.[0]?.splits ?? []).map(
        ({ serviceName, percent = 0 }) =>
          `${serviceName.replace('helloworld-go-0000', '')} ${String(percent)}`,
      ),
    ]),
  );
}

const conditionsOf = ({ route }: Result): string[] | undefined =>
  route?.status?.conditions?.map(({ type, status }) => `${type} ${status}`);

const allTrue = ['AllTrafficAssigned True', 'IngressReady True', 'Ready True'];

for (const [name, scenario, shares] of [
  ['first-traffic', firstTraffic, { '*': ['1-service 100'] }],
  ['missing-revision', missingRevision, { '*': ['2-service 100'] }],
  ['lagging-cache', laggingCache, { '*': ['1-service 100'] }],
  ['race', race, { '*': ['1-service 100'] }],
  ['second-generation', secondGeneration, { '*': ['activator-service 100'] }],
  [
    'release',
    release,
    {
      '*': ['2-service 100'],
      'current.*': ['2-service 100'],
      'latest.*': ['2-service 100'],
    },
  ],
] as const) {
  test(`${name} ends with a ready Route and its shares`, async () => {
    const result = await resultOf(scenario);
    assert.deepEqual(conditionsOf(result), allTrue);
    assert.deepEqual(sharesOf(result), shares);
    const { labels = {} } = result.configuration?.metadata ?? {};
    assert.equal(labels[routeLabel], 'helloworld-go');
  });
}

/** A Route of the reader's, called `mine`. */
const mine = (...traffic: object[]): object => ({
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Route',
  metadata: { name: 'mine' },
  spec: { traffic },
});

test('first-traffic says what is missing of a Route of the reader’s', async () => {
  const target = { revisionName: 'nobody', percent: 100 };
  const { route } = await resultOf(firstTraffic, mine(target));
  assert.deepEqual(
    route?.status?.conditions?.map(({ message }) => message),
    [
      'Revision "nobody" referenced in traffic not found.',
      undefined,
      'Revision "nobody" referenced in traffic not found.',
    ],
  );
});

test('first-traffic lets the webhook refuse shares that are not a whole', async () => {
  const target = { configurationName: 'helloworld-go', percent: 150 };
  await assert.rejects(resultOf(firstTraffic, mine(target)), {
    message: /Traffic targets sum to 150, want 100: spec\.traffic/,
  });
});

test('deletion leaves neither Route nor ClusterIngress nor label', async () => {
  const { route, ingress, configuration } = await resultOf(deletion);
  assert.equal(route, undefined);
  assert.equal(ingress, undefined);
  assert.equal(configuration?.metadata.labels?.[routeLabel], undefined);
});

test('race leaves both labels on the Configuration', async () => {
  const { configuration } = await resultOf(race);
  const { labels = {} } = configuration?.metadata ?? {};
  assert.equal(labels['team'], 'green');
  assert.equal(labels[routeLabel], 'helloworld-go');
});

/** The addresses of a recording's story steps, and when they happen. */
async function stepsOf(scenario: string): Promise<Map<string, number>> {
  const chapter = 'knative/05-route';
  const model = openTrace(await recordScenario({ chapter, scenario }));
  const steps = Array.from({ length: model.count('story') }, (_, n) =>
    model.step('story', n + 1),
  );
  return new Map(steps.map(({ address, time }) => [address, time]));
}

test('the finalizer is on the Route before the first ClusterIngress', async () => {
  const order = [...(await stepsOf('first-traffic')).keys()];
  const finalizer = order.indexOf('store.patch Route default/helloworld-go');
  const ingress = order.indexOf('store.create ClusterIngress route-uid-r1');
  assert.ok(finalizer >= 0 && finalizer < ingress);
});

test('a Route that names what is missing is not told when it appears', async () => {
  const steps = await stepsOf('missing-revision');
  const appears = 'store.create Revision default/helloworld-go-00002';
  const routed = 'store.create ClusterIngress route-uid-r1';
  assert.equal(steps.get(appears), 1003);
  assert.equal(steps.get(routed), 36_000_004);
});

test('a cache that lags makes the controller conflict with itself', async () => {
  const steps = [...(await stepsOf('lagging-cache')).keys()];
  const conflicts = steps.filter((at) => at.startsWith('store.conflict Route'));
  assert.ok(conflicts.length >= 2);
  assert.ok(steps.includes('store.create ClusterIngress route-uid-r1 #2'));
});
