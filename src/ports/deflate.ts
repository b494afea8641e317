/**
 * Raw deflate and inflate that keep their window from message to message, as
 * permessage-deflate wants it.
 *
 * pako is zlib in JavaScript: it gives the bytes that zlib gives, and so those
 * of Java's `Deflater`.
 */
import { Deflate, Inflate, constants } from 'pako';
import type { RawDeflate, RawInflate } from '../../runnable/ports.ts';

/** What pako has and its types leave out. */
interface Inner {
  readonly ended?: boolean;
  readonly strm?: ZStream;
}

interface ZStream {
  output: Uint8Array;
  next_out: number;
  avail_out: number;
}

/** A compressor with an empty window. */
export function newDeflate(): RawDeflate {
  const fresh = (): Deflate => new Deflate({ raw: true });
  let deflater = fresh();
  const push = (
    bytes: Uint8Array,
    flush: typeof constants.Z_NO_FLUSH | typeof constants.Z_SYNC_FLUSH,
  ): Uint8Array => {
    const chunks: Uint8Array[] = [];
    deflater.onData = (chunk) => chunks.push(new Uint8Array(chunk));
    deflater.push(bytes, flush);
    return joined(chunks);
  };
  return {
    deflate: (bytes) => push(bytes, constants.Z_SYNC_FLUSH),
    deflatePart: (bytes) => push(bytes, constants.Z_NO_FLUSH),
    reset() {
      deflater = fresh();
    },
  };
}

/**
 * An inflater with an empty window. What follows the end of the compressed
 * data, if it has one, is ignored until the next reset.
 */
export function newInflate(): RawInflate {
  const fresh = (): Inflate & Inner => new Inflate({ raw: true });
  let inflater = fresh();
  return {
    inflate(bytes) {
      const chunks: Uint8Array[] = [];
      inflater.onData = (chunk) => chunks.push(chunk as Uint8Array);
      inflater.push(bytes, constants.Z_SYNC_FLUSH);
      const error: number = inflater.err;
      if (error < 0) {
        throw new Error(`Cannot inflate: ${inflater.msg || 'invalid data'}`);
      }
      const { ended, strm } = inflater;
      if (ended !== true && strm !== undefined) chunks.push(pending(strm));
      return joined(chunks);
    },
    reset() {
      inflater = fresh();
    },
  };
}

/** What pako would keep until its buffer is full. */
function pending(stream: ZStream): Uint8Array {
  const chunk = stream.output.slice(0, stream.next_out);
  stream.next_out = 0;
  stream.avail_out = 0;
  return chunk;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
