/**
 * HTTP/1.1 on byte streams: one request and its answer on each connection.
 *
 * Scaffolding: heads and bodies as a gateway and a small program exchange
 * them. Every body has a `content-length`; nothing is chunked.
 */
import type { ByteStream } from '../sim/stream.ts';

/** Names in lower case; a name may appear several times. */
export type Headers = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly method: string;
  /** With its query, if it has one. */
  readonly path: string;
  /** The `Host` header: which of many names the client asks for. */
  readonly host: string;
  /** All others. */
  readonly headers: Headers;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A program that answers requests. */
export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  404: 'Not Found',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** An answer of plain text. */
export function answer(status: number, body = ''): HttpResponse {
  return { status, headers: [['content-type', 'text/plain']], body };
}

/** Sends a request and waits for the answer; then the connection is closed. */
export async function exchange(
  stream: ByteStream,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { method, path, host, headers, body } = request;
  const first = `${method} ${path} HTTP/1.1`;
  await stream.write(messageOf(first, [['host', host], ...headers], body));
  const message = await readMessage(stream);
  stream.close();
  return {
    status: Number(message.first.split(' ')[1]),
    headers: message.headers,
    body: message.body,
  };
}

/** Reads one request, has it answered and closes the connection. */
export async function serve(
  stream: ByteStream,
  handler: Handler,
): Promise<void> {
  const { first, headers, body } = await readMessage(stream);
  const [method = '', path = ''] = first.split(' ');
  const host = headers.find(([name]) => name === 'host')?.[1] ?? '';
  const others = headers.filter(([name]) => name !== 'host');
  const response = await handler({ method, path, host, headers: others, body });
  const { status } = response;
  const line = `HTTP/1.1 ${status} ${reasons[status] ?? ''}`.trimEnd();
  await stream.write(messageOf(line, response.headers, response.body));
  stream.close();
}

interface Message {
  readonly first: string;
  readonly headers: Headers;
  readonly body: string;
}

function messageOf(first: string, headers: Headers, body: string): Uint8Array {
  const content = new TextEncoder().encode(body);
  const length = ['content-length', String(content.length)] as const;
  const kept = headers.filter(([name]) => name !== length[0]);
  const all = content.length > 0 || first.startsWith('HTTP/') ? [length] : [];
  const lines = [...kept, ...all].map(([name, value]) => `${name}: ${value}`);
  const head = [first, ...lines, '', ''].join('\r\n');
  return Uint8Array.of(...new TextEncoder().encode(head), ...content);
}

/** @throws {SyntaxError} when the stream ends in the middle of a message */
async function readMessage(stream: ByteStream): Promise<Message> {
  let bytes = new Uint8Array(0);
  for (;;) {
    // Every byte is one character, so that places are the same in both.
    const end = String.fromCharCode(...bytes).indexOf('\r\n\r\n');
    if (end >= 0) {
      const { first, headers } = parseHead(bytes.subarray(0, end));
      const length = headers.find(([name]) => name === 'content-length');
      const size = Number(length?.[1] ?? 0);
      const body = bytes.subarray(end + 4, end + 4 + size);
      if (body.length === size) {
        return { first, headers, body: new TextDecoder().decode(body) };
      }
    }
    const more = await stream.read(8192);
    if (more === undefined) {
      throw new SyntaxError('Cannot read a message: the stream ended');
    }
    bytes = Uint8Array.of(...bytes, ...more);
  }
}

function parseHead(head: Uint8Array): Omit<Message, 'body'> {
  const text = String.fromCharCode(...head);
  const [first = '', ...lines] = text.split('\r\n');
  return {
    first,
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  };
}
