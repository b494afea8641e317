/**
 * Autobahn's section 7: how connections end.
 */
import { fails, judge, text } from './autobahn.ts';
import type { AutobahnCase } from './autobahn.ts';
import { closeFrame, frame } from './frames.ts';

const hello = frame(1, 'Hello');
const normal = closeFrame(1000);
const large = Buffer.alloc(256 * 1024, 'B');
const both = (...frames: readonly Buffer[]): Buffer[] => [
  Buffer.concat(frames),
];

const cases: AutobahnCase[] = [
  fails('7.1.1', 'a text, then a close', [hello, normal], 1000, [
    text('Hello'),
  ]),
  fails('7.1.2', 'two closes', both(normal, normal), 1000),
  fails('7.1.3', 'a ping after the close', both(normal, frame(9)), 1000),
  fails('7.1.4', 'a text after the close', both(normal, hello), 1000),
  fails(
    '7.1.5',
    'a close inside a fragmented text',
    both(frame(1, 'fragment1', { fin: false }), normal, frame(0, 'fragment2')),
    1000,
  ),
  fails(
    '7.1.6',
    'a large text, a close, a ping',
    [frame(1, large), normal, frame(9)],
    1000,
    [text(large)],
  ),
  fails('7.3.1', 'nothing said', [frame(8)], 1000),
  fails('7.3.2', 'a single byte', [frame(8, Buffer.of(3))], 1002),
  fails('7.3.3', 'a code', [normal], 1000),
  fails(
    '7.3.4',
    'a code and a reason',
    [closeFrame(1000, 'Hello World!')],
    1000,
  ),
  fails('7.3.5', 'a reason of 123', [closeFrame(1000, '*'.repeat(123))], 1000),
  fails('7.3.6', 'a reason of 124', [closeFrame(1000, '*'.repeat(124))], 1002),
  fails(
    '7.5.1',
    'a reason that is not UTF-8',
    [frame(8, Buffer.from('03e8cebae1bdb9cf83eda080', 'hex'))],
    1002,
  ),
];
for (const [index, code] of [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999,
].entries()) {
  cases.push(
    fails(`7.7.${index + 1}`, `code ${code}`, [closeFrame(code)], code),
  );
}
for (const [index, code] of [
  0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999,
].entries()) {
  cases.push(
    fails(`7.9.${index + 1}`, `code ${code}`, [closeFrame(code)], 1002),
  );
}
for (const [index, code] of [5000, 65_535].entries()) {
  cases.push(
    fails(`7.13.${index + 1}`, `code ${code}`, [closeFrame(code)], 1002),
  );
}

for (const each of cases) judge(each);
