/**
 * Byte streams: what a program sees of a TCP connection.
 *
 * The blocking calls are those of Java's `Socket`, the `…Now` calls those of
 * a non-blocking `SocketChannel`. `pipe.ts` joins two ends in memory;
 * `src/ports` puts the same interface on a real socket.
 */
import type { Milliseconds } from './clock.ts';

export type StreamFault = 'timeout' | 'reset' | 'closed';

/** A stream that cannot do what was asked. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly fault: StreamFault;

  constructor(fault: StreamFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

export interface ByteStream {
  /** `client`, `server`, or a numbered one: the side in an address. */
  readonly side: string;

  /**
   * Waits for at least one byte and takes at most `max`.
   *
   * @returns `undefined` at the end of the stream
   * @throws {StreamError} `timeout` when none came within `timeout`
   *   (no limit when it is absent or not above 0), `reset`, `closed`
   */
  read(max: number, timeout?: Milliseconds): Promise<Uint8Array | undefined>;

  /**
   * Takes at most `max` bytes that are there; none is an empty array.
   *
   * @returns `undefined` at the end of the stream
   * @throws {StreamError} `reset`, `closed`
   */
  readNow(max: number): Uint8Array | undefined;

  /**
   * Writes all of `bytes`, waiting while the peer does not read.
   *
   * @throws {StreamError} `timeout`, `reset`, `closed`
   */
  write(bytes: Uint8Array, timeout?: Milliseconds): Promise<void>;

  /**
   * Writes as much as fits without waiting.
   *
   * @returns how many bytes were taken
   * @throws {StreamError} `reset`, `closed`
   */
  writeNow(bytes: Uint8Array): number;

  /** Calls `ready` once, when a read would not wait; at once if so now. */
  onReadable(ready: () => void): void;

  /** Calls `ready` once, when a write would not wait; at once if so now. */
  onWritable(ready: () => void): void;

  /** Ends this side's writing and reading; the peer reads the rest. */
  close(): void;

  /** Breaks the connection: the peer's next call fails with `reset`. */
  reset(): void;

  readonly closed: boolean;
}

/** Where connections come in, like a listening socket. */
export interface Listener {
  /** Waits for the next connection; `undefined` once closed. */
  accept(): Promise<ByteStream | undefined>;
  close(): void;
}
