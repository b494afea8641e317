/**
 * A client goes without a word. The application hears 1006, which nobody ever
 * sends.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../conversation.ts';
import { hello } from '../websocket.ts';

export const scenario: Scenario = {
  title: 'A client that vanishes',
  summary:
    'The client closes its socket without a close frame; watch what the endpoint hears and in which order.',
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
      await stream.write(hello);
      await stage.at(2000);
      stream.close();
      await stage.at(3000);
    }),
};
