/**
 * `tomcat/handshake`: what the lab answers to a request, byte for byte.
 */
import type { ConnectorName } from '../../../runnable/tomcat/catalina/connector.ts';
import { converse } from '../lab-conversation.ts';
import type { Port } from '../port.ts';
import { flag, object, oneOf, text } from '../schema/json-schema.ts';

interface Case {
  readonly request: string;
  readonly connector?: ConnectorName;
  readonly faults?: boolean;
}

export const port: Port = {
  schema: object(
    {
      request: { ...text, description: 'the bytes of a request, as text' },
      connector: oneOf('bio', 'nio'),
      faults: flag,
    },
    ['request'],
  ),
  async answer(document) {
    const { request, connector = 'bio', faults = false } = document as Case;
    const spoken = await converse({ connector, faults, request });
    const { head, rest, events, states } = spoken;
    // After a 101 come frames, which are no part of the answer.
    const body = head.startsWith('HTTP/1.1 101') ? '' : rest.toString('latin1');
    return { response: head + body, events, states };
  },
};
