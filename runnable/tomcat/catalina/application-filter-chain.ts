/**
 * The way to the servlet: each filter decides whether the next one hears of
 * the request.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/core/ApplicationFilterChain.java ApplicationFilterChain
 */
import type {
  Filter,
  FilterChain,
  HttpServletRequest,
  HttpServletResponse,
  Servlet,
} from './servlet.ts';

export class ApplicationFilterChain implements FilterChain {
  readonly #filters: readonly Filter[];
  readonly #servlet: Servlet;
  #pos = 0;

  constructor(filters: readonly Filter[], servlet: Servlet) {
    this.#filters = filters;
    this.#servlet = servlet;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/catalina/core/ApplicationFilterChain.java ApplicationFilterChain.internalDoFilter
   */
  async doFilter(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void> {
    const filter = this.#filters[this.#pos];
    this.#pos += 1;
    if (filter !== undefined) await filter.doFilter(request, response, this);
    else await this.#servlet.service(request, response);
  }
}
