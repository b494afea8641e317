/**
 * What a request's head means for its connection: is it kept, does a body
 * follow, is the request refused before anybody sees it?
 */
import type { Request } from '../request.ts';
import { isAbsolutePath, isUserInfo } from './http-characters.ts';
import type { RequestBody } from './request-body.ts';

export interface Prepared {
  readonly http11: boolean;
  readonly http09: boolean;
  readonly keepAlive: boolean;
  readonly body: RequestBody;
  /** The client waits for a word before it sends the body. */
  readonly expectation: boolean;
  /** The status that refuses the request; undefined when it is served. */
  readonly refused: number | undefined;
}

/** The first refusal is the one that counts. */
class Refusal {
  status: number | undefined;

  because(status: number): void {
    this.status ??= status;
  }
}

/**
 * Reads what the processor must know, and puts host and path in order.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.prepareRequest
 * @omits browsers that get HTTP/1.0 by their name
 */
export function prepareRequest(request: Request, keptAlive: boolean): Prepared {
  const refusal = new Refusal();
  const { protocol, headers } = request;
  const http11 = protocol === 'HTTP/1.1';
  const http09 = protocol === '';
  let keepAlive = keptAlive && protocol !== 'HTTP/1.0' && !http09;
  if (!http11 && !http09 && protocol !== 'HTTP/1.0') refusal.because(505);
  const connection = headers.getValue('connection')?.toLowerCase() ?? '';
  if (connection.includes('close')) keepAlive = false;
  else if (connection.includes('keep-alive')) keepAlive = true;
  const expect = http11 ? headers.getValue('expect') : undefined;
  const expectation = expect?.toLowerCase().includes('100-continue') ?? false;
  if (expect !== undefined && !expectation) refusal.because(417);
  checkHost(request, http11, refusal);
  takeAuthority(request, http11, refusal);
  for (const character of request.requestURI) {
    if (!isAbsolutePath(character.charCodeAt(0))) refusal.because(400);
  }
  const body = bodyOf(request, http11, refusal);
  parseHost(request, refusal);
  const { status: refused } = refusal;
  return { http11, http09, keepAlive, body, expectation, refused };
}

function checkHost(request: Request, http11: boolean, refusal: Refusal): void {
  const hosts = request.headers.values('host');
  if (hosts.length > 1) refusal.because(400);
  if (http11 && hosts.length === 0) refusal.because(400);
}

/**
 * A target may name scheme and host; then it outranks the Host header.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.prepareRequest (part)
 */
function takeAuthority(
  request: Request,
  http11: boolean,
  refusal: Refusal,
): void {
  const uri = request.requestURI;
  if (!uri.toLowerCase().startsWith('http')) return;
  const scheme = /^https?:\/\//i.exec(uri)?.[0];
  if (scheme === undefined) {
    refusal.because(400);
    return;
  }
  const rest = uri.slice(scheme.length);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  request.requestURI = slash < 0 ? '/' : rest.slice(slash);
  const at = authority.indexOf('@');
  if (at >= 0 && !isUserInfo(authority.slice(0, at))) refusal.because(400);
  const host = authority.slice(at + 1);
  const sent = request.headers.getValue('host');
  if (!http11 || (sent !== undefined && sent !== host)) {
    request.headers.setValue('host', host);
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.prepareRequest (part)
 */
function bodyOf(
  request: Request,
  http11: boolean,
  refusal: Refusal,
): RequestBody {
  const codings = http11
    ? (request.headers.getValue('transfer-encoding') ?? '')
        .split(',')
        .map((coding) => coding.trim().toLowerCase())
        .filter((coding) => coding !== '' && coding !== 'identity')
    : [];
  if (codings.some((coding) => coding !== 'chunked')) refusal.because(501);
  let contentLength = -1;
  try {
    contentLength = request.getContentLengthLong();
  } catch {
    refusal.because(400);
  }
  if (codings.includes('chunked')) {
    request.headers.removeHeader('content-length');
    return { filter: 'chunked' };
  }
  return contentLength >= 0
    ? { filter: 'identity', contentLength }
    : { filter: 'void' };
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/AbstractProcessor.java AbstractProcessor.parseHost
 */
function parseHost(request: Request, refusal: Refusal): void {
  const host = request.headers.getValue('host');
  if (host === undefined || host === '') return;
  const parts =
    /^(?<name>\[[0-9a-f:.]+\]|[\w.-]*)(?::(?<port>\d{0,5}))?$/i.exec(
      host,
    )?.groups;
  if (parts === undefined) {
    refusal.because(400);
    return;
  }
  request.serverName = parts['name'] ?? '';
  const port = parts['port'] ?? '';
  if (port !== '') request.serverPort = Number(port);
}
