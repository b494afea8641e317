/**
 * Messages that are refused: too long for whoever takes them, or no text.
 */
import { CloseReason, NOT_CONSISTENT, TOO_BIG } from './javax.ts';
import { grouped } from './util.ts';
import { WsIOException } from './ws-io-exception.ts';

/** A refusal with code 1007. */
export function invalidUtf8(): WsIOException {
  return new WsIOException(
    new CloseReason(
      NOT_CONSISTENT,
      'A WebSocket text frame was received that could not be decoded to UTF-8 because it contained invalid byte sequences',
    ),
  );
}

/** A refusal with code 1009: whoever takes no parts has one buffer. */
export function textTooBig(): WsIOException {
  return new WsIOException(
    new CloseReason(
      TOO_BIG,
      'The decoded text message was too big for the output buffer and the endpoint does not support partial messages',
    ),
  );
}

/**
 * Compares a message with its handler's own limit.
 *
 * @throws {WsIOException} 1009 for more than the handler takes
 */
export function checkSize(size: number, limit: number): void {
  if (limit < 0 || size <= limit) return;
  throw new WsIOException(
    new CloseReason(
      TOO_BIG,
      `The message was [${grouped(size)}] bytes long but the MessageHandler has a limit of [${grouped(limit)}] bytes`,
    ),
  );
}
