/**
 * The heart of the activator: wait until the Revision is active, wait for room
 * in front of it, and then hand the request on.
 */
import { sprintf } from '../../../apiserver/sprintf.ts';
import {
  errorResponse,
  lastHeaderValue,
  response,
  withoutHeaders,
} from '../../http/http.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../http/http.ts';
import type { SugaredLogger } from '../../logging/logger.ts';
import {
  requestCountHTTPHeader,
  revisionHeaderName,
  revisionHeaderNamespace,
} from '../activator.ts';
import type { Activator } from '../activator.ts';
import { errActivatorOverload } from '../throttler.ts';
import type { Throttler } from '../throttler.ts';
import { pruneHeaders } from '../util/header.ts';

/** What the handler works with. */
export interface ActivationParts {
  readonly activator: Activator;
  readonly throttler: Throttler;
  /** Tries again where it has to. */
  readonly transport: Transport;
  readonly logger: SugaredLogger;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/handler.go ActivationHandler
 * @omits reporting counts and times of requests as metrics
 */
export class ActivationHandler {
  readonly #parts: ActivationParts;

  constructor(parts: ActivationParts) {
    this.#parts = parts;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/handler.go ActivationHandler.ServeHTTP
   */
  async serveHTTP(request: HttpRequest): Promise<HttpResponse> {
    const { activator, throttler, logger } = this.#parts;
    const namespace = lastHeaderValue(request.headers, revisionHeaderNamespace);
    const name = lastHeaderValue(request.headers, revisionHeaderName);

    const result = await activator.activeEndpoint(namespace, name);
    if ('error' in result) {
      const format = 'Error getting active endpoint: %v';
      const text = sprintf(format, result.error);
      logger.errorf('%s', text);
      return errorResponse(text, result.status);
    }

    const { fqdn, port } = result.endpoint;
    let answer = response(500);
    try {
      await throttler.try({ namespace, name }, async () => {
        answer = await this.#proxyRequest(request, `${fqdn}:${port}`);
      });
    } catch (error) {
      answer = this.#refused(error);
    }
    return answer;
  }

  /**
   * Sends the request on, and takes off the answer what was only for the
   * activator.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/handler.go ActivationHandler.proxyRequest
   */
  async #proxyRequest(
    request: HttpRequest,
    target: string,
  ): Promise<HttpResponse> {
    const { transport, logger } = this.#parts;
    try {
      const answer = await transport(target, {
        ...request,
        headers: pruneHeaders(request.headers),
      });
      const headers = withoutHeaders(answer.headers, requestCountHTTPHeader);
      return { ...answer, headers };
    } catch (error) {
      if (error instanceof TypeError) throw error;
      logger.errorf('http: proxy error: %v', error);
      return response(502);
    }
  }

  /**
   * What a client is told that was not let through.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/handler/handler.go ActivationHandler.ServeHTTP (part)
   */
  #refused(error: unknown): HttpResponse {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    if (error.message === errActivatorOverload) {
      return errorResponse(error.message, 503);
    }
    const format = 'Error processing request in the activator: %v';
    this.#parts.logger.errorf(format, error);
    return response(500);
  }
}
