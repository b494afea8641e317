/**
 * The KPA controller and its scaler against what the original did.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployments } from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type { KObject } from '../../runnable/apiserver/store.ts';
import { formatTime } from '../../runnable/apiserver/time.ts';
import { PodAutoscaler } from '../../runnable/knative/apis/autoscaling/v1alpha1/pa-types.ts';
import type { PodAutoscalerObject } from '../../runnable/knative/apis/autoscaling/v1alpha1/pa-types.ts';
import { Config } from '../../runnable/knative/autoscaler/config.ts';
import { ManualWatcher } from '../../runnable/knative/configmap/watcher.ts';
import { SugaredLogger } from '../../runnable/knative/logging/logger.ts';
import { KpaScaler } from '../../runnable/knative/reconciler/v1alpha1/autoscaling/kpa/kpa-scaler.ts';
import { makeMetric } from '../../runnable/knative/reconciler/v1alpha1/autoscaling/kpa/resources/metric.ts';
import { parseDuration } from '../../runnable/knative/time/duration.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { port } from '../../src/chapter/ports/knative-kpa.ts';
import { casesOf, configMap, now, titleOf } from './knative/cases.ts';

interface Row {
  readonly stableWindow: string;
  readonly gracePeriod: string;
  readonly replicas: number;
  readonly desired: number;
  readonly minScale: number;
  readonly maxScale: number;
  readonly paActive: string;
}

const logger = new SugaredLogger('test');
const spec = {
  serviceName: 'rev-service',
  scaleTargetRef: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'rev-deployment',
  },
};

/** `True since 5m (just over)` as conditions. */
function conditionsOf(text: string): PodAutoscalerObject['status'] {
  const match = /^(\w+)(?: since (\S+?)s?)?( \(just (over|under)\))?$/.exec(
    text.replace(/(\d+m|\d+s)$/, '$1'),
  );
  const [, status = 'Unknown', since, , over] = match ?? [];
  const ago = since === undefined ? 0 : parseDuration(withUnit(since));
  const slack = over === 'over' ? 1000 : over === 'under' ? -1000 : 0;
  const lastTransitionTime = formatTime(now - ago - slack);
  return {
    conditions: ['Active', 'Ready'].map((type) => ({
      type,
      status,
      lastTransitionTime,
    })),
  };
}

const withUnit = (text: string): string =>
  /[smh]$/.test(text) ? text : `${text}s`;

const pa = (
  fields: Partial<PodAutoscalerObject> = {},
): PodAutoscalerObject => ({
  apiVersion: 'autoscaling.internal.knative.dev/v1alpha1',
  kind: 'PodAutoscaler',
  spec,
  ...fields,
  metadata: {
    name: 'rev',
    namespace: 'default',
    generation: 1,
    labels: { 'serving.knative.dev/revision': 'rev' },
    ownerReferences: [
      {
        apiVersion: 'serving.knative.dev/v1alpha1',
        kind: 'Revision',
        name: 'rev',
        uid: 'uid-rev',
        controller: true,
      },
    ],
    ...fields.metadata,
  },
});

const deployment = (replicas: number): KObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'rev-deployment', namespace: 'default' },
    spec: { replicas },
  }) as KObject;

const endpoints = (count: number): KObject =>
  ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'rev-service', namespace: 'default' },
    subsets: [
      {
        addresses: Array.from({ length: count }, (_, index) => ({
          ip: `10.0.0.${String(index + 1)}`,
        })),
      },
    ],
  }) as KObject;

const metric = (desiredScale: number): KObject =>
  ({
    apiVersion: 'autoscaling.internal.knative.dev/v1alpha1',
    kind: 'Metric',
    metadata: { name: 'rev', namespace: 'default' },
    status: { desiredScale },
  }) as KObject;

/** Runs the scaler once, on a Deployment of so many replicas. */
async function scaleOnce(row: Row): Promise<Record<string, unknown>> {
  const sim = new Sim({ seed: 1, start: now });
  const store = new MemoryStore(sim);
  store.load(deployments, [deployment(row.replicas)]);
  const watcher = new ManualWatcher();
  const scaler = new KpaScaler(store.client(sim), logger, watcher);
  watcher.onChange(
    configMap('config-autoscaler', {
      'stable-window': row.stableWindow,
      'scale-to-zero-grace-period': row.gracePeriod,
    }),
  );
  const bounds: Record<string, string> = {};
  if (row.minScale > 0) {
    bounds['autoscaling.knative.dev/minScale'] = String(row.minScale);
  }
  if (row.maxScale > 0) {
    bounds['autoscaling.knative.dev/maxScale'] = String(row.maxScale);
  }
  const given = pa({ status: conditionsOf(row.paActive) ?? {} });
  const object = new PodAutoscaler(
    { ...given, metadata: { ...given.metadata, annotations: bounds } },
    sim.clock,
  );
  const returned = await sim.run(() => scaler.scale(object, row.desired));
  const after = store.peek<KObject & { spec: { replicas: number } }>(
    deployments,
    'default',
    'rev-deployment',
  );
  const { replicas } = after?.spec ?? { replicas: -1 };
  return { returned, replicas, scaleWritten: replicas !== row.replicas };
}

interface Targets {
  readonly targetPercentage: number;
  readonly targetDefault: number;
  readonly 'cases[containerConcurrency,targetAnnotation]': readonly (readonly [
    number,
    string | null,
  ])[];
}

