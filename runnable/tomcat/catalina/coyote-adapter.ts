/**
 * Where the container begins: finds out what a request is for, lets filters
 * and servlet serve it, and ends its response.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter
 * @differs hosts, contexts and valves are one application at the root, its
 *   filters, and the page for errors
 */
import type { Adapter } from '../coyote/adapter.ts';
import type { Request as CoyoteRequest } from '../coyote/request.ts';
import type { Response as CoyoteResponse } from '../coyote/response.ts';
import { IOException } from '../java/exceptions.ts';
import { Log } from '../juli/log.ts';
import type { LogSink } from '../juli/log.ts';
import { ApplicationFilterChain } from './application-filter-chain.ts';
import { report } from './error-report.ts';
import { Request } from './request.ts';
import { RequestFacade } from './request-facade.ts';
import { Response } from './response.ts';
import type { Filter, Servlet } from './servlet.ts';
import { decode, normalize, withoutPathParameters } from './uri.ts';

export class CoyoteAdapter implements Adapter {
  readonly #filters: readonly Filter[];
  readonly #servlet: Servlet;
  readonly #log: Log;
  /** Responses that are not complete although their servlet has returned. */
  readonly #unfinished = new Map<CoyoteResponse, Response>();

  constructor(filters: readonly Filter[], servlet: Servlet, sink: LogSink) {
    this.#filters = filters;
    this.#servlet = servlet;
    this.#log = new Log('CoyoteAdapter', sink);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter.service
   */
  async service(req: CoyoteRequest, res: CoyoteResponse): Promise<void> {
    const response = new Response(req, res);
    const request = new Request(req, response);
    try {
      if (this.#postParseRequest(req, res, request)) {
        await res.acknowledge();
        await this.#invoke(request, response);
      }
      if (request.isAsync()) this.#unfinished.set(res, response);
      else await response.finishResponse();
    } catch (error) {
      // The client has gone; the processor has noticed.
      if (!(error instanceof IOException)) throw error;
    }
  }

  /**
   * Ends the response of an asynchronous request.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter.asyncDispatch
   */
  async finish(_req: CoyoteRequest, res: CoyoteResponse): Promise<void> {
    const response = this.#unfinished.get(res);
    this.#unfinished.delete(res);
    if (response === undefined) return;
    try {
      if (res.status >= 500) response.sendError(res.status);
      await report(response);
      await response.finishResponse();
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
    }
  }

  /**
   * Finds the path that is looked up; false when there is none, or the method
   * is not allowed. Nobody is asked then, and the answer has no page.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter.postParseRequest
   */
  #postParseRequest(
    req: CoyoteRequest,
    res: CoyoteResponse,
    request: Request,
  ): boolean {
    if (req.method.toUpperCase() === 'TRACE') {
      res.headers.addValue('Allow', 'GET, HEAD, POST, PUT, DELETE, OPTIONS');
      res.status = 405;
      return false;
    }
    const path = decodedPath(req.requestURI);
    if (path === undefined) {
      res.status = 400;
      return false;
    }
    request.decodedURI = path;
    return true;
  }

  /**
   * Lets filters and servlet serve the request. What they throw becomes a
   * page, if nothing has been sent.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/core/StandardWrapperValve.java StandardWrapperValve.invoke
   */
  async #invoke(request: Request, response: Response): Promise<void> {
    const chain = new ApplicationFilterChain(this.#filters, this.#servlet);
    try {
      await chain.doFilter(new RequestFacade(request), response);
    } catch (error) {
      this.#log.error(`Servlet.service() threw an exception: ${String(error)}`);
      response.setStatus(500);
      if (!response.isCommitted()) {
        response.reset();
        response.sendError(500);
      }
    }
    if (!request.isAsync()) await report(response);
  }
}

function decodedPath(uri: string): string | undefined {
  try {
    return normalize(decode(withoutPathParameters(uri)));
  } catch (error) {
    if (error instanceof IOException) return undefined;
    throw error;
  }
}
