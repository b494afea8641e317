/**
 * The handshake of RFC 6455, and the close of a session that said nothing.
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
  title: 'A handshake',
  summary:
    'A browser asks for WebSocket; watch the checks pass one by one, and nothing be written until all is prepared.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfConversations,
  begin: (sim, ports) =>
    converse(sim, ports, requestWith('/echo'), async (stream, stage) => {
      await stream.write(closeFrame);
      await stage.at(2000);
    }),
};
