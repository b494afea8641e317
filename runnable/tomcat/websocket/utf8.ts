/**
 * Text to bytes, as Java's `String.getBytes` and its encoder do it.
 */
import { IllegalArgumentException } from '../java/exceptions.ts';

const encoder = new TextEncoder();

const halfPair =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Half a surrogate pair becomes a question mark, as in Java. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text.replace(halfPair, '?'));
}

/**
 * @throws {IllegalArgumentException} when `text` holds half a surrogate pair,
 *   which has no UTF-8
 */
export function checkEncodable(text: string): void {
  if (text.search(halfPair) >= 0) {
    throw new IllegalArgumentException('MALFORMED[1]');
  }
}

/**
 * Encodes whole characters from `start` on, as many as fit into `target`.
 *
 * @returns how many UTF-16 units were read and how many bytes were written
 */
export function encodeInto(
  text: string,
  start: number,
  target: Uint8Array,
): { readonly read: number; readonly written: number } {
  return encoder.encodeInto(text.slice(start, start + target.length), target);
}
