import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  constants,
  createDeflateRaw,
  deflateRawSync,
  inflateRawSync,
} from 'node:zlib';
import fc from 'fast-check';
import { ports } from '../../src/ports/ports.ts';

const bytes = fc.uint8Array({ maxLength: 2000 });
const messages = fc.array(
  fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc
      .string({ minLength: 1, maxLength: 40 })
      .map((text) => new TextEncoder().encode(text.repeat(50))),
  ),
  { minLength: 1, maxLength: 6 },
);
const syncFlush = { finishFlush: constants.Z_SYNC_FLUSH };

test('sha1() and sha256() agree with the operating system’s library', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      for (const name of ['sha1', 'sha256'] as const) {
        const expected = createHash(name).update(input).digest('hex');
        assert.equal(Buffer.from(ports[name](input)).toString('hex'), expected);
      }
    }),
  );
});

test('deflate() ends each message in 00 00 ff ff, and zlib inflates them', () => {
  fc.assert(
    fc.property(messages, (given) => {
      const deflater = ports.newDeflate();
      const pieces = given.map((message) => deflater.deflate(message));
      for (const piece of pieces) {
        assert.deepEqual([...piece.slice(-4)], [0, 0, 0xff, 0xff]);
      }
      const back = inflateRawSync(Buffer.concat(pieces), syncFlush);
      assert.deepEqual(back, Buffer.concat(given));
    }),
  );
});

test('deflate() refers to the message before, until it is reset', () => {
  const deflater = ports.newDeflate();
  const message = new Uint8Array(500).map((_, index) => (index * 7919) >> 3);
  const first = deflater.deflate(message);
  const second = deflater.deflate(message);
  assert.ok(second.length < first.length / 4);
  deflater.reset();
  assert.deepEqual(deflater.deflate(message), first);
});

test('deflate() takes a message larger than its buffers', () => {
  const deflater = ports.newDeflate();
  const message = new Uint8Array(300_000).map(
    (_, index) => (index * index) >> 5,
  );
  const inflater = ports.newInflate();
  assert.deepEqual(inflater.inflate(deflater.deflate(message)), message);
});

test('deflate() gives the bytes of Java’s Deflater for a short text', () => {
  // RFC 7692, section 7.2.3.1: "Hello", then "Hello" again with its window.
  const deflater = ports.newDeflate();
  const hello = new TextEncoder().encode('Hello');
  const hex = (): string =>
    Buffer.from(deflater.deflate(hello)).toString('hex');
  assert.equal(hex(), 'f248cdc9c907000000ffff');
  assert.equal(hex(), 'f2001100000000ffff');
});

test('inflate() follows zlib’s stream piece by piece', async () => {
  const texts = ['Hello', 'Hello', 'A longer text. '.repeat(5000)];
  const stream = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
  const inflater = ports.newInflate();
  for (const text of texts) {
    stream.write(text);
    await new Promise<void>((resolve) => {
      stream.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    const piece = stream.read() as Buffer;
    let back = '';
    for (let at = 0; at < piece.length; at += 3) {
      const part = inflater.inflate(piece.subarray(at, at + 3));
      back += Buffer.from(part).toString();
    }
    assert.equal(back, text);
  }
  stream.destroy();
});

test('inflate() ignores what follows the end, until it is reset', () => {
  const whole = deflateRawSync('Hello');
  const inflater = ports.newInflate();
  assert.equal(Buffer.from(inflater.inflate(whole)).toString(), 'Hello');
  assert.equal(inflater.inflate(whole).length, 0);
  inflater.reset();
  assert.equal(Buffer.from(inflater.inflate(whole)).toString(), 'Hello');
});

test('inflate() throws when the data are not raw deflate', () => {
  const wrong = new Uint8Array([0xff, 0xff, 0xff, 0xff]);
  assert.throws(() => ports.newInflate().inflate(wrong), {
    message: /^Cannot inflate: /,
  });
});
