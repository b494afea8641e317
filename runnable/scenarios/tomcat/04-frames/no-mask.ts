/**
 * A client forgets to mask, and the server ends the conversation: 1002.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../conversation.ts';

export const scenario: Scenario = {
  title: 'The mask forgotten',
  summary:
    'A client sends a frame without a mask; watch a protocol error close the connection, and `onError` hear nothing.',
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
      await stream.write(Uint8Array.of(0x81, 0x02, 0x68, 0x69));
      await stage.at(2000);
    }),
};
