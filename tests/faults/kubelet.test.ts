import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultyRun } from './kubelet-run.ts';

const runs = 500;
/** So many at the same time: waiting for one another costs most of it. */
const together = 25;

test('the kubelet keeps its promises whatever goes wrong', async () => {
  for (let first = 1; first <= runs; first += together) {
    const seeds = Array.from({ length: together }, (_, i) => first + i);
    const found = await Promise.all(
      seeds.map(async (seed) => {
        const violations = await new FaultyRun(seed).run();
        return violations.map((what) => `seed ${seed}: ${what}`);
      }),
    );
    assert.deepEqual(found.flat(), []);
  }
});
