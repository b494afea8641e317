import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../../runnable/knative/time/duration.ts';

test('parseDuration() reads what Go reads', () => {
  assert.equal(parseDuration('1.5h'), 5_400_000);
  assert.equal(parseDuration('1h30m2.5s'), 5_402_500);
  assert.equal(parseDuration('-.5s'), -500);
  assert.equal(parseDuration('0'), 0);
});

test('parseDuration() refuses what Go refuses', () => {
  assert.throws(() => parseDuration('5'), /missing unit in duration 5/);
  assert.throws(() => parseDuration('5x'), /unknown unit x in duration 5x/);
  assert.throws(() => parseDuration(''), /invalid duration/);
  assert.throws(() => parseDuration('1h-3m'), /invalid duration/);
});
