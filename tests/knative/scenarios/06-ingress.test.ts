import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getCondition } from '../../../runnable/knative/apis/duck/v1alpha1/condition-set.ts';
import type { ServiceObject } from '../../../runnable/knative/apis/serving/v1alpha1/service-types.ts';
import {
  hostOf,
  helloworld,
} from '../../../runnable/scenarios/knative/helloworld.ts';
import { ControlPlane } from '../../../runnable/scenarios/knative/control-plane.ts';
import { scenario as applyToCurl } from '../../../runnable/scenarios/knative/06-ingress/apply-to-curl.ts';
import { scenario as laggingCache } from '../../../runnable/scenarios/knative/06-ingress/lagging-cache.ts';
import { scenario as lateGateway } from '../../../runnable/scenarios/knative/06-ingress/late-gateway.ts';
import { scenario as notOwned } from '../../../runnable/scenarios/knative/06-ingress/not-owned.ts';
import { loadServing } from '../../../runnable/scenarios/knative/06-ingress/ready.ts';
import { scenario as secondGeneration } from '../../../runnable/scenarios/knative/06-ingress/second-generation.ts';
import { scenario as unknownHost } from '../../../runnable/scenarios/knative/06-ingress/unknown-host.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../../src/ports/ports.ts';

interface Printed {
  readonly status: number;
  readonly text: string;
}

interface Result {
  readonly answer?: Printed;
  readonly answers?: readonly Printed[];
  readonly service?: ServiceObject;
}

async function resultOf(scenario: Scenario, input?: unknown): Promise<Result> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports, input);
  return (await sim.run(() => run.main())) as Result;
}

const answersOf = ({ answers = [] }: Result): string[] =>
  answers.map(({ status, text }) => `${String(status)} ${text}`.trim());

const readyOf = ({ service }: Result): string | undefined =>
  getCondition(service?.status, 'Ready')?.status;

test('apply-to-curl ends with the answer of the program', async () => {
  const result = await resultOf(applyToCurl);
  assert.deepEqual(result.answer, { status: 200, text: 'Hello Go Sample v1!' });
  assert.equal(readyOf(result), 'True');
});

test('apply-to-curl takes a Service of the reader', async () => {
  const service = helloworld('you');
  const metadata = { name: 'mine', namespace: 'other' };
  const { answer } = await resultOf(applyToCurl, { ...service, metadata });
  assert.deepEqual(answer, { status: 200, text: 'Hello you!' });
});

test('second-generation loses no request', async () => {
  const result = await resultOf(secondGeneration);
  assert.deepEqual(answersOf(result), [
    ...Array.from({ length: 3 }, () => '200 Hello Go Sample v1!'),
    ...Array.from({ length: 2 }, () => '200 Hello Go Sample v2!'),
  ]);
  assert.equal(readyOf(result), 'True');
});

test('no millisecond of a second generation loses a request', async () => {
  const sim = new Sim({ seed: 1 });
  const stage = new ControlPlane(sim, ports, helloworld());
  loadServing(stage);
  const statuses = await sim.run(async () => {
    await stage.startAll();
    const { service } = stage;
    assert.ok(service);
    const { spec = {} } = helloworld('Go Sample v2');
    await stage.client.services.update({ ...service, spec });
    await stage.at(1780);
    const asked: Promise<Printed>[] = [];
    for (let moment = 1780; moment < 1840; moment++) {
      await stage.at(moment);
      asked.push(
        stage
          .curl(hostOf(stage))
          .then(({ status, body }) => ({ status, text: body })),
      );
    }
    return Promise.all(asked);
  });
  assert.deepEqual([...new Set(statuses.map(({ status }) => status))], [200]);
  assert.deepEqual(
    [...new Set(statuses.map(({ text }) => text.trim()))],
    ['Hello Go Sample v1!', 'Hello Go Sample v2!'],
  );
});

test('unknown-host is answered 404 unless a VirtualService names the host', async () => {
  assert.deepEqual(answersOf(await resultOf(unknownHost)), [
    '404',
    '404',
    '200 Hello Go Sample v1!',
    '404',
  ]);
});

test('late-gateway answers 404 while the Service is Ready', async () => {
  const result = await resultOf(lateGateway);
  assert.deepEqual(answersOf(result), ['404', '200 Hello Go Sample v1!']);
  assert.equal(readyOf(result), 'True');
});

test('lagging-cache ends with one VirtualService that serves', async () => {
  const { answer } = await resultOf(laggingCache);
  assert.equal(answer?.status, 200);
});

test('not-owned answers but for half a second, and ends Ready', async () => {
  const result = await resultOf(notOwned);
  assert.deepEqual(answersOf(result), [
    '200 Hello Go Sample v1!',
    '404',
    '200 Hello Go Sample v1!',
  ]);
  assert.equal(readyOf(result), 'True');
});
