import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sprintf } from '../../../runnable/knative/fmt/print.ts';

const cases: readonly [string, readonly unknown[], string][] = [
  ['Created %s %q', ['Route', 'a"b'], 'Created Route "a\\"b"'],
  ['%d%% of %05d', [7, 42], '7% of 00042'],
  ['%v', [new Error('no such thing')], 'no such thing'],
  ['%v %v', [true, undefined], 'true <nil>'],
  ['[%-4s|%4s]', ['ab', 'cd'], '[ab  |  cd]'],
  ['%.1f', [2.24], '2.2'],
  ['%q', ['\n\x01\x7fé'], '"\\n\\x01\\x7fé"'],
  ['50%-done', [], '50%!d(MISSING)one'],
  ['100%', [], '100%!(NOVERB)'],
  ['100% sure', [], '100%!s(MISSING)ure'],
  ['%s', [], '%!s(MISSING)'],
  ['done', ['left'], 'done%!(EXTRA string=left)'],
  ['%d', ['x'], '%!d(string=x)'],
];

for (const [format, args, expected] of cases) {
  test(`sprintf() formats ${JSON.stringify(format)} as Go does`, () => {
    assert.equal(sprintf(format, ...args), expected);
  });
}
