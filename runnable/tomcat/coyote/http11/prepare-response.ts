/**
 * The head of a response: what its status and its request say about body,
 * length and the fate of the connection.
 */
import type { Instant } from '../../../sim/clock.ts';
import { httpDate } from '../../util/http/http-date.ts';
import type { Request } from '../request.ts';
import type { Response } from '../response.ts';
import { getMessage } from './http-messages.ts';
import type { OutputBuffer } from './output-buffer.ts';

/** How the connection stands when a response is about to be built. */
export interface ConnectionView {
  readonly http11: boolean;
  readonly http09: boolean;
  readonly keepAlive: boolean;
  readonly failed: boolean;
  readonly now: Instant;
}

const dropping: ReadonlySet<number> = new Set([
  400, 408, 411, 413, 414, 500, 501, 503,
]);

/**
 * After these the connection cannot be trusted to stand at a new request.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.statusDropsConnection
 */
export const statusDropsConnection = (status: number): boolean =>
  dropping.has(status);

/**
 * Builds the head and says whether the connection is kept after it.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.prepareResponse
 * @omits compression and files sent by the kernel
 */
export function prepareResponse(
  request: Request,
  response: Response,
  output: OutputBuffer,
  connection: ConnectionView,
): boolean {
  const { http11, http09, failed, now } = connection;
  if (http09) {
    output.addActiveFilter('IDENTITY');
    return connection.keepAlive;
  }
  const { status, headers } = response;
  const entityBody =
    status >= 200 && status !== 204 && status !== 205 && status !== 304;
  const isVoid = !entityBody || request.method === 'HEAD';
  const type = response.getContentType();
  if ((entityBody || status === 204) && type !== undefined) {
    headers.setValue('Content-Type', type);
  }
  const saysClose = headers.getValue('Connection')?.toLowerCase() === 'close';
  const length = entityBody ? response.contentLength : -1;
  const isChunked = length === -1 && entityBody && http11 && !saysClose;
  if (length !== -1) headers.setValue('Content-Length', String(length));
  if (isChunked) headers.addValue('Transfer-Encoding', 'chunked');
  if (isVoid) output.addActiveFilter('VOID');
  else if (isChunked) output.addActiveFilter('CHUNKED');
  else output.addActiveFilter('IDENTITY', length);
  if (headers.getValue('Date') === undefined) {
    headers.setValue('Date', httpDate(now));
  }
  // A body that ends nowhere ends with the connection.
  const isDelimited = isVoid || isChunked || length !== -1;
  const keepAlive =
    connection.keepAlive && isDelimited && !statusDropsConnection(status);
  if (!keepAlive) {
    if (!saysClose) headers.addValue('Connection', 'close');
  } else if (!http11 && !failed) headers.addValue('Connection', 'keep-alive');
  output.sendStatus(status, getMessage(status));
  if (headers.getValue('Server') === undefined) {
    output.sendHeader('Server', 'Apache-Coyote/1.1');
  }
  for (const { name, value } of headers.fields) output.sendHeader(name, value);
  output.endHeaders();
  return keepAlive;
}
