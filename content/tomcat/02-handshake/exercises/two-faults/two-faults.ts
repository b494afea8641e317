/**
 * A handshake with two faults, and another one over the same connection.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import { send } from '../../../../../runnable/scenarios/tomcat/stage.ts';

export const scenario: Scenario = {
  title: 'Two faults at once',
  summary:
    'First a handshake with an old version and no key, then one whose only fault is its offer; watch the connection.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfConversations,
  begin: (sim, ports) =>
    converse(
      sim,
      ports,
      requestWith('/echo', {
        'Sec-WebSocket-Version': '8',
        'Sec-WebSocket-Key': undefined,
      }),
      async (stream, stage) => {
        await send(
          stream,
          requestWith('/echo', {
            'Sec-WebSocket-Extensions':
              'x-unheard-of, permessage-deflate; server_max_window_bits=10',
          }),
        );
        await stage.at(2000);
        stream.close();
      },
    ),
};
