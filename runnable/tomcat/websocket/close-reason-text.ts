/**
 * Fits a close reason into a close frame.
 */
import { RuntimeException } from '../java/exceptions.ts';
import { utf8 } from './utf8.ts';

/** A text was asked for a part that it does not have. */
class StringIndexOutOfBoundsException extends RuntimeException {
  override name = 'StringIndexOutOfBoundsException';
  override readonly javaName = 'java.lang.StringIndexOutOfBoundsException';
}

/** 125 bytes less two for the code. */
const MAX_REASON = 123;

/** U+2026, three bytes that say that something is missing. */
const ELLIPSIS = '\u2026';

/**
 * The bytes of a reason: all of it, or as much as leaves room for an ellipsis.
 *
 * It counts Java chars, not characters: half a surrogate pair is encoded as a
 * question mark, so a long reason of emoji becomes a row of them, or runs out
 * of chars before it runs out of room.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsSession.java WsSession.appendCloseReasonWithTruncation
 * @throws {RuntimeException} as upstream does, when the chars run out
 */
export function appendCloseReasonWithTruncation(reason: string): Uint8Array {
  const bytes = utf8(reason);
  if (bytes.length <= MAX_REASON) return bytes;
  const kept: number[] = [];
  const room = MAX_REASON - utf8(ELLIPSIS).length;
  for (let at = 0; ; at++) {
    if (at >= reason.length) {
      throw new StringIndexOutOfBoundsException(
        `begin ${String(at)}, end ${String(at + 1)}, length ${String(reason.length)}`,
      );
    }
    const next = utf8(reason.charAt(at));
    if (kept.length + next.length > room) break;
    kept.push(...next);
  }
  return Uint8Array.from([...kept, ...utf8(ELLIPSIS)]);
}
