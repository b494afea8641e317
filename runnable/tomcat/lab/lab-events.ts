/**
 * What the lab's endpoints tell of their callbacks: one line each, in words
 * that a recorded run of Tomcat can be compared with.
 */
import { javaToString } from '../websocket/java-to-string.ts';
import type { CloseReason, Extension } from '../websocket/javax.ts';
import { extensionHeader } from '../websocket/extension-header.ts';

/** Takes the lines. */
export type EventSink = (line: string) => void;

/** At most 60 characters of a text, and its length if there are more. */
export function shortened(text: string): string {
  return text.length > 60
    ? `${text.slice(0, 60)}...(${String(text.length)})`
    : text;
}

/** The first 32 bytes as hexadecimal digits, and how many there are. */
export function hex(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes.subarray(0, 32)) {
    digits += byte.toString(16).padStart(2, '0');
  }
  return `${digits}(${String(bytes.length)})`;
}

/** `onClose 1000 'reason'`, or `null` without one. */
export function closeLine({ code, reason }: CloseReason): string {
  const text = reason === undefined ? 'null' : `'${reason}'`;
  return `onClose ${String(code)} ${text}`;
}

/** As Java concatenates it: a missing message is the word `null`. */
export function errorLine(error: Error): string {
  const text = javaToString(error);
  return `onError ${error.message === '' ? `${text}: null` : text}`;
}

/** Maps as Java prints them, names in order: `{a=[1, 2], b=[3]}`. */
export function javaMap(
  map: ReadonlyMap<string, string | readonly string[]>,
): string {
  const names = [...map.keys()].sort();
  const items = names.map((name) => {
    const value = map.get(name) ?? '';
    const text = typeof value === 'string' ? value : `[${value.join(', ')}]`;
    return `${name}=${text}`;
  });
  return `{${items.join(', ')}}`;
}

/** Extensions as they stand in the header, in brackets. */
export function extensionList(extensions: readonly Extension[]): string {
  return `[${extensions.map((one) => extensionHeader([one])).join(', ')}]`;
}
