import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashingRun } from './knative-run.ts';

test('a restart after any write ends in the same objects', async (t) => {
  const undisturbed = await new CrashingRun(Infinity).run();
  const kinds = new Set(undisturbed.written);
  assert.deepEqual([...kinds].sort(), [
    'create ClusterIngress',
    'create Configuration',
    'create Revision',
    'create Route',
    'create core/Service',
    'deleteCollection ClusterIngress',
    'patch Configuration',
    'patch Revision',
    'patch Route',
    'update ClusterIngress',
    'update Configuration',
    'update Route',
    'updateStatus Configuration',
    'updateStatus Route',
    'updateStatus Service',
  ]);
  assert.deepEqual(undisturbed.left, []);
  for (const [i, write] of undisturbed.written.entries()) {
    await t.test(`after write ${i + 1}, ${write}`, async () => {
      const { served, left } = await new CrashingRun(i + 1).run();
      assert.deepEqual(served, undisturbed.served);
      assert.deepEqual(left, undisturbed.left);
    });
  }
});
