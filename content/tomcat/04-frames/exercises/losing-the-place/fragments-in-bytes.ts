/**
 * A text in two frames, each of which comes a byte at a time.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import {
  closeFrame,
  fragment,
} from '../../../../../runnable/scenarios/tomcat/websocket.ts';

export const scenario: Scenario = {
  title: 'Two frames, a byte at a time',
  summary:
    'One text in two frames, in seventeen segments; watch the two places that the parser keeps.',
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
      const frames = [...fragment(0x01, 'Hel'), ...fragment(0x80, 'lo')];
      for (const [index, byte] of frames.entries()) {
        await stage.at(1000 + 10 * index);
        await stream.write(Uint8Array.of(byte));
      }
      await stage.at(2000);
      await stream.write(closeFrame);
    }),
};
