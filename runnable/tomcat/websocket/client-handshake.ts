/**
 * The client's half of the handshake: the request as text, and the head of
 * the answer.
 */
import { DeploymentException, EOFException } from '../java/exceptions.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { ByteStream } from '../../sim/stream.ts';
import { concat, fromLatin1 } from '../util/buf/bytes.ts';
import { extensionHeader } from './extension-header.ts';
import type { Extension } from './javax.ts';

/** Where to connect to. */
export interface Target {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** With the query. */
  readonly path: string;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.connectToServerRecursive (part)
 * @throws {DeploymentException} for another scheme, or without a host
 */
export function parseTarget(uri: string): Target {
  const parts =
    /^(?<scheme>[^:/?#]*):(?:\/\/(?<host>[^/?#:]*)(?::(?<port>\d+))?)?(?<path>[^?#]*)(?<query>\?[^#]*)?/.exec(
      uri,
    )?.groups ?? {};
  const scheme = parts['scheme']?.toLowerCase() ?? '';
  if (scheme !== 'ws' && scheme !== 'wss') {
    throw new DeploymentException(
      `The scheme [${scheme}] is not supported. The supported schemes are ws and wss`,
    );
  }
  const host = parts['host'] ?? '';
  if (host === '')
    throw new DeploymentException('No host was specified in URI');
  const secure = scheme === 'wss';
  const usual = secure ? 443 : 80;
  const path = parts['path'] === '' ? '/' : (parts['path'] ?? '/');
  return {
    secure,
    host,
    port: parts['port'] === undefined ? usual : Number(parts['port']),
    path: path + (parts['query'] ?? ''),
  };
}

export interface RequestOptions {
  /** 16 bytes in base64. */
  readonly key: string;
  readonly subProtocols: readonly string[];
  readonly extensions: readonly Extension[];
}

/**
 * The headers, in the order in which Tomcat's hash map has them.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.createRequestHeaders
 */
export function createRequestHeaders(
  { host, port }: Target,
  { key, subProtocols, extensions }: RequestOptions,
): Map<string, string[]> {
  const headers = new Map([
    ['Sec-WebSocket-Key', [key]],
    ['Connection', ['upgrade']],
    ['Sec-WebSocket-Version', ['13']],
    ['Host', [`${host}:${String(port)}`]],
    ['Upgrade', ['websocket']],
  ]);
  if (subProtocols.length > 0) {
    headers.set('Sec-WebSocket-Protocol', [subProtocols.join(',')]);
  }
  if (extensions.length > 0) {
    headers.set('Sec-WebSocket-Extensions', [extensionHeader(extensions)]);
  }
  return headers;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.createRequest
 */
export function createRequest(
  { path }: Target,
  headers: ReadonlyMap<string, readonly string[]>,
): string {
  const lines = [...headers].map(
    ([name, values]) => `${name}: ${values.join(', ')}`,
  );
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header has several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** What came after the head: the server's first frames. */
  readonly rest: Uint8Array;
}

/**
 * Reads the head of the answer, and keeps what came with it.
 *
 * @story returns: The blank line ends the head with status {result.status}; whatever stands behind it is kept.
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.processResponse
 * @throws {EOFException} when the server closes before its end
 * @throws {DeploymentException} when the first line is none of HTTP/1
 */
export async function processResponse(
  stream: ByteStream,
  size: number,
  timeout: Milliseconds,
): Promise<HttpResponse> {
  let received: Uint8Array = new Uint8Array(0);
  for (;;) {
    const end = fromLatin1(received).indexOf('\r\n\r\n');
    if (end >= 0) {
      const head = fromLatin1(received.subarray(0, end));
      return { ...parseHead(head), rest: received.slice(end + 4) };
    }
    const bytes = await stream.read(size, timeout);
    if (bytes === undefined) throw new EOFException();
    received = concat([received, bytes]);
  }
}

/** A line without a colon is skipped. */
function parseHead(head: string): Omit<HttpResponse, 'rest'> {
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return { status: parseStatus(first), headers };
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.parseStatus
 */
function parseStatus(line: string): number {
  const [protocol = '', status = ''] = line.split(' ');
  const known = protocol === 'HTTP/1.0' || protocol === 'HTTP/1.1';
  if (!known || !/^\d+$/.test(status)) {
    throw new DeploymentException(
      `The HTTP response from the server [${line}] did not permit the HTTP upgrade to WebSocket`,
    );
  }
  return Number(status);
}
