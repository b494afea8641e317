/**
 * Autobahn's sections 1 to 5 and 10: sizes, pings, reserved bits and opcodes,
 * fragments.
 */
import {
  binary,
  chopped,
  fails,
  judge,
  octets,
  passes,
  pong,
  text,
} from './autobahn.ts';
import type { AutobahnCase } from './autobahn.ts';
import { frame } from './frames.ts';

const cases: AutobahnCase[] = [];

/** 1: every form that a length can have. */
for (const [index, size] of [0, 125, 126, 127, 128, 65_535, 65_536].entries()) {
  const payload = Buffer.alloc(size, '*');
  const id = index + 1;
  cases.push(
    passes(
      `1.1.${id}`,
      `text of ${size}`,
      [frame(1, payload)],
      [text(payload)],
    ),
    passes(
      `1.2.${id}`,
      `binary of ${size}`,
      [frame(2, payload)],
      [binary(payload)],
    ),
  );
}
const big = Buffer.alloc(65_536, '*');
cases.push(
  passes('1.1.8', 'text in pieces', chopped(frame(1, big), 997), [text(big)]),
  passes('1.2.8', 'binary in pieces', chopped(frame(2, big), 997), [
    binary(big),
  ]),
);

/** 2: pings and pongs. */
const raw = Buffer.from('00fffefdfcfb00ff', 'hex');
const full = Buffer.alloc(125, 0xfe);
const ten = Array.from({ length: 10 }, (_, index) => `payload-${index}`);
cases.push(
  passes('2.1', 'an empty ping', [frame(9)], [pong('')]),
  passes('2.2', 'a ping with text', [frame(9, 'Hello')], [pong('Hello')]),
  passes('2.3', 'a ping with bytes', [frame(9, raw)], [pong(raw)]),
  passes('2.4', 'a ping of 125', [frame(9, full)], [pong(full)]),
  fails('2.5', 'a ping of 126', [frame(9, Buffer.alloc(126, 0xfe))], 1002),
  passes('2.6', 'a ping of 125 by octets', octets(frame(9, full)), [
    pong(full),
  ]),
  passes('2.7', 'a pong nobody asked for', [frame(10)], []),
  passes('2.8', 'such a pong with text', [frame(10, 'unsolicited')], []),
  passes(
    '2.9',
    'a pong, then a ping',
    [frame(10, 'unsolicited'), frame(9, 'ping')],
    [pong('ping')],
  ),
  passes(
    '2.10',
    'ten pings',
    ten.map((one) => frame(9, one)),
    ten.map(pong),
  ),
  passes(
    '2.11',
    'ten pings by octets',
    ten.flatMap((one) => octets(frame(9, one))),
    ten.map(pong),
  ),
);

/** 3: reserved bits that nobody agreed on. */
const hello = frame(1, 'Hello');
const helloAgain = text('Hello');
const reserved = (rsv: number, opCode: number, payload = 'Hello') =>
  frame(opCode, payload, { rsv });
cases.push(
  fails('3.1', 'RSV 1', [reserved(1, 1)], 1002),
  fails('3.2', 'RSV 2 after a text', [hello, reserved(2, 1), frame(9)], 1002, [
    helloAgain,
  ]),
  fails(
    '3.3',
    'RSV 3 in one piece with others',
    [Buffer.concat([hello, reserved(3, 1), frame(9)])],
    1002,
    [helloAgain],
  ),
  fails(
    '3.4',
    'RSV 4 by octets',
    octets(Buffer.concat([hello, reserved(4, 1), frame(9)])),
    1002,
    [helloAgain],
  ),
  fails('3.5', 'RSV 5 on binary', [reserved(5, 2)], 1002),
  fails('3.6', 'RSV 6 on a ping', [reserved(6, 9)], 1002),
  fails('3.7', 'RSV 7 on a close', [reserved(7, 8, '\u0003è')], 1002),
);

