/**
 * Bytes of a connection as people read them: HTTP heads as text, WebSocket
 * frames field by field with the mask undone, the rest as it is.
 */

export interface HeadPart {
  readonly kind: 'head';
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

export interface FramePart {
  readonly kind: 'frame';
  readonly start: number;
  readonly end: number;
  /** False while bytes of the frame are missing. */
  readonly complete: boolean;
  /** The two bytes that every frame begins with, as bits. */
  readonly bits: string;
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly length: number;
  /** Further bytes that hold the length: 0, 2 or 8. */
  readonly extension: Uint8Array;
  readonly key: Uint8Array;
  /** As on the wire, and with the mask undone. */
  readonly masked: Uint8Array;
  readonly payload: Uint8Array;
}

export interface RawPart {
  readonly kind: 'raw';
  readonly start: number;
  readonly end: number;
}

export type WirePart = HeadPart | FramePart | RawPart;

const opcodes: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

export function opcodeName(opcode: number): string {
  return opcodes[opcode] ?? 'reserved';
}

/** Splits what one side has written so far. */
export function partsOf(bytes: Uint8Array): WirePart[] {
  const parts: WirePart[] = [];
  let at = 0;
  while (at < bytes.length) {
    const upgraded = parts.some(
      (part) => part.kind === 'head' && isUpgrade(part),
    );
    const part = (upgraded ? frameAt(bytes, at) : headAt(bytes, at)) ?? {
      kind: 'raw' as const,
      start: at,
      end: bytes.length,
    };
    parts.push(part);
    at = part.end;
  }
  return parts;
}

function isUpgrade(head: HeadPart): boolean {
  return (
    head.lines.some((line) => /^upgrade:\s*websocket/i.test(line)) &&
    !/^HTTP\/1\.1 [^1]/.test(head.lines[0] ?? '')
  );
}

function headAt(bytes: Uint8Array, start: number): HeadPart | undefined {
  const text = latin(bytes.subarray(start));
  if (!/^(?:[A-Z]{3,8} |HTTP\/)/.test(text)) return undefined;
  const blank = text.indexOf('\r\n\r\n');
  const end = blank < 0 ? bytes.length : start + blank + 4;
  const head = blank < 0 ? text : text.slice(0, blank);
  return { kind: 'head', start, end, lines: head.split('\r\n') };
}

function frameAt(bytes: Uint8Array, start: number): FramePart | undefined {
  const first = bytes[start];
  const second = bytes[start + 1];
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  let at = start + 2;
  const extension = bytes.subarray(at, (at += extended));
  const length = extended
    ? extension.reduce((sum, byte) => sum * 256 + byte, 0)
    : short;
  const key = bytes.subarray(at, (at += second & 0x80 ? 4 : 0));
  const masked = bytes.subarray(at, at + length);
  return {
    kind: 'frame',
    start,
    end: Math.min(bytes.length, at + length),
    complete: extension.length === extended && masked.length === length,
    bits: [first, second]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(''),
    fin: first >= 0x80,
    rsv: (first >> 4) & 7,
    opcode: first & 15,
    length,
    extension,
    key,
    masked,
    payload:
      key.length === 4
        ? masked.map((byte, i) => byte ^ (key[i % 4] ?? 0))
        : masked,
  };
}

/** What a frame carries, in words: its text, its close code, or its size. */
export function summaryOf(frame: FramePart): string {
  const { opcode, payload, length, rsv } = frame;
  if (!frame.complete) return `${payload.length} of ${length} bytes so far`;
  if (rsv & 4) return `${length} bytes, compressed`;
  if (opcode === 8 && payload.length >= 2) {
    const code = (payload[0] ?? 0) * 256 + (payload[1] ?? 0);
    return `code ${code}${payload.length > 2 ? `, “${utf8(payload.subarray(2))}”` : ''}`;
  }
  if (opcode === 1 || opcode === 0) return `“${utf8(payload)}”`;
  return length === 1 ? '1 byte' : `${length} bytes`;
}

export function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A byte as the character it prints as, or a point. */
export function printed(byte: number): string {
  return byte > 32 && byte < 127
    ? String.fromCharCode(byte)
    : byte === 32
      ? '␣'
      : '·';
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < Math.min(bytes.length, 16_384); i += 1)
    text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
