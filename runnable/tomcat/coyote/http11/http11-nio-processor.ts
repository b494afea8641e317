/**
 * The NIO connector's way with requests: the worker takes what there is, and
 * the poller waits for the rest.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/Http11NioProcessor.java Http11NioProcessor
 */
import type { SocketWrapper } from '../../util/net/socket-wrapper.ts';
import type { Request } from '../request.ts';
import type { EndpointView, Http11Ways } from './http11-ways.ts';
import type { InputBuffer } from './input-buffer.ts';
import { InternalNioInputBuffer } from './internal-nio-input-buffer.ts';

export class Http11NioProcessor implements Http11Ways {
  readonly kind = 'Http11NioProcessor';
  readonly #endpoint: EndpointView;

  constructor(endpoint: EndpointView) {
    this.#endpoint = endpoint;
  }

  newInputBuffer(request: Request): InputBuffer {
    return new InternalNioInputBuffer(
      request,
      this.#endpoint.maxHttpHeaderSize,
    );
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProcessor.java Http11NioProcessor.disableKeepAlive
   */
  disableKeepAlive(): boolean {
    return false;
  }

  /** Nothing to do: it is the poller that waits. */
  setRequestLineReadTimeout(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Tells the poller how long to wait: for a next request, or for the rest of
   * this one.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProcessor.java Http11NioProcessor.handleIncompleteRequestLineRead
   */
  handleIncompleteRequestLineRead(
    wrapper: SocketWrapper,
    input: InputBuffer,
  ): 'begun' | 'not begun' {
    if (input.getParsingRequestLinePhase() < 2) {
      if (wrapper.keptAlive) wrapper.timeout = this.#endpoint.keepAliveTimeout;
      return 'not begun';
    }
    wrapper.timeout = this.#endpoint.soTimeout;
    return 'begun';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/Http11NioProcessor.java Http11NioProcessor.breakKeepAliveLoop
   */
  breakKeepAliveLoop(): boolean {
    return false;
  }
}
