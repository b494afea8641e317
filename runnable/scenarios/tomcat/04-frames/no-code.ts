/**
 * A close frame without a code, which an API would call 1005, and one with the
 * code 1005 in it, which no frame may have.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';
import { maskedFrame } from '../websocket.ts';

export const scenario: Scenario = {
  title: '1005',
  summary:
    'A close frame may say nothing, but must not say that it says nothing: compare the two answers.',
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
      await stream.write(maskedFrame(8, [0x03, 0xed]));
      await stage.at(2000);
    }),
};
