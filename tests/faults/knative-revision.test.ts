import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashingRevisionRun } from './knative-revision-run.ts';

test('a restart after any write ends in the same Revision', async (t) => {
  const undisturbed = await new CrashingRevisionRun(Infinity).run();
  const kinds = new Set(undisturbed.written);
  assert.deepEqual([...kinds].sort(), [
    'create Deployment',
    'create Image',
    'create PodAutoscaler',
    'create core/Service',
    'update Deployment',
    'update core/Service',
    'updateStatus Revision',
  ]);
  assert.deepEqual(undisturbed.left, []);
  for (const [i, write] of undisturbed.written.entries()) {
    await t.test(`after write ${i + 1}, ${write}`, async () => {
      const { served, left } = await new CrashingRevisionRun(i + 1).run();
      assert.deepEqual(served, undisturbed.served);
      assert.deepEqual(left, undisturbed.left);
    });
  }
});
