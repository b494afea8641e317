/**
 * What follows a request's head: nothing, so many bytes, or chunks.
 *
 * No servlet here reads it, but it stands between a request and the next one
 * on the same connection, so it is read and thrown away.
 */
import { EOFException, IOException } from '../../java/exceptions.ts';
import type { InputBuffer } from './input-buffer.ts';

export type RequestBody =
  | { readonly filter: 'void' }
  | { readonly filter: 'identity'; readonly contentLength: number }
  | { readonly filter: 'chunked' };

/** More than this is not thrown away: the connection is closed instead. */
const maxSwallowSize = 2 * 1024 * 1024;
/** The longest line of a chunked body, and the largest trailer. */
const maxLineSize = 8192;

/**
 * Reads the rest of the body.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractInputBuffer.java AbstractInputBuffer.endRequest
 * @throws {IOException} when it is too long, malformed, or does not come
 */
export async function swallow(
  input: InputBuffer,
  body: RequestBody,
): Promise<void> {
  switch (body.filter) {
    case 'void':
      return;
    case 'identity':
      await skip(input, body.contentLength);
      return;
    case 'chunked':
      await skipChunks(input);
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/filters/IdentityInputFilter.java IdentityInputFilter.end
 */
async function skip(input: InputBuffer, length: number): Promise<void> {
  let swallowed = 0;
  while (swallowed < length) {
    if (length > maxSwallowSize && swallowed > maxSwallowSize) {
      throw new IOException('maxSwallowSize exceeded');
    }
    await demand(input);
    const size = Math.min(length - swallowed, input.lastValid - input.pos);
    input.pos += size;
    swallowed += size;
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/filters/ChunkedInputFilter.java ChunkedInputFilter.end
 */
async function skipChunks(input: InputBuffer): Promise<void> {
  let swallowed = 0;
  for (;;) {
    const header = await readLine(input);
    const size = /^(?<size>[0-9a-fA-F]{1,8})[ \t]*(;|$)/.exec(header)?.groups;
    if (size === undefined) throw new IOException('Invalid chunk header');
    const length = Number.parseInt(size['size'] ?? '', 16);
    if (length === 0) break;
    swallowed += length;
    if (swallowed > maxSwallowSize) {
      throw new IOException('maxSwallowSize exceeded');
    }
    await skip(input, length);
    if ((await readLine(input)) !== '') {
      throw new IOException('Invalid end of chunk');
    }
  }
  for (let trailer = 0; ;) {
    const line = await readLine(input);
    if (line === '') return;
    trailer += line.length;
    if (trailer > maxLineSize) throw new IOException('maxTrailerSize exceeded');
  }
}

async function readLine(input: InputBuffer): Promise<string> {
  let line = '';
  for (;;) {
    await demand(input);
    const byte = input.buf[input.pos] ?? 0;
    input.pos += 1;
    if (byte === 10) return line.replace(/\r$/, '');
    line += String.fromCharCode(byte);
    if (line.length > maxLineSize) throw new IOException('Line too long');
  }
}

async function demand(input: InputBuffer): Promise<void> {
  if (input.pos < input.lastValid) return;
  if (await input.fill(true)) return;
  throw new EOFException('Unexpected EOF read on the socket');
}
