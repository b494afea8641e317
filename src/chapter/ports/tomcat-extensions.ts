/**
 * `tomcat/extensions`: how an extension header is read, or what of a client's
 * offers of permessage-deflate is agreed on.
 */
import { extensionHeader } from '../../../runnable/tomcat/websocket/extension-header.ts';
import {
  extensionOf,
  negotiate,
} from '../../../runnable/tomcat/websocket/per-message-deflate-parameters.ts';
import { parseExtensionHeader } from '../../../runnable/tomcat/websocket/util.ts';
import { PortError } from '../port.ts';
import type { Port } from '../port.ts';
import { listOf, object, oneOf, text } from '../schema/json-schema.ts';
import { orError } from './tomcat-uri-template.ts';

interface Case {
  readonly header?: string;
  readonly side?: 'server' | 'client';
  readonly preferences?: readonly string[];
}

export const port: Port = {
  schema: object({
    header: text,
    side: oneOf('server', 'client'),
    preferences: listOf(text),
  }),
  answer(document) {
    const { header, side, preferences } = document as Case;
    if (header !== undefined) {
      if (side !== undefined || preferences !== undefined) {
        throw new PortError('header', 'expected no preferences beside it');
      }
      return Promise.resolve(orError(() => read(header)));
    }
    if (side === undefined) {
      throw new PortError('header', 'expected text, found nothing');
    }
    if (preferences === undefined) {
      throw new PortError('preferences', 'expected a list, found nothing');
    }
    return Promise.resolve(orError(() => agree(side, preferences)));
  },
};

function read(header: string): object {
  return {
    extensions: parseExtensionHeader(header).map(({ name, parameters }) => ({
      name,
      params: parameters.map((one) => [one.name, one.value ?? null]),
    })),
  };
}

/** Each preference is written as it stands after the extension's name. */
function agree(
  side: 'server' | 'client',
  preferences: readonly string[],
): object {
  const alternatives = preferences.map(
    (text) => parseExtensionHeader(`x;${text}`)[0]?.parameters ?? [],
  );
  const agreed = negotiate(alternatives, side === 'server');
  return {
    agreed:
      agreed === undefined ? null : extensionHeader([extensionOf(agreed)]),
  };
}
