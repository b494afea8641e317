/**
 * Small questions about frames, close codes and the extension header.
 */
import type { Chance } from '../../sim/chance.ts';
import {
  ArrayIndexOutOfBoundsException,
  IllegalArgumentException,
} from '../java/exceptions.ts';
import { split } from '../java/split.ts';
import { OPCODE_CONTINUATION, OPCODE_TEXT } from './constants.ts';
import { PROTOCOL_ERROR } from './javax.ts';
import type { Extension, ExtensionParameter } from './javax.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.isControl
 */
export function isControl(opCode: number): boolean {
  return (opCode & 0x08) !== 0;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.isText
 */
export function isText(opCode: number): boolean {
  return opCode === OPCODE_TEXT;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.isContinuation
 */
export function isContinuation(opCode: number): boolean {
  return opCode === OPCODE_CONTINUATION;
}

/**
 * The code as the application gets it: one that must not be sent, or that
 * nobody defined, counts as a protocol error.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.getCloseCode
 */
export function getCloseCode(code: number): number {
  if (code > 2999 && code < 5000) return code;
  switch (code) {
    case 1000:
    case 1001:
    case 1002:
    case 1003:
    case 1007:
    case 1008:
    case 1009:
    case 1010:
    case 1011:
      return code;
    default:
      return PROTOCOL_ERROR;
  }
}

/**
 * Four bytes that a client's payload is masked with.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.generateMask
 * @differs the run's seed decides; upstream takes them from `SecureRandom`
 */
export function generateMask(chance: Chance): Uint8Array {
  return Uint8Array.from({ length: 4 }, () => chance.below(256));
}

/**
 * Reads one `Sec-WebSocket-Extensions` header.
 *
 * The header is cut at commas first, so a comma inside quotes is no part of a
 * value: it makes the header malformed.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.parseExtensionHeader
 * @throws {IllegalArgumentException} for a delimiter inside a name or value
 * @throws {ArrayIndexOutOfBoundsException} for an extension without any text,
 *   such as `;`: upstream asks an empty array for its first item
 */
export function parseExtensionHeader(header: string): Extension[] {
  return split(header, ',').map((text) => {
    const pieces = split(text, ';');
    const [first, ...rest] = pieces;
    if (first === undefined) {
      throw new ArrayIndexOutOfBoundsException(
        'Index 0 out of bounds for length 0',
      );
    }
    return { name: first.trim(), parameters: rest.map(toParameter) };
  });
}

/** One `name`, `name=value` or `name="value"`. */
function toParameter(text: string): ExtensionParameter {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim();
  const value = equals < 0 ? undefined : unquote(text.slice(equals + 1).trim());
  if (containsDelims(name) || (value !== undefined && containsDelims(value))) {
    throw new IllegalArgumentException(
      `An illegal extension parameter was specified with name [${name}] and value [${value ?? 'null'}]`,
    );
  }
  return { name, value };
}

function unquote(value: string): string {
  const quoted =
    value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return quoted ? value.slice(1, -1) : value;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Util.java Util.containsDelims
 */
function containsDelims(text: string): boolean {
  return /[,;"=]/.test(text);
}

/** A number as Java's messages print it: `8,192`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
