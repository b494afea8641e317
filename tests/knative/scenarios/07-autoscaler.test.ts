import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenario as panic } from '../../../runnable/scenarios/knative/07-autoscaler/panic.ts';
import { scenario as restart } from '../../../runnable/scenarios/knative/07-autoscaler/restart.ts';
import { scenario as silentPod } from '../../../runnable/scenarios/knative/07-autoscaler/silent-pod.ts';
import { scenario as toZero } from '../../../runnable/scenarios/knative/07-autoscaler/to-zero.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../../src/ports/ports.ts';

interface Change {
  readonly second: number;
  readonly value: unknown;
}

/** What a run ends with, and how a watched value changed before. */
async function play(
  scenario: Scenario,
  watched: string,
): Promise<{ readonly result: unknown; readonly changes: Change[] }> {
  const changes: Change[] = [];
  let look = (): void => undefined;
  const sim = new Sim({
    seed: scenario.seed,
    observer: {
      place: () => undefined,
      describe: () => '',
      spawn: (_name, body) => body(),
      emit: () => {
        look();
        return 1;
      },
    },
  });
  const start = sim.now();
  const run = scenario.begin(sim, ports);
  const value = run.view?.watched?.find(({ name }) => name === watched);
  look = () => {
    const now = value?.read();
    if (changes.at(-1)?.value === now) return;
    changes.push({
      second: Math.floor((sim.now() - start) / 1000),
      value: now,
    });
  };
  const result = await sim.run(() => run.main());
  return { result, changes };
}

test('to-zero takes the last pod two minutes after the last request began', async () => {
  const { result, changes } = await play(toZero, 'replicas');
  assert.deepEqual(result, { active: 'False', replicas: 0 });
  assert.deepEqual(changes.at(-1), { second: 120, value: 0 });
});

test('panic only grows for a minute, and then lets go at once', async () => {
  const { result, changes } = await play(panic, 'replicas');
  assert.deepEqual(result, { mode: 'stable', replicas: 1 });
  assert.deepEqual(
    changes.map(({ value }) => value),
    [1, 4, 5, 6, 7, 1],
  );
  assert.equal(changes.at(-1)?.second, 104);
});

test('restart makes one pod of five until there is something to go by', async () => {
  const { changes } = await play(restart, 'replicas');
  const values = changes.map(({ value }) => value);
  assert.deepEqual(values, [1, 4, 5, 1, 3, 4, 5]);
  assert.equal(changes[3]?.second, 31);
});

test('silent-pod takes away the pod that nobody hears, and misses it', async () => {
  const { changes } = await play(silentPod, 'replicas');
  const values = changes.map(({ value }) => value);
  assert.deepEqual(values, [1, 2, 1, 2]);
});
