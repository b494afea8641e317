/**
 * A close frame with the code 1005, which stands for a close frame without a
 * code: no frame may have it.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../conversation.ts';
import { maskedFrame } from '../websocket.ts';

export const scenario: Scenario = {
  title: '1005',
  summary:
    'A close frame may say nothing, but must not say that it says nothing; watch the answer.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfFrames,
  begin: (sim, ports) =>
    converse(sim, ports, requestWith('/echo'), async (stream, stage) => {
      await stream.write(maskedFrame(8, [0x03, 0xed]));
      await stage.at(2000);
    }),
};
