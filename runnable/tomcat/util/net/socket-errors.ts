/**
 * What a broken stream is in Java: an exception that code is ready for.
 */
import { StreamError } from '../../../sim/stream.ts';
import {
  IOException,
  SocketException,
  SocketTimeoutException,
} from '../../java/exceptions.ts';

/** A blocking socket's exceptions, those of `java.net`. */
export function toSocketException(error: unknown): unknown {
  if (!(error instanceof StreamError)) return error;
  return error.fault === 'timeout'
    ? new SocketTimeoutException(error.message)
    : new SocketException(error.message);
}

/** A channel's exceptions, which come from the operating system. */
export function toChannelException(error: unknown): unknown {
  if (!(error instanceof StreamError)) return error;
  if (error.fault === 'timeout') {
    return new SocketTimeoutException(error.message);
  }
  return new IOException(
    error.message === 'Connection reset'
      ? 'Connection reset by peer'
      : error.message,
  );
}
