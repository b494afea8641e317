/**
 * Frames as bytes, both ways.
 */

/** The mask of the recorded cases. */
export const maskKey = Buffer.from('37fa213d', 'hex');

export interface Frame {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opCode: number;
  readonly payload: Buffer;
}

export interface FrameOptions {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly mask?: Buffer | undefined;
}

/** A frame as a client sends it: masked, unless said otherwise. */
export function frame(
  opCode: number,
  payload: Uint8Array | string = '',
  { fin = true, rsv = 0, mask = maskKey }: FrameOptions = {},
): Buffer {
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opCode;
  const masked = body.map((byte, index) => byte ^ (mask[index & 3] ?? 0));
  return Buffer.concat([
    Buffer.of(first, ...lengthOf(body.length, 0x80)),
    mask,
    masked,
  ]);
}

function lengthOf(length: number, maskBit: number): number[] {
  if (length < 126) return [maskBit | length];
  if (length < 65_536) return [maskBit | 126, length >> 8, length & 0xff];
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  return [maskBit | 127, ...long];
}

/** A close frame with a code. */
export function closeFrame(code: number, reason = ''): Buffer {
  return frame(
    8,
    Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]),
  );
}

/** Reads the frames of a server; what is left over is an error. */
export function parseFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes.readUInt8(at);
    let length = bytes.readUInt8(at + 1);
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    const payload = bytes.subarray(at, at + length);
    if (payload.length < length) throw new RangeError('A frame is cut off');
    at += length;
    frames.push({
      fin: first >= 0x80,
      rsv: (first >> 4) & 7,
      opCode: first & 15,
      payload,
    });
  }
  return frames;
}
