/**
 * What answers when no filter does: a line that repeats the request.
 *
 * @differs Tomcat's would look for a file
 */
import type {
  HttpServletRequest,
  HttpServletResponse,
  Servlet,
} from './servlet.ts';

export class DefaultServlet implements Servlet {
  /**
   * Answers `plain METHOD URI`.
   *
   * @story No filter took the request, so the servlet answers it.
   */
  async service(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void> {
    const method = request.getMethod();
    const uri = request.getRequestURI();
    response.setContentType('text/plain');
    await response.print(`plain ${method} ${uri}`);
  }
}
