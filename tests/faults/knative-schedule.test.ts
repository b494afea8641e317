import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScheduleRun } from './knative-schedule-run.ts';

const runs = 200;
/** So many at the same time: waiting for one another costs most of it. */
const together = 25;

test('five controllers converge whatever goes wrong', async () => {
  for (let first = 1; first <= runs; first += together) {
    const seeds = Array.from({ length: together }, (_, i) => first + i);
    const found = await Promise.all(
      seeds.map(async (seed) => {
        const violations = await new ScheduleRun(seed).run();
        return violations.map((what) => `seed ${seed}, not true: ${what}`);
      }),
    );
    assert.deepEqual(found.flat(), []);
  }
});
