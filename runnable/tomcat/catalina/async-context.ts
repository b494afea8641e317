/**
 * The handle of an asynchronous request: whoever has it completes the
 * response, in any task and at any time.
 *
 * @omits listeners, and dispatching to another servlet
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Request as CoyoteRequest } from '../coyote/request.ts';
import type { Response } from './response.ts';

/** How long a request may stay incomplete, unless it says otherwise. */
const defaultTimeout: Milliseconds = 10_000;

export class AsyncContext {
  readonly #coyoteRequest: CoyoteRequest;
  readonly #response: Response;

  constructor(request: CoyoteRequest, response: Response) {
    this.#coyoteRequest = request;
    this.#response = response;
    request.hook?.asyncStart();
    this.setTimeout(defaultTimeout);
  }

  getResponse(): Response {
    return this.#response;
  }

  /** @param timeout 0 or less for no limit */
  setTimeout(timeout: Milliseconds): void {
    this.#coyoteRequest.hook?.asyncSetTimeout(timeout);
  }

  /**
   * Ends the request: a worker will send the response.
   *
   * @throws {IllegalStateException} when it has ended already
   */
  complete(): void {
    this.#coyoteRequest.hook?.asyncComplete();
  }
}
