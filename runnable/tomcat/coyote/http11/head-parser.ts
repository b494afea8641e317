/**
 * The parser of a request's head.
 *
 * It takes what bytes there are and remembers where it was, so that a head may
 * come in any pieces. It is as tolerant as Tomcat's: several blanks, lines
 * that end with LF alone, folded headers; a line that is no header is skipped.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer
 * @differs serves both connectors; upstream's BIO connector has a second copy
 *   that reads in the middle of a line
 */
import { IllegalArgumentException } from '../../java/exceptions.ts';
import { fromLatin1 } from '../../util/buf/bytes.ts';
import type { Request } from '../request.ts';
import {
  isHttpProtocol,
  isNotRequestTarget,
  isQuery,
  isToken,
} from './http-characters.ts';

const [HT, LF, CR, SP, COLON, QUESTION] = [9, 10, 13, 32, 58, 63];

/** Bytes that were read; those before `pos` are done with. */
export interface InputBytes {
  readonly buf: Uint8Array;
  pos: number;
  lastValid: number;
}

type HeaderParsePosition =
  | 'HEADER_START'
  | 'HEADER_NAME'
  | 'HEADER_VALUE_START'
  | 'HEADER_VALUE'
  | 'HEADER_MULTI_LINE'
  | 'HEADER_SKIPLINE';

export class HeadParser {
  readonly #bytes: InputBytes;
  readonly #request: Request;
  /** Upstream's numbers: 0 blank lines, 2 method, 4 target, 6 protocol. */
  #phase: 0 | 2 | 3 | 4 | 5 | 6 | 7 = 0;
  #start = 0;
  #questionPos = -1;
  #position: HeaderParsePosition = 'HEADER_START';
  #name = '';
  #value = '';
  #valueLine = '';

  constructor(bytes: InputBytes, request: Request) {
    this.#bytes = bytes;
    this.#request = request;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.getParsingRequestLinePhase
   */
  getParsingRequestLinePhase(): number {
    return this.#phase;
  }

  /** Begins with the next request, at the buffer's first byte. */
  recycle(): void {
    this.#phase = 0;
    this.#start = 0;
    this.#questionPos = -1;
    this.#position = 'HEADER_START';
  }

  /**
   * Goes on with the request line; false when it needs more bytes.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.parseRequestLine
   * @throws {IllegalArgumentException} for a character that cannot be there
   */
  parseRequestLine(): boolean {
    if (this.#phase === 0 && !this.#skipBlankLines()) return false;
    if (this.#phase === 2 && !this.#parseMethod()) return false;
    if (this.#phase === 3 && !this.#skipBlanks(4)) return false;
    if (this.#phase === 4 && !this.#parseTarget()) return false;
    if (this.#phase === 5 && !this.#skipBlanks(6)) return false;
    if (this.#phase === 6 && !this.#parseProtocol()) return false;
    return true;
  }

  /**
   * Goes on with the headers; false when it needs more bytes.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.parseHeaders
   * @throws {IllegalStateException} when there are too many
   */
  parseHeaders(): boolean {
    for (;;) {
      const status = this.#parseHeader();
      if (status !== 'HAVE_MORE_HEADERS') return status === 'DONE';
    }
  }

  #peek(): number | undefined {
    const { buf, pos, lastValid } = this.#bytes;
    return pos < lastValid ? buf[pos] : undefined;
  }

  #text(from: number, to: number): string {
    return fromLatin1(this.#bytes.buf.subarray(from, to));
  }

  #skipBlankLines(): boolean {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return false;
      if (byte !== CR && byte !== LF) break;
      this.#bytes.pos += 1;
    }
    this.#start = this.#bytes.pos;
    this.#phase = 2;
    return true;
  }

  #parseMethod(): boolean {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return false;
      if (byte === SP || byte === HT) break;
      if (!isToken(byte)) {
        throw new IllegalArgumentException(
          'Invalid character found in method name. HTTP method names must be tokens',
        );
      }
      this.#bytes.pos += 1;
    }
    this.#request.method = this.#text(this.#start, this.#bytes.pos);
    this.#phase = 3;
    return true;
  }

  #skipBlanks(next: 4 | 6): boolean {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return false;
      if (byte !== SP && byte !== HT) break;
      this.#bytes.pos += 1;
    }
    this.#start = this.#bytes.pos;
    this.#phase = next;
    return true;
  }

