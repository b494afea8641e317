/**
 * A connection as the connector passes it from thread to thread, with what
 * must be remembered between two visits: is it kept alive, is it upgraded,
 * how long may it be silent.
 *
 * @omits the locks for reading and writing: tasks take turns
 */
import type { Instant, Milliseconds } from '../../../sim/clock.ts';
import type { ByteStream } from '../../../sim/stream.ts';

/** What `process` says should become of a connection. */
export const socketStates = [
  'OPEN',
  'CLOSED',
  'LONG',
  'ASYNC_END',
  'SENDFILE',
  'UPGRADING_TOMCAT',
  'UPGRADING',
  'UPGRADED',
] as const;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/AbstractEndpoint.java Handler.SocketState
 */
export type SocketState = (typeof socketStates)[number];

/** Why a worker is given a connection. */
export type SocketStatus =
  | 'OPEN_READ'
  | 'OPEN_WRITE'
  | 'STOP'
  | 'TIMEOUT'
  | 'DISCONNECT'
  | 'ERROR'
  | 'CLOSE_NOW';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/SocketWrapper.java SocketWrapper
 */
export class SocketWrapper {
  /** `socket-1`, `socket-2`: how log lines and maps name it. */
  readonly name: string;
  readonly socket: ByteStream;
  lastAccess: Instant;
  /** How long the connection may be silent; -1 or 0 for ever. */
  timeout: Milliseconds;
  /** How many more requests it may carry. */
  keepAliveLeft: number;
  keptAlive = false;
  async = false;
  upgraded = false;

  constructor(
    name: string,
    socket: ByteStream,
    now: Instant,
    timeout: Milliseconds,
    keepAliveLeft: number,
  ) {
    this.name = name;
    this.socket = socket;
    this.lastAccess = now;
    this.timeout = timeout;
    this.keepAliveLeft = keepAliveLeft;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/SocketWrapper.java SocketWrapper.access
   */
  access(now: Instant): void {
    this.lastAccess = now;
  }

  /**
   * Counts a request and says how many are left.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/SocketWrapper.java SocketWrapper.decrementKeepAlive
   */
  decrementKeepAlive(): number {
    this.keepAliveLeft -= 1;
    return this.keepAliveLeft;
  }
}
