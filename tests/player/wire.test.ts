import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  partsOf,
  summaryOf,
  type FramePart,
} from '../../src/player/draw/wire.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const upgrade = bytes(
  'GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n',
);

function framesAfter(head: Uint8Array, rest: readonly number[]): FramePart[] {
  return partsOf(new Uint8Array([...head, ...rest])).filter(
    (part) => part.kind === 'frame',
  );
}

test('partsOf() reads a head as lines and a masked frame as its text', () => {
  const [frame] = framesAfter(
    upgrade,
    [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58],
  );
  assert.ok(frame);
  assert.equal(frame.bits, '1000000110000101');
  assert.deepEqual(
    [frame.fin, frame.rsv, frame.opcode, frame.length, frame.complete],
    [true, 0, 1, 5, true],
  );
  assert.equal(summaryOf(frame), '“Hello”');
  const [head] = partsOf(upgrade);
  assert.deepEqual(head?.kind === 'head' && head.lines, [
    'GET /echo HTTP/1.1',
    'Host: a',
    'Upgrade: websocket',
  ]);
});

test('partsOf() reads lengths of two and of eight bytes', () => {
  const [two] = framesAfter(upgrade, [
    0x82,
    126,
    1,
    0,
    ...new Array<number>(256).fill(7),
  ]);
  assert.deepEqual(
    [two?.length, two?.extension.length, two?.complete],
    [256, 2, true],
  );
  const [eight] = framesAfter(upgrade, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
  assert.deepEqual([eight?.length, eight?.complete], [65_536, false]);
  assert.equal(eight && summaryOf(eight), '1 of 65536 bytes so far');
});

test('partsOf() reads a close frame’s code and reason', () => {
  const [frame] = framesAfter(upgrade, [0x88, 5, 0x03, 0xe9, ...bytes('bye')]);
  assert.equal(frame && summaryOf(frame), 'code 1001, “bye”');
});

test('partsOf() sees no frames after an answer that refuses the upgrade', () => {
  const refused = bytes('HTTP/1.1 400 \r\nUpgrade: websocket\r\n\r\n');
  assert.deepEqual(
    partsOf(new Uint8Array([...refused, 0x81, 1, 65])).map(({ kind }) => kind),
    ['head', 'raw'],
  );
});

test('partsOf() covers any bytes once, in order', () => {
  const random = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(random, fc.boolean(), (rest, upgraded) => {
      const all = new Uint8Array(upgraded ? [...upgrade, ...rest] : rest);
      let at = 0;
      for (const part of partsOf(all)) {
        assert.equal(part.start, at);
        assert.ok(part.end > part.start);
        at = part.end;
      }
      assert.equal(at, all.length);
    }),
  );
});