function targets(given: Targets): Record<string, unknown> {
  const config = new Config({
    'container-concurrency-target-percentage': String(given.targetPercentage),
    'container-concurrency-target-default': String(given.targetDefault),
  });
  const target = given['cases[containerConcurrency,targetAnnotation]'].map(
    ([containerConcurrency, wanted]) => {
      const annotations: Record<string, string> =
        wanted === null ? {} : { 'autoscaling.knative.dev/target': wanted };
      const made = makeMetric(
        {
          metadata: { name: 'rev', annotations },
          spec: { containerConcurrency },
        },
        config,
        logger,
      );
      return made.spec.targetConcurrency;
    },
  );
  return { target };
}

describe('kpa', () => {
  for (const one of casesOf('kpa')) {
    const given = one.given as Record<string, unknown>;
    if ('paActive' in given) {
      it(titleOf(one), async () => {
        const found = await scaleOnce(one.given as Row);
        assert.deepEqual({ ...found, ...(one.expect as object) }, found);
      });
    } else if ('targetPercentage' in given) {
      it(titleOf(one), () => {
        assert.deepEqual(targets(one.given as Targets), one.expect);
      });
    }
  }
});

interface Answer {
  readonly statusUpdates: readonly PodAutoscalerObject[];
  readonly updates: readonly { readonly spec: { readonly replicas: number } }[];
  readonly events: readonly unknown[];
  readonly error: string | null;
}

const reconcile = async (
  objects: readonly KObject[],
  failures: readonly unknown[] = [],
): Promise<Answer> =>
  (await port.answer({
    objects,
    key: 'default/rev',
    failures,
    now: formatTime(now),
  })) as Answer;

const ready = (answer: Answer): unknown =>
  answer.statusUpdates
    .at(-1)
    ?.status?.conditions?.find(({ type }) => type === 'Ready');

describe('knative/kpa', () => {
  it('TestControllerSynchronizesCreatesAndDeletes/kpa-create-then-delete', async () => {
    const answer = await reconcile([
      ...[pa(), deployment(0), endpoints(1), metric(0)],
    ]);
    assert.partialDeepStrictEqual(ready(answer), { status: 'True' });
    assert.deepEqual(
      answer.updates.map(({ spec: { replicas } }) => replicas),
      [1],
    );
  });

  it('TestNoEndpoints/kpa-no-endpoints', async () => {
    const answer = await reconcile([pa(), deployment(1), metric(-1)]);
    assert.partialDeepStrictEqual(ready(answer), {
      status: 'Unknown',
      reason: 'Queued',
    });
  });

  it('TestScaleFailure/kpa-scale-failure', async () => {
    const answer = await reconcile(
      [pa(), deployment(1), endpoints(1), metric(5)],
      [{ verb: 'update', resource: 'deployments' }],
    );
    assert.equal(answer.error, 'inducing failure for update deployments');
    assert.partialDeepStrictEqual(ready(answer), { status: 'Unknown' });
  });

  it('marks a target inactive that nobody wants, and does not scale it', async () => {
    const since = formatTime(now - 61_000);
    const conditions = ['Active', 'Ready'].map((type) => ({
      type,
      status: 'True',
      lastTransitionTime: since,
    }));
    const answer = await reconcile([
      ...[pa({ status: { conditions } }), deployment(1)],
      ...[endpoints(1), metric(0)],
    ]);
    assert.deepEqual(answer.updates, []);
    assert.partialDeepStrictEqual(ready(answer), {
      status: 'False',
      reason: 'NoTraffic',
      message: 'The target is not receiving traffic.',
    });
    assert.equal(answer.statusUpdates[0]?.status?.observedGeneration, 1);
  });

  it('ignores a PodAutoscaler of another class', async () => {
    const annotations = {
      'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev',
    };
    const { metadata } = pa();
    const answer = await reconcile([
      pa({ metadata: { ...metadata, annotations } }),
      deployment(1),
    ]);
    assert.deepEqual(answer.statusUpdates, []);
    assert.equal(answer.error, null);
  });

  it('says when the target is not there, or not to be named', async () => {
    const missing = await reconcile([pa(), metric(1)]);
    assert.equal(missing.error, 'deployments.apps "rev-deployment" not found');
    const scaleTargetRef = { ...spec.scaleTargetRef, apiVersion: 'a/b/c' };
    const unnamed = await reconcile([
      pa({ spec: { ...spec, scaleTargetRef } }),
      metric(1),
    ]);
    assert.equal(unnamed.error, 'unexpected GroupVersion string: a/b/c');
  });

  it('reports a status that could not be written', async () => {
    const answer = await reconcile(
      [pa(), deployment(1), metric(1)],
      [{ verb: 'update', resource: 'podautoscalers' }],
    );
    assert.equal(answer.error, 'inducing failure for update podautoscalers');
    assert.deepEqual(answer.events, [
      {
        type: 'Warning',
        reason: 'UpdateFailed',
        message:
          'Failed to update status for PA "rev": inducing failure for update podautoscalers',
      },
    ]);
  });

  it('names the ConfigMap that cannot be read', async () => {
    const settings = { 'scale-to-zero-grace-period': '10s' };
    await assert.rejects(
      reconcile([pa(), configMap('config-autoscaler', settings)]),
      /config "config-autoscaler": scale-to-zero-grace-period must be at least 30s/,
    );
  });
});
