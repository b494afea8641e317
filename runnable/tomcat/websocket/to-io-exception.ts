/**
 * A failed read or write, whatever the transport calls it.
 */
import { IOException } from '../java/exceptions.ts';

/** A failed write, whatever the transport calls it. */
export function toIOException(error: unknown): IOException {
  if (error instanceof IOException) return error;
  const { message } = error as Error;
  return new IOException(message, { cause: error });
}
