/**
 * Autobahn's section 6: text that is UTF-8, and text that is not. The list
 * from 6.5 on is Markus Kuhn's stress test.
 */
import { fails, judge, octets, passes, text } from './autobahn.ts';
import type { AutobahnCase } from './autobahn.ts';
import { frame } from './frames.ts';

const cases: AutobahnCase[] = [];
const more = { fin: false };
const bytes = (digits: string): Buffer =>
  Buffer.from(digits.replaceAll(' ', ''), 'hex');

/** A fragment for each octet. */
const fragments = (payload: Buffer): Buffer[] =>
  octets(payload).map((octet, index) =>
    frame(index === 0 ? 1 : 0, octet, { fin: index === payload.length - 1 }),
  );

const middle = Buffer.from('middle frame payload');
const valid = Buffer.from('Hello-µ@ßöäüàá-UTF-8!!');
const kosme = bytes('ce ba e1 bd b9 cf 83 ce bc ce b5');
const invalid = Buffer.concat([
  kosme,
  bytes('ed a0 80'),
  Buffer.from('edited'),
]);
const tooHigh = bytes('f4 90 80 80');
const tail = Buffer.from('edited');
cases.push(
  passes('6.1.1', 'an empty text', [frame(1)], [text('')]),
  passes(
    '6.1.2',
    'three empty fragments',
    [frame(1, '', more), frame(0, '', more), frame(0)],
    [text('')],
  ),
  passes(
    '6.1.3',
    'text between two empty fragments',
    [frame(1, '', more), frame(0, middle, more), frame(0)],
    [text(middle)],
  ),
  passes('6.2.1', 'valid in one frame', [frame(1, valid)], [text(valid)]),
  passes(
    '6.2.2',
    'valid in two frames',
    [frame(1, valid.subarray(0, 12), more), frame(0, valid.subarray(12))],
    [text(valid)],
  ),
  passes('6.2.3', 'valid by octets', fragments(valid), [text(valid)]),
  passes('6.2.4', 'valid, three bytes a character', fragments(kosme), [
    text(kosme),
  ]),
  fails('6.3.1', 'invalid in one frame', [frame(1, invalid)], 1007),
  fails('6.3.2', 'invalid by octets', fragments(invalid), 1007),
  // The message is never finished: who waits for its end does not answer.
  fails(
    '6.4.1',
    'invalid in the second of three fragments',
    [frame(1, kosme, more), frame(0, tooHigh, more)],
    1007,
  ),
  fails(
    '6.4.2',
    'the octet that makes it invalid comes second',
    [
      frame(1, Buffer.concat([kosme, tooHigh.subarray(0, 1)]), more),
      frame(0, tooHigh.subarray(1, 2), more),
    ],
    1007,
  ),
  fails(
    '6.4.3',
    'invalid in the middle of a frame that never ends',
    [frame(1, Buffer.concat([kosme, tooHigh, tail])).subarray(0, 6 + 15)],
    1007,
  ),
  fails(
    '6.4.4',
    'the second octet of a sequence makes it invalid',
    [
      frame(1, Buffer.concat([kosme, tooHigh, tail])).subarray(0, 6 + 12),
      frame(1, Buffer.concat([kosme, tooHigh, tail])).subarray(18, 19),
    ],
    1007,
  ),
);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const lonely = (from: number, to: number): Buffer =>
  Buffer.from(range(from, to).flatMap((byte) => [byte, 0x20]));
const cutShort = [
  'c0',
  'e0 80',
  'f0 80 80',
  'f8 80 80 80',
  'fc 80 80 80 80',
  'df',
  'ef bf',
  'f7 bf bf',
  'fb bf bf bf',
  'fd bf bf bf bf',
].map(bytes);
const surrogates = [
  'a0 80',
  'ad bf',
  'ae 80',
  'af bf',
  'b0 80',
  'be 80',
  'bf bf',
];
const pairs = [
  'a0 80 b0 80',
  'a0 80 bf bf',
  'ad bf b0 80',
  'ad bf bf bf',
  'ae 80 b0 80',
  'ae 80 bf bf',
  'af bf b0 80',
  'af bf bf bf',
].map((four) => `ed ${four.slice(0, 5)} ed ${four.slice(6)}`);
const continuations = [
  '80',
  'bf',
  '80bf',
  '80bf80',
  '80bf80bf',
  '80bf80bf80',
  '80bf80bf80bf',
];