  #parseTarget(): boolean {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return false;
      const isEnd = byte === CR || byte === LF;
      if (isEnd || byte === SP || byte === HT) {
        this.#takeTarget();
        // A line that ends here is a request of HTTP/0.9, and its last
        // character, LF after CR, ends the headers that it does not have.
        this.#phase = isEnd ? 7 : 5;
        if (isEnd) this.#bytes.pos += 1;
        return true;
      }
      this.#checkTarget(byte);
      this.#bytes.pos += 1;
    }
  }

  #checkTarget(byte: number): void {
    if (byte === QUESTION && this.#questionPos === -1) {
      this.#questionPos = this.#bytes.pos;
      return;
    }
    const isValid =
      this.#questionPos === -1 ? !isNotRequestTarget(byte) : isQuery(byte);
    if (isValid) return;
    throw new IllegalArgumentException(
      'Invalid character found in the request target. The valid characters are defined in RFC 7230 and RFC 3986',
    );
  }

  #takeTarget(): void {
    const { pos } = this.#bytes;
    const end = this.#questionPos === -1 ? pos : this.#questionPos;
    this.#request.requestURI = this.#text(this.#start, end);
    if (this.#questionPos !== -1) {
      this.#request.queryString = this.#text(end + 1, pos);
    }
  }

  #parseProtocol(): boolean {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return false;
      this.#bytes.pos += 1;
      if (byte === LF) break;
      if (byte !== CR && !isHttpProtocol(byte)) {
        throw new IllegalArgumentException(
          'Invalid character found in the HTTP protocol',
        );
      }
    }
    const line = this.#text(this.#start, this.#bytes.pos);
    this.#request.protocol = line.replace(/\r.*\n|\n/s, '');
    this.#phase = 7;
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/InternalNioInputBuffer.java InternalNioInputBuffer.parseHeader
   */
  #parseHeader(): 'DONE' | 'HAVE_MORE_HEADERS' | 'NEED_MORE_DATA' {
    for (;;) {
      const byte = this.#peek();
      if (byte === undefined) return 'NEED_MORE_DATA';
      switch (this.#position) {
        case 'HEADER_START':
          if (byte === LF) {
            this.#bytes.pos += 1;
            return 'DONE';
          }
          if (byte !== CR) this.#beginHeader();
          else this.#bytes.pos += 1;
          break;
        case 'HEADER_NAME':
          this.#readName(byte);
          break;
        case 'HEADER_VALUE_START':
          if (byte === SP || byte === HT) this.#bytes.pos += 1;
          else this.#position = 'HEADER_VALUE';
          break;
        case 'HEADER_VALUE':
          this.#readValue(byte);
          break;
        case 'HEADER_MULTI_LINE':
          if (byte === SP || byte === HT) {
            this.#value += ' ';
            this.#position = 'HEADER_VALUE_START';
            break;
          }
          this.#position = 'HEADER_START';
          this.#request.headers.addValue(this.#name, this.#value);
          return 'HAVE_MORE_HEADERS';
        case 'HEADER_SKIPLINE':
          this.#bytes.pos += 1;
          if (byte === LF) this.#position = 'HEADER_START';
      }
    }
  }

  #beginHeader(): void {
    this.#start = this.#bytes.pos;
    this.#value = '';
    this.#valueLine = '';
    this.#position = 'HEADER_NAME';
  }

  /** Names are kept in lower case, as the original does in its buffer. */
  #readName(byte: number): void {
    if (byte === COLON) {
      const name = this.#text(this.#start, this.#bytes.pos);
      this.#name = name.toLowerCase();
      this.#position = 'HEADER_VALUE_START';
    } else if (!isToken(byte)) {
      this.#position = 'HEADER_SKIPLINE';
      return;
    }
    this.#bytes.pos += 1;
  }

  #readValue(byte: number): void {
    this.#bytes.pos += 1;
    if (byte === CR) return;
    if (byte !== LF) {
      this.#valueLine += String.fromCharCode(byte);
      return;
    }
    this.#value += this.#valueLine.replace(/[ \t]+$/, '');
    this.#valueLine = '';
    this.#position = 'HEADER_MULTI_LINE';
  }
}
