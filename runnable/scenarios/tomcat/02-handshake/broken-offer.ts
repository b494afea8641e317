/**
 * An offer with a parameter that nobody knows: not declined but an error, 500.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';

export const scenario: Scenario = {
  title: 'A broken offer',
  summary:
    'An unknown parameter of a known extension; watch the handshake fail, where an unknown extension would only be ignored.',
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
        'Sec-WebSocket-Extensions': 'permessage-deflate; foo',
      }),
      async (_stream, stage) => {
        await stage.at(2000);
      },
    ),
};
