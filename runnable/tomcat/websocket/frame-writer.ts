/**
 * Frame headers, as they are written.
 */
import type { MessagePart } from './transformation.ts';

/**
 * The header of a frame: two bytes, a longer length if it needs one, and the
 * mask if there is one.
 *
 * @param first whether the frame begins a message; others have opcode 0
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.writeHeader
 */
export function frameHeader(
  { fin, rsv, opCode }: MessagePart,
  length: number,
  first: boolean,
  mask: Uint8Array | undefined,
): Uint8Array {
  const maskBit = mask === undefined ? 0 : 0x80;
  const start = (fin ? 0x80 : 0) | (rsv << 4) | (first ? opCode : 0);
  const bytes = [start];
  if (length < 126) {
    bytes.push(maskBit | length);
  } else if (length < 65_536) {
    bytes.push(maskBit | 126, length >>> 8, length & 0xff);
  } else {
    bytes.push(maskBit | 127);
    for (let power = 7; power >= 0; power--) {
      bytes.push(Math.floor(length / 256 ** power) % 256);
    }
  }
  return Uint8Array.from([...bytes, ...(mask ?? [])]);
}

/** Applies the mask from its first byte on. */
export function maskInPlace(bytes: Uint8Array, mask: Uint8Array): void {
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (bytes[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
}
