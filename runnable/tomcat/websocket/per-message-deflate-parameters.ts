/**
 * What the two sides agree on before they compress.
 *
 * A client offers alternatives, each a list of parameters, and the first one
 * that is acceptable counts. What is wrong in an alternative that is reached
 * fails the whole handshake, even if a later alternative would do.
 */
import {
  IllegalArgumentException,
  NumberFormatException,
} from '../java/exceptions.ts';
import type { Extension, ExtensionParameter } from './javax.ts';

/** What the two sides agreed on; a window of -1 was not spoken of. */
export interface DeflateParameters {
  readonly serverContextTakeover: boolean;
  readonly serverMaxWindowBits: number;
  readonly clientContextTakeover: boolean;
  readonly clientMaxWindowBits: number;
}

/** What of one alternative has been read so far. */
interface Draft {
  serverContextTakeover: boolean;
  serverMaxWindowBits: number;
  clientContextTakeover: boolean;
  clientMaxWindowBits: number;
}

/**
 * The first acceptable alternative, or undefined.
 *
 * @story when result: {preferences.length, plural,
 *   one {The one offer to compress is taken, for `negotiate` can keep its every parameter}
 *   other {Of # offers to compress, `negotiate` takes the first whose every parameter it can keep}}.
 * @param preferences the alternatives in the client's order
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/PerMessageDeflate.java PerMessageDeflate.negotiate
 * @throws {IllegalArgumentException} for a parameter that is unknown, given
 *   twice, or out of its range
 */
export function negotiate(
  preferences: readonly (readonly ExtensionParameter[])[],
  isServer: boolean,
): DeflateParameters | undefined {
  for (const preference of preferences) {
    const draft: Draft = {
      serverContextTakeover: true,
      serverMaxWindowBits: -1,
      clientContextTakeover: true,
      clientMaxWindowBits: -1,
    };
    const isAcceptable = preference.every((parameter) =>
      accept(draft, parameter, isServer),
    );
    if (isAcceptable) return draft;
  }
  return undefined;
}

/** @returns false when this alternative cannot be agreed on */
function accept(
  draft: Draft,
  { name, value }: ExtensionParameter,
  isServer: boolean,
): boolean {
  switch (name) {
    case 'server_no_context_takeover':
      if (!draft.serverContextTakeover) throw duplicate(name);
      draft.serverContextTakeover = false;
      return true;
    case 'client_no_context_takeover':
      if (!draft.clientContextTakeover) throw duplicate(name);
      draft.clientContextTakeover = false;
      return true;
    case 'server_max_window_bits':
      if (draft.serverMaxWindowBits !== -1) throw duplicate(name);
      draft.serverMaxWindowBits = toWindowBits(name, value);
      // Java's compressor has one size of window only.
      return !isServer || draft.serverMaxWindowBits === 15;
    case 'client_max_window_bits':
      if (draft.clientMaxWindowBits !== -1) throw duplicate(name);
      draft.clientMaxWindowBits =
        value === undefined ? 15 : toWindowBits(name, value);
      return isServer || draft.clientMaxWindowBits === 15;
    default:
      throw new IllegalArgumentException(
        `An unknown extension parameter [${name}] was received`,
      );
  }
}

function duplicate(name: string): IllegalArgumentException {
  return new IllegalArgumentException(
    `Duplicate definition of the [${name}] extension parameter`,
  );
}

function toWindowBits(name: string, value: string | undefined): number {
  if (value === undefined) {
    throw new NumberFormatException('Cannot parse null string');
  }
  if (!/^[+-]?\d+$/.test(value) || Math.abs(Number(value)) > 0x7fffffff) {
    throw new NumberFormatException(`For input string: "${value}"`);
  }
  const bits = Number(value);
  if (bits < 8 || bits > 15) {
    throw new IllegalArgumentException(
      `An invalid windows of [${String(bits)}] size was specified for [${name}]. Valid values are whole numbers from 8 to 15 inclusive.`,
    );
  }
  return bits;
}

/** What the answer to the handshake says, in Tomcat's order. */
export function extensionOf(agreed: DeflateParameters): Extension {
  const parameters: ExtensionParameter[] = [];
  const add = (name: string, value?: number): void => {
    parameters.push({ name, value: value?.toString() });
  };
  if (!agreed.serverContextTakeover) add('server_no_context_takeover');
  if (agreed.serverMaxWindowBits !== -1) {
    add('server_max_window_bits', agreed.serverMaxWindowBits);
  }
  if (!agreed.clientContextTakeover) add('client_no_context_takeover');
  if (agreed.clientMaxWindowBits !== -1) {
    add('client_max_window_bits', agreed.clientMaxWindowBits);
  }
  return { name: 'permessage-deflate', parameters };
}
