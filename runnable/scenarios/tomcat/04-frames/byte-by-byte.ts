/**
 * A frame comes a byte at a time: the parser keeps its place.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfParsing,
  requestWith,
} from '../conversation.ts';
import { closeFrame, hello } from '../websocket.ts';

export const scenario: Scenario = {
  title: 'A byte at a time',
  summary:
    'Eleven bytes in eleven segments; watch the parser stop in the middle of a header, and go on.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  // After each byte the loop finds nothing more; after the first it is told.
  fold: [
    ...foldOfParsing,
    ...Array.from(
      { length: 10 },
      (_, index) => `bytes.read server @${String(159 + index)} empty`,
    ),
  ],
  begin: (sim, ports) =>
    converse(sim, ports, requestWith('/echo'), async (stream, stage) => {
      for (const [index, byte] of hello.entries()) {
        await stage.at(1000 + 10 * index);
        await stream.write(Uint8Array.of(byte));
      }
      await stage.at(2000);
      await stream.write(closeFrame);
    }),
};
