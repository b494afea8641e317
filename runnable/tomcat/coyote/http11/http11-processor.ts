/**
 * The BIO connector's way with requests: the worker waits for them, and
 * leaves when no further byte is there.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/Http11Processor.java Http11Processor
 */
import type { Sim } from '../../../sim/sim.ts';
import { EOFException } from '../../java/exceptions.ts';
import type { SocketWrapper } from '../../util/net/socket-wrapper.ts';
import type { Request } from '../request.ts';
import type { EndpointView, Http11Ways } from './http11-ways.ts';
import type { InputBuffer } from './input-buffer.ts';
import { InternalInputBuffer } from './internal-input-buffer.ts';

/** What a BIO processor must know besides. */
export interface BioEndpointView extends EndpointView {
  /** How many of the threads are at work, in percent. */
  busyPercentage(): number;
}

/** Above this share of busy threads connections are no longer kept. */
const disableKeepAlivePercentage = 75;

export class Http11Processor implements Http11Ways {
  readonly kind = 'Http11Processor';
  readonly #sim: Sim;
  readonly #endpoint: BioEndpointView;

  constructor(sim: Sim, endpoint: BioEndpointView) {
    this.#sim = sim;
    this.#endpoint = endpoint;
  }

  newInputBuffer(request: Request): InputBuffer {
    return new InternalInputBuffer(request, this.#endpoint.maxHttpHeaderSize);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Processor.java Http11Processor.disableKeepAlive
   */
  disableKeepAlive(): boolean {
    return this.#endpoint.busyPercentage() > disableKeepAlivePercentage;
  }

  /**
   * Waits for the first byte as long as a kept connection may be idle; time
   * spent in the queue for a thread counts.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Processor.java Http11Processor.setRequestLineReadTimeout
   * @throws {EOFException} when the client closes instead
   */
  async setRequestLineReadTimeout(
    wrapper: SocketWrapper,
    input: InputBuffer,
  ): Promise<void> {
    if (input.lastValid > 0) return;
    const { keepAliveTimeout, soTimeout } = this.#endpoint;
    const queueTime = this.#sim.now() - wrapper.lastAccess;
    if (keepAliveTimeout <= 0) input.timeout = 0;
    else input.timeout = Math.max(1, keepAliveTimeout - queueTime);
    const came = await input.fill(true);
    input.timeout = soTimeout;
    if (!came) throw new EOFException('Unexpected EOF read on the socket');
  }

  /** Never asked: reading a line does not end before the line does. */
  handleIncompleteRequestLineRead(): 'begun' {
    return 'begun';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11Processor.java Http11Processor.breakKeepAliveLoop
   */
  breakKeepAliveLoop(input: InputBuffer): boolean {
    return input.lastValid === 0;
  }
}
