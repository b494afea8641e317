/**
 * Where a processor reads requests from, whatever the connector.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractInputBuffer.java AbstractInputBuffer
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { ByteStream } from '../../../sim/stream.ts';
import type { InputBytes } from './head-parser.ts';

export interface InputBuffer extends InputBytes {
  /** How long a read may take. */
  timeout: Milliseconds;
  init(socket: ByteStream, timeout: Milliseconds): void;
  /** Below 2 while nothing of the request has come. */
  getParsingRequestLinePhase(): number;
  /** False when the rest of the line has not come; never on BIO. */
  parseRequestLine(useAvailableDataOnly: boolean): Promise<boolean>;
  /** False when the rest of the head has not come; never on BIO. */
  parseHeaders(): Promise<boolean>;
  /** Reads more; false when none came, which on BIO is the end. */
  fill(block: boolean): Promise<boolean>;
  /** Keeps what came after a request for the next one. */
  nextRequest(): void;
  recycle(): void;
}
