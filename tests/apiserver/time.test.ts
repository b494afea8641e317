import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatTime, parseTime } from '../../runnable/apiserver/time.ts';

const seconds = fc.integer({
  min: Date.UTC(1, 0, 1) / 1000,
  max: Date.UTC(9999, 11, 31) / 1000,
});

test('formatTime() and parseTime() agree with the calendar of Date', () => {
  fc.assert(
    fc.property(seconds, (second) => {
      const text = formatTime(second * 1000 + 999);
      const date = new Date(second * 1000).toISOString();
      assert.equal(text, date.replace('.000Z', 'Z'));
      assert.equal(parseTime(text), second * 1000);
    }),
  );
});

test('parseTime() reads fractions and offsets', () => {
  assert.equal(parseTime('1970-01-01T00:00:01.25Z'), 1250);
  assert.equal(parseTime('1970-01-01T01:00:00+01:00'), 0);
  assert.equal(parseTime('1969-12-31T23:30:00-00:30'), 0);
});

test('parseTime() refuses anything else', () => {
  for (const text of ['', 'now', '1970-01-01', '1970-01-01T00:00:00']) {
    assert.throws(() => parseTime(text), SyntaxError);
  }
});
