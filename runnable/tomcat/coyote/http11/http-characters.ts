/**
 * Which bytes may stand where in a request's head, by RFC 7230 and RFC 3986.
 */

/** Visible characters that separate, and so are part of no token. */
const separators = new Set('"(),/:;<=>?@[\\]{}');

/** What RFC 3986 leaves out, and browsers once sent all the same. */
const neverInTarget = new Set('"#<>\\^`{|}');

const isVisible = (byte: number): boolean => byte > 32 && byte < 127;

/** Methods and names of headers are made of these. */
export const isToken = (byte: number): boolean =>
  isVisible(byte) && !separators.has(String.fromCharCode(byte));

/** What cannot be in a target before its question mark. */
export const isNotRequestTarget = (byte: number): boolean =>
  !isVisible(byte) || neverInTarget.has(String.fromCharCode(byte));

/** What may be in a target after its question mark. */
export const isQuery = (byte: number): boolean =>
  !isNotRequestTarget(byte) && byte !== 0x5b && byte !== 0x5d;

/** A path, once scheme and host are cut off. */
export const isAbsolutePath = (byte: number): boolean => isQuery(byte);

/** `HTTP/1.1` and its like. */
export const isHttpProtocol = (byte: number): boolean =>
  'HTTP/.0123456789'.includes(String.fromCharCode(byte));

/** What may stand before the `@` of an authority. */
export const isUserInfo = (text: string): boolean =>
  /^[\w\-.~!$&'()*+,;=:%]*$/.test(text);
