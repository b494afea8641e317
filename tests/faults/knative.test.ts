import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashingRun } from './knative-run.ts';

test('a restart after any write ends in the same objects', async (t) => {
  const undisturbed = await new CrashingRun(Infinity).run();
  const kinds = new Set(undisturbed.written);
  assert.deepEqual([...kinds].sort(), [
    'create Configuration',
    'create Revision',
    'create Route',
    'patch Configuration',
    'update Configuration',
    'updateStatus Configuration',
    'updateStatus Service',
  ]);
  for (const [i, write] of undisturbed.written.entries()) {
    await t.test(`after write ${i + 1}, ${write}`, async () => {
      const { objects } = await new CrashingRun(i + 1).run();
      assert.deepEqual(objects, undisturbed.objects);
    });
  }
});
