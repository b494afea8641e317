/**
 * What a processor is told by its connector: limits, and how the BIO and the
 * NIO connector differ where a request begins and ends.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { SocketWrapper } from '../../util/net/socket-wrapper.ts';
import type { Request } from '../request.ts';
import type { InputBuffer } from './input-buffer.ts';

/** What a processor must know of its endpoint. */
export interface EndpointView {
  readonly soTimeout: Milliseconds;
  readonly keepAliveTimeout: Milliseconds;
  /** -1 for any number, 1 for no keep-alive at all. */
  readonly maxKeepAliveRequests: number;
  readonly maxHeaderCount: number;
  readonly maxHttpHeaderSize: number;
  isPaused(): boolean;
  /** Gives a connection with an asynchronous request to a worker again. */
  processSocketAsync(wrapper: SocketWrapper, status: 'OPEN_READ'): void;
}

export interface Http11Ways {
  /** `Http11Processor` or `Http11NioProcessor`. */
  readonly kind: string;
  newInputBuffer(request: Request): InputBuffer;
  /** Whether threads are too scarce for a connection to be kept. */
  disableKeepAlive(): boolean;
  setRequestLineReadTimeout(
    wrapper: SocketWrapper,
    input: InputBuffer,
  ): Promise<void>;
  /** The request line has not all come: has it begun? */
  handleIncompleteRequestLineRead(
    wrapper: SocketWrapper,
    input: InputBuffer,
  ): 'begun' | 'not begun';
  /** Whether the worker leaves, now that a request has been served. */
  breakKeepAliveLoop(input: InputBuffer): boolean;
}
