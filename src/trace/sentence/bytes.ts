/**
 * Bytes in words: HTTP heads and WebSocket frames, as far as a sentence and
 * its second line tell of them.
 */
import type { Change } from '../model.ts';

export interface Described {
  /** "a close frame with code 1000"; names in code style. */
  readonly summary: string;
  readonly line: Change;
}

const opcodes: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** Headers that are shown with their value. */
const telling = new Set([
  'host',
  'upgrade',
  'connection',
  'content-length',
  'transfer-encoding',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'location',
]);

/** What some bytes are, judged by themselves. */
export function describe(bytes: Uint8Array): Described {
  const text = latin(bytes);
  const known = isHead(text) ? head(text, bytes.length) : readFrame(bytes);
  if (known !== undefined) return known;
  const size = `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
  const shown = printable(text)
    ? JSON.stringify(text.slice(0, 80))
    : hex(bytes);
  return { summary: size, line: { field: size, after: shown } };
}

/** Whether bytes are the beginning of HTTP, or one whole frame. */
export function isMessage(bytes: Uint8Array): boolean {
  return isHead(latin(bytes)) || readFrame(bytes) !== undefined;
}

function isHead(text: string): boolean {
  return /^(?:[A-Z]{3,7} \S+ HTTP\/1|HTTP\/1\.\d )/u.test(text);
}

function head(text: string, size: number): Described {
  const [lines = '', body = ''] = text.split('\r\n\r\n', 2);
  const [first = '', ...headers] = lines.split('\r\n');
  const shown = headers.map((header) => {
    const name = header.slice(0, header.indexOf(':'));
    return telling.has(name.toLowerCase()) ? header : name;
  });
  const rest = body === '' ? [] : [JSON.stringify(body.slice(0, 80).trimEnd())];
  return {
    summary: `\`${first}\``,
    line: {
      field: `${size} bytes:`,
      after: [first, ...shown, ...rest].join(' · '),
    },
  };
}

function readFrame(bytes: Uint8Array): Described | undefined {
  const [first = 0, second = 0] = bytes;
  const opcode = first & 15;
  const name = opcodes[opcode];
  const masked = (second & 128) !== 0;
  const extended = { 126: 2, 127: 8 }[second & 127] ?? 0;
  const start = 2 + extended + (masked ? 4 : 0);
  if (name === undefined || (first & 48) !== 0) return undefined;
  if (bytes.length < start) return undefined;
  let length = extended === 0 ? second & 127 : 0;
  for (let at = 2; at < 2 + extended; at++) {
    length = length * 256 + (bytes[at] ?? 0);
  }
  if (bytes.length !== start + length) return undefined;
  const mask = masked ? bytes.slice(start - 4, start) : new Uint8Array(4);
  const payload = bytes
    .slice(start)
    .map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  // With a reserved bit set the payload is compressed.
  const packed = (first & 64) !== 0;
  const content = packed ? '' : contentOf(opcode, payload);
  const size = `${length} ${length === 1 ? 'byte' : 'bytes'}`;
  const facts = [
    `fin ${first >> 7}`,
    `opcode ${opcode} (${name})`,
    ...(packed ? ['rsv1'] : []),
    ...(masked ? ['masked'] : []),
    content === '' ? size : `${size}: ${content}`,
  ].join(', ');
  return {
    summary: summaryOf(opcode, name, content, size),
    line: { field: hex(bytes), after: facts },
  };
}

function contentOf(opcode: number, payload: Uint8Array): string {
  if (opcode !== 8) {
    const text = latin(payload);
    return printable(text) ? JSON.stringify(text.slice(0, 80)) : '';
  }
  if (payload.length < 2) return '';
  const code = (payload[0] ?? 0) * 256 + (payload[1] ?? 0);
  const reason = latin(payload.slice(2));
  return `code ${code}${reason === '' ? '' : ` ${JSON.stringify(reason)}`}`;
}

function summaryOf(
  opcode: number,
  name: string,
  content: string,
  size: string,
): string {
  if (opcode === 8) {
    return content === '' ? 'a close frame' : `a close frame with ${content}`;
  }
  const what = content === '' ? size : `\`${content.slice(1, -1)}\``;
  return `a ${name} frame with ${what}`;
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function printable(text: string): boolean {
  return text !== '' && /^[\t\n\r -~]*$/u.test(text);
}

/** The first 16 bytes in hex. */
function hex(bytes: Uint8Array): string {
  const pairs = [...bytes.slice(0, 16)].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return `${pairs.join(' ')}${bytes.length > 16 ? ' …' : ''}`;
}
