/**
 * Decodes UTF-8 piece by piece and finds a fault at the first byte that shows
 * it, so that a peer's bad text is refused before all of it has come.
 *
 * The JDK's own decoder accepts some sequences that RFC 3629 forbids, and
 * waits for a whole character before it complains. Hence this one.
 */

export interface CoderResult {
  /** `underflow`: more bytes are wanted; `overflow`: no room for a char. */
  readonly result: 'underflow' | 'overflow' | 'error';
  /** Bytes used; those of an incomplete character are not. */
  readonly consumed: number;
  readonly chars: string;
}

/** What a lead byte asks for: the length, and the second byte's bounds. */
interface Lead {
  readonly length: 1 | 2 | 3 | 4;
  readonly low: number;
  readonly high: number;
}

function leadOf(byte: number): Lead | undefined {
  if (byte < 0x80) return { length: 1, low: 0, high: 0 };
  if (byte < 0xc2) return undefined;
  if (byte < 0xe0) return { length: 2, low: 0x80, high: 0xbf };
  if (byte === 0xe0) return { length: 3, low: 0xa0, high: 0xbf };
  if (byte === 0xed) return { length: 3, low: 0x80, high: 0x9f };
  if (byte < 0xf0) return { length: 3, low: 0x80, high: 0xbf };
  if (byte === 0xf0) return { length: 4, low: 0x90, high: 0xbf };
  if (byte < 0xf4) return { length: 4, low: 0x80, high: 0xbf };
  if (byte === 0xf4) return { length: 4, low: 0x80, high: 0x8f };
  return undefined;
}

/** Which bytes of a character are there, and whether they are legal. */
function inspect(
  bytes: Uint8Array,
  at: number,
  lead: Lead,
): 'whole' | 'partial' | 'illegal' {
  for (let index = 1; index < lead.length; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return 'partial';
    const low = index === 1 ? lead.low : 0x80;
    const high = index === 1 ? lead.high : 0xbf;
    if (byte < low || byte > high) return 'illegal';
  }
  return 'whole';
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const masks = [0x7f, 0x7f, 0x1f, 0x0f, 0x07];
  let value = (bytes[at] ?? 0) & (masks[length] ?? 0);
  for (let index = 1; index < length; index++) {
    value = (value << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  }
  return value;
}

/**
 * Decodes as much of `bytes` as is whole.
 *
 * @param room how many UTF-16 units may come out
 * @param endOfInput whether an incomplete character at the end is a fault
 * @differs keeps nothing between calls: what was not consumed is given again
 */
export function decode(
  bytes: Uint8Array,
  room: number,
  endOfInput: boolean,
): CoderResult {
  const units: number[] = [];
  let at = 0;
  let count = 0;
  const stop = (result: CoderResult['result']): CoderResult => ({
    result,
    consumed: at,
    chars: toText(units),
  });
  while (at < bytes.length) {
    const lead = leadOf(bytes[at] ?? 0);
    if (lead === undefined) return stop('error');
    const found = inspect(bytes, at, lead);
    if (found === 'illegal') return stop('error');
    if (found === 'partial') return stop(endOfInput ? 'error' : 'underflow');
    const size = lead.length === 4 ? 2 : 1;
    if (count + size > room) return stop('overflow');
    units.push(codePointAt(bytes, at, lead.length));
    count += size;
    at += lead.length;
  }
  return stop('underflow');
}

function toText(codePoints: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codePoints.length; at += 4096) {
    text += String.fromCodePoint(...codePoints.slice(at, at + 4096));
  }
  return text;
}
