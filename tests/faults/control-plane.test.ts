import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashingPlane } from './control-plane-run.ts';

test('all six controllers end in the same objects after a restart', async (t) => {
  const undisturbed = await new CrashingPlane(Infinity).run();
  assert.deepEqual(undisturbed.answers, [
    'Hello Go Sample v1!\n',
    'Hello Go Sample v2!\n',
  ]);
  assert.deepEqual(undisturbed.left, []);
  for (const [i, write] of undisturbed.written.entries()) {
    await t.test(`after write ${i + 1}, ${write}`, async () => {
      const { served, answers, left } = await new CrashingPlane(i + 1).run();
      assert.deepEqual(answers, undisturbed.answers);
      assert.deepEqual(served, undisturbed.served);
      assert.deepEqual(left, undisturbed.left);
    });
  }
});
