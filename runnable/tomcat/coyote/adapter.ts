/**
 * Where the connector ends and the container begins.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/Adapter.java Adapter
 */
import type { Request } from './request.ts';
import type { Response } from './response.ts';

export interface Adapter {
  /** Serves a request, and ends its response if that is not left to others. */
  service(request: Request, response: Response): Promise<void>;
  /** Ends the response of an asynchronous request. */
  finish(request: Request, response: Response): Promise<void>;
}
