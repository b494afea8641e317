/**
 * `tomcat/frames`: what an endpoint of the lab makes of bytes that come after
 * the handshake.
 */
import type { ConnectorName } from '../../../runnable/tomcat/catalina/connector.ts';
import { converse } from '../lab-conversation.ts';
import { PortError } from '../port.ts';
import type { Port } from '../port.ts';
import { flag, object, oneOf, text, textLike } from '../schema/json-schema.ts';

interface Case {
  readonly endpoint: string;
  readonly hex: string;
  readonly connector?: ConnectorName;
  readonly faults?: boolean;
}

export const port: Port = {
  schema: object(
    {
      endpoint: { ...text, description: 'a path of the lab such as "/echo"' },
      hex: textLike(
        '^([0-9a-fA-F]{2})*$',
        'bytes as pairs of hexadecimal digits',
      ),
      connector: oneOf('bio', 'nio'),
      faults: flag,
    },
    ['endpoint', 'hex'],
  ),
  async answer(document) {
    const given = document as Case;
    const { endpoint, connector = 'bio', faults = false } = given;
    const spoken = await converse({
      connector,
      faults,
      request: upgradeRequest(endpoint),
      bytes: Buffer.from(given.hex, 'hex'),
    });
    if (!spoken.head.startsWith('HTTP/1.1 101')) {
      const [line = ''] = spoken.head.split('\r\n');
      throw new PortError(
        'endpoint',
        `expected a path that lets a client in, found "${endpoint}", which answers "${line}"`,
      );
    }
    const { rest, events, states, closed } = spoken;
    return { hex: rest.toString('hex'), events, states, closed };
  },
};

/** `/origin` lets this origin in, and the others do not care. */
const upgradeRequest = (path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost:8080',
    'Origin: http://good',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n');
