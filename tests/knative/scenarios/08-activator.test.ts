import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenario as neverReady } from '../../../runnable/scenarios/knative/08-activator/never-ready.ts';
import { scenario as notYet } from '../../../runnable/scenarios/knative/08-activator/not-yet.ts';
import { scenario as overload } from '../../../runnable/scenarios/knative/08-activator/overload.ts';
import { scenario as wakeUp } from '../../../runnable/scenarios/knative/08-activator/wake-up.ts';
import type { Told } from '../../../runnable/scenarios/knative/08-activator/played.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../../src/ports/ports.ts';

interface Result {
  readonly told: readonly Told[];
  readonly active: string;
}

async function play(scenario: Scenario): Promise<Result> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports);
  return (await sim.run(() => run.main())) as Result;
}

test('wake-up answers the first request by a new pod, the second without the activator', async () => {
  const { told, active } = await play(wakeUp);
  assert.deepEqual(
    told.map(({ status, body }) => [status, body]),
    [
      [200, 'Hello Go Sample v1!'],
      [200, 'Hello Go Sample v1!'],
    ],
  );
  const [first, second] = told.map(({ after }) => after);
  assert.ok((first ?? 0) > 1750 && (second ?? 0) < 200);
  assert.equal(active, 'True');
});

test('not-yet answers when the network knows the way', async () => {
  const { told } = await play(notYet);
  assert.deepEqual(
    told.map(({ status }) => status),
    [200],
  );
  assert.ok((told[0]?.after ?? 0) > 4000);
});

test('overload refuses three of eight, when they have waited for the Revision', async () => {
  const { told } = await play(overload);
  const refused = told.filter(({ status }) => status === 503);
  assert.deepEqual(
    refused.map(({ n, body }) => [n, body]),
    [6, 7, 8].map((n) => [n, 'activator overload']),
  );
  assert.equal(told.filter(({ status }) => status === 200).length, 5);
});

test('never-ready answers 500 a minute after the last news', async () => {
  const { told, active } = await play(neverReady);
  assert.equal(told[0]?.status, 500);
  assert.match(told[0].body, /timeout waiting for the revision/);
  assert.equal(Math.floor(told[0].after / 1000), 60);
  assert.equal(active, 'Unknown');
});
