/**
 * A client offers to compress: one offer that Java cannot take, one that it
 * can.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';
import { closeFrame } from '../websocket.ts';

export const scenario: Scenario = {
  title: 'Compression agreed',
  summary:
    'Two offers of permessage-deflate in one header; watch the first be passed over and the second be taken.',
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
        'Sec-WebSocket-Extensions':
          'permessage-deflate; server_max_window_bits=10, permessage-deflate; client_max_window_bits',
      }),
      async (stream, stage) => {
        await stream.write(closeFrame);
        await stage.at(2000);
      },
    ),
};