/** Section by section: what is valid, and what is not. */
const sections: readonly [
  number,
  string,
  readonly Buffer[],
  'valid' | 'invalid',
][] = [
  [
    5,
    'some valid text',
    [
      ...['24', 'c2 a2', 'e2 82 ac', 'f0 a4 ad a2'].map((one) =>
        Buffer.concat([Buffer.from('hello'), bytes(one), Buffer.from('world')]),
      ),
      kosme,
    ],
    'valid',
  ],
  [
    7,
    'first of a length',
    ['00', 'c2 80', 'e0 a0 80', 'f0 90 80 80'].map(bytes),
    'valid',
  ],
  [
    8,
    'first of five and six',
    ['f8 88 80 80 80', 'fc 84 80 80 80 80'].map(bytes),
    'invalid',
  ],
  [
    9,
    'last of a length',
    ['7f', 'df bf', 'ef bf bf', 'f4 8f bf bf'].map(bytes),
    'valid',
  ],
  [
    10,
    'last beyond',
    ['f7 bf bf bf', 'fb bf bf bf bf', 'fd bf bf bf bf bf'].map(bytes),
    'invalid',
  ],
  [
    11,
    'other borders',
    ['ed 9f bf', 'ee 80 80', 'ef bf bd', 'f4 8f bf bf'].map(bytes),
    'valid',
  ],
  [
    12,
    'unexpected continuations',
    [...continuations.map(bytes), Buffer.from(range(0x80, 0xbf))],
    'invalid',
  ],
  [
    13,
    'lonely starts',
    [
      lonely(0xc0, 0xdf),
      lonely(0xe0, 0xef),
      lonely(0xf0, 0xf7),
      lonely(0xf8, 0xfb),
      lonely(0xfc, 0xfd),
    ],
    'invalid',
  ],
  [14, 'cut short', cutShort, 'invalid'],
  [15, 'all that is cut short', [Buffer.concat(cutShort)], 'invalid'],
  [16, 'impossible bytes', ['fe', 'ff', 'fe fe ff ff'].map(bytes), 'invalid'],
  [
    17,
    'a slash too long',
    [
      'c0 af',
      'e0 80 af',
      'f0 80 80 af',
      'f8 80 80 80 af',
      'fc 80 80 80 80 af',
    ].map(bytes),
    'invalid',
  ],
  [
    18,
    'the highest too long',
    [
      'c1 bf',
      'e0 9f bf',
      'f0 8f bf bf',
      'f8 87 bf bf bf',
      'fc 83 bf bf bf bf',
    ].map(bytes),
    'invalid',
  ],
  [
    19,
    'zero too long',
    [
      'c0 80',
      'e0 80 80',
      'f0 80 80 80',
      'f8 80 80 80 80',
      'fc 80 80 80 80 80',
    ].map(bytes),
    'invalid',
  ],
  [
    20,
    'single surrogates',
    surrogates.map((two) => bytes(`ed ${two}`)),
    'invalid',
  ],
  [21, 'paired surrogates', pairs.map(bytes), 'invalid'],
  [
    22,
    'noncharacters',
    range(0, 16).flatMap((plane) =>
      [0xfffe, 0xffff].map((low) =>
        Buffer.from(String.fromCodePoint(plane * 0x1_0000 + low)),
      ),
    ),
    'valid',
  ],
  [
    23,
    'specials',
    range(0xfff9, 0xffff).map((code) =>
      Buffer.from(String.fromCodePoint(code)),
    ),
    'valid',
  ],
];
for (const [section, about, payloads, verdict] of sections) {
  for (const [index, payload] of payloads.entries()) {
    const id = `6.${section}.${index + 1}`;
    cases.push(
      verdict === 'valid'
        ? passes(id, about, [frame(1, payload)], [text(payload)])
        : fails(id, about, [frame(1, payload)], 1007),
    );
  }
}
cases.push(fails('6.11.5', 'above the last border', [frame(1, tooHigh)], 1007));

/** 6.6: only at the end of a character is a prefix text. */
const ends = new Set([2, 5, 7, 9, 11]);
for (const length of range(1, kosme.length)) {
  const prefix = kosme.subarray(0, length);
  const id = `6.6.${length}`;
  cases.push(
    ends.has(length)
      ? passes(id, 'a whole prefix', [frame(1, prefix)], [text(prefix)])
      : fails(id, 'a prefix that is cut', [frame(1, prefix)], 1007),
  );
}

for (const each of cases) judge(each);
