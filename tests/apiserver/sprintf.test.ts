import assert from 'node:assert/strict';
import test from 'node:test';
import { sprintf } from '../../runnable/apiserver/sprintf.ts';

/** What Go prints for the same call. */
const cases: readonly [string, string, ...unknown[]][] = [
  ['plain', 'plain'],
  ['a b', '%s %v', 'a', 'b'],
  ['"a \\"b\\""', '%q', 'a "b"'],
  ['["a" "b"]', '%q', ['a', 'b']],
  ['7 of 12', '%d of %d', 7, 12],
  ['true', '%t', true],
  ['[1 2]', '%v', [1, 2]],
  ['map[a:1 b:x]', '%v', { b: 'x', a: 1 }],
  ['it failed', '%v', new Error('it failed')],
  ['<nil>', '%v', undefined],
  ['00012|ab   |   ab', '%05d|%-5s|%5s', 12, 'ab', 'ab'],
  ['1.50 ff', '%.2f %x', 1.5, 255],
  ['100%', '100%%'],
  ['string int', '%T %T', 'a', 1],
  ['%!s(MISSING)', '%s'],
  ['a%!(EXTRA string=b)', '%s', 'a', 'b'],
];

for (const [expected, format, ...args] of cases) {
  test(`sprintf() prints ${expected}`, () => {
    assert.equal(sprintf(format, ...args), expected);
  });
}
