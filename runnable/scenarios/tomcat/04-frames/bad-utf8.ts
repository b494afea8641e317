/**
 * Text that is not UTF-8 is refused at the first byte that shows it, long before
 * the message ends.
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
  title: 'Bad UTF-8 in the middle',
  summary:
    'A message announces 15 bytes and only 8 come; watch the server refuse it before it has the rest.',
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
      // Half of a surrogate pair; the second byte of it gives it away.
      const text = [0xce, 0xba, 0xed, 0xa0, 0x80, 0x61, 0x61, 0x61];
      const frame = maskedFrame(1, [...text, ...text.slice(1)]);
      await stream.write(frame.subarray(0, 6 + 8));
      await stage.at(2000);
    }),
};