/** 4: opcodes that nobody defined. */
for (const [section, opCodes] of [
  [1, [3, 4, 5, 6, 7]],
  [2, [11, 12, 13, 14, 15]],
] as const) {
  const [a, b, c, d, e] = opCodes;
  cases.push(
    fails(`4.${section}.1`, `opcode ${a}`, [frame(a)], 1002),
    fails(`4.${section}.2`, `opcode ${b}`, [frame(b, 'reserved')], 1002),
    fails(
      `4.${section}.3`,
      `opcode ${c} after a text`,
      [hello, frame(c), frame(9)],
      1002,
      [helloAgain],
    ),
    fails(
      `4.${section}.4`,
      `opcode ${d} in one piece with others`,
      [Buffer.concat([hello, frame(d, 'reserved'), frame(9)])],
      1002,
      [helloAgain],
    ),
    fails(
      `4.${section}.5`,
      `opcode ${e} by octets`,
      octets(Buffer.concat([hello, frame(e, 'reserved'), frame(9)])),
      1002,
      [helloAgain],
    ),
  );
}

/** 5: fragments. */
const more = { fin: false };
const first = frame(1, 'fragment1', more);
const last = frame(0, 'fragment2');
const both = text('fragment1fragment2');
const ping = frame(9, 'ping');
const stray = (fin: boolean) => frame(0, 'non-continuation payload', { fin });
const whole = frame(1, 'Hello, world!');
const five = ['fragment1', 'fragment2', 'fragment3', 'fragment4', 'fragment5'];
const fiveFrames = [
  first,
  frame(0, 'fragment2', more),
  frame(9, 'pongme 1!'),
  frame(0, 'fragment3', more),
  frame(0, 'fragment4', more),
  frame(9, 'pongme 2!'),
  frame(0, 'fragment5'),
];
const fiveHeard = [pong('pongme 1!'), pong('pongme 2!'), text(five.join(''))];
cases.push(
  fails('5.1', 'a ping in fragments', [frame(9, 'a', more), last], 1002),
  fails('5.2', 'a pong in fragments', [frame(10, 'a', more), last], 1002),
  passes(
    '5.3',
    'a text in two, in one piece',
    [Buffer.concat([first, last])],
    [both],
  ),
  passes('5.4', 'a text in two, one by one', [first, last], [both]),
  passes(
    '5.5',
    'a text in two, by octets',
    octets(Buffer.concat([first, last])),
    [both],
  ),
  passes(
    '5.6',
    'a ping between',
    [Buffer.concat([first, ping, last])],
    [pong('ping'), both],
  ),
  passes(
    '5.7',
    'a ping between, one by one',
    [first, ping, last],
    [pong('ping'), both],
  ),
  passes(
    '5.8',
    'a ping between, by octets',
    octets(Buffer.concat([first, ping, last])),
    [pong('ping'), both],
  ),
);
for (const [id, fin] of [
  [9, true],
  [12, false],
] as const) {
  const all = Buffer.concat([stray(fin), whole]);
  const about = `a continuation of nothing, fin ${fin}`;
  cases.push(
    fails(`5.${id}`, about, [all], 1002),
    fails(`5.${id + 1}`, `${about}, one by one`, [stray(fin), whole], 1002),
    fails(`5.${id + 2}`, `${about}, by octets`, octets(all), 1002),
  );
}
cases.push(
  fails(
    '5.15',
    'a continuation after the last one',
    [first, last, frame(0, 'fragment3', more), frame(1, 'fragment4')],
    1002,
    [both],
  ),
  fails(
    '5.16',
    'an unfinished continuation first',
    [stray(false), whole],
    1002,
  ),
  fails('5.17', 'a finished continuation first', [stray(true), whole], 1002),
  fails('5.18', 'a text inside a text', [first, frame(1, 'fragment2')], 1002),
  passes('5.19', 'five fragments and two pings', fiveFrames, fiveHeard),
  passes(
    '5.20',
    'five fragments and two pings in one piece',
    [Buffer.concat(fiveFrames)],
    fiveHeard,
  ),
);

/** 10: a message that the client cut into frames of 1,300. */
const cut = chopped(big, 1300);
cases.push(
  passes(
    '10.1.1',
    'a text in many fragments',
    cut.map((part, index) =>
      frame(index === 0 ? 1 : 0, part, { fin: index === cut.length - 1 }),
    ),
    [text(big)],
  ),
);

for (const each of cases) judge(each);
