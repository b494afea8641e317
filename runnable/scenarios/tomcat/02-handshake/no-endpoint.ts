/**
 * A path that no endpoint has: the filter steps aside, and the servlet answers
 * as if WebSocket did not exist.
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
  title: 'A path without an endpoint',
  summary:
    'An upgrade for a path nobody deployed; watch the filter pass it on.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfConversations,
  begin: (sim, ports) =>
    converse(sim, ports, requestWith('/nowhere'), async (stream, stage) => {
      stream.close();
      await stage.at(2000);
    }),
};
