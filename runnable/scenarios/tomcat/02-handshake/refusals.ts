/**
 * Two refusals on one connection: 426 keeps it open, so the client may try
 * again; 400 ends it.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';
import { send } from '../stage.ts';

export const scenario: Scenario = {
  title: 'Refused',
  summary:
    'A client speaks an old version, then forgets the key: compare what becomes of the connection.',
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
      requestWith('/echo', { 'Sec-WebSocket-Version': '8' }),
      async (stream, stage) => {
        await send(
          stream,
          requestWith('/echo', { 'Sec-WebSocket-Key': undefined }),
        );
        await stage.at(2000);
      },
    ),
};
