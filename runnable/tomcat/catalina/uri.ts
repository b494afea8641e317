/**
 * From the path that was sent to the path that is looked up.
 */
import { IOException } from '../java/exceptions.ts';

/**
 * Removes what follows a semicolon in each segment.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter.parsePathParameters
 */
export function withoutPathParameters(path: string): string {
  return path.replaceAll(/;[^/]*/g, '');
}

/**
 * Decodes `%` and two digits, to one character each: a path is read as
 * ISO-8859-1 unless the connector is configured otherwise.
 *
 * @throws {IOException} for a `%` without its digits, or an encoded slash
 */
export function decode(path: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(path)) throw new IOException('isHexDigit');
  if (/%2f/i.test(path)) throw new IOException('noSlash');
  return path.replaceAll(/%([0-9a-fA-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/**
 * Resolves `//`, `/./` and `/../`.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/CoyoteAdapter.java CoyoteAdapter.normalize
 * @returns undefined for a path that leads out of the application, or that
 *   holds a backslash or a null character
 */
export function normalize(path: string): string | undefined {
  if (path === '*') return path;
  if (!path.startsWith('/') || /[\\\0]/.test(path)) return undefined;
  const segments = path
    .replaceAll(/\/{2,}/g, '/')
    .split('/')
    .slice(1);
  const endsInDirectory = /(^|\/)(\.{1,2})?$/.test(segments.join('/'));
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..' && kept.pop() === undefined) return undefined;
    if (segment !== '' && segment !== '.' && segment !== '..') {
      kept.push(segment);
    }
  }
  const joined = `/${kept.join('/')}`;
  return endsInDirectory && kept.length > 0 ? `${joined}/` : joined;
}

/**
 * The parameters of a query, by name; pairs that cannot be decoded are left
 * out, as Tomcat does after it has complained.
 */
export function parseQuery(query: string): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeForm(equals < 0 ? pair : pair.slice(0, equals));
    const value = decodeForm(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined || name === '') continue;
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return parameters;
}

function decodeForm(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  return text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-fA-F]{2})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
}
