/**
 * A ping comes between two fragments of a message: it is answered at once, and
 * the message is none the worse for it.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../conversation.ts';
import { closeFrame, fragment, maskedFrame } from '../websocket.ts';

export const scenario: Scenario = {
  title: 'A ping inside a message',
  summary:
    'A text comes in two frames with a ping between them; watch the pong overtake the echo.',
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
      await stream.write(fragment(0x01, 'Hel'));
      await stage.at(2000);
      await stream.write(maskedFrame(9, [0x70]));
      await stage.at(3000);
      await stream.write(fragment(0x80, 'lo'));
      await stage.at(4000);
      await stream.write(closeFrame);
    }),
};
