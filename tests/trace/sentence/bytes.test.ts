import assert from 'node:assert/strict';
import { describe as suite, it } from 'node:test';
import { describe } from '../../../src/trace/sentence/bytes.ts';

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

suite('describe()', () => {
  it('names only the headers that tell nothing', () => {
    const head =
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nDate: now\r\n\r\n';
    const { summary, line } = describe(new TextEncoder().encode(head));
    assert.equal(summary, '`HTTP/1.1 101 Switching Protocols`');
    assert.deepEqual(line, {
      field: `${String(head.length)} bytes:`,
      after: 'HTTP/1.1 101 Switching Protocols · Upgrade: websocket · Date',
    });
  });

  it('undoes the mask of a frame', () => {
    const { summary, line } = describe(bytes('8185 37fa213d 7f9f4d5158'));
    assert.equal(summary, 'a text frame with `Hello`');
    assert.deepEqual(line, {
      field: '81 85 37 fa 21 3d 7f 9f 4d 51 58',
      after: 'fin 1, opcode 1 (text), masked, 5 bytes: "Hello"',
    });
  });

  it('reads the code of a close frame', () => {
    const { summary, line } = describe(bytes('88 02 03 e8'));
    assert.equal(summary, 'a close frame with code 1000');
    assert.equal(line.after, 'fin 1, opcode 8 (close), 2 bytes: code 1000');
  });

  it('reads extended lengths and says what is compressed', () => {
    const long = describe(bytes(`82 7e 0080 ${'00'.repeat(128)}`));
    assert.match(long.line.after, /opcode 2 \(binary\), 128 bytes$/u);
    const packed = describe(bytes('c1 02 aa bb'));
    assert.match(packed.line.after, /rsv1, 2 bytes$/u);
  });

  it('falls back to a number of bytes', () => {
    assert.equal(describe(bytes('ff 00 01')).summary, '3 bytes');
  });
});
