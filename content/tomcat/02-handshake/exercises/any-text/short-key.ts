/**
 * A handshake whose key is a word of three letters.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import { closeFrame } from '../../../../../runnable/scenarios/tomcat/websocket.ts';
import { StreamError } from '../../../../../runnable/sim/stream.ts';

export const scenario: Scenario = {
  title: 'A key of three letters',
  summary: 'A handshake with the key `abc`; watch whether anybody looks at it.',
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
      requestWith('/echo', { 'Sec-WebSocket-Key': 'abc' }),
      async (stream, stage) => {
        try {
          await stream.write(closeFrame);
        } catch (error) {
          // Who was refused has nobody to say goodbye to.
          if (!(error instanceof StreamError)) throw error;
        }
        await stage.at(2000);
      },
    ),
};
