/**
 * Handshakes of a browser that asks for two things at once: to keep the
 * connection, and to upgrade it.
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

export const scenario: Scenario = {
  title: 'Two wishes in one header',
  summary:
    'A handshake whose `Connection` header is a list; watch whether it is accepted.',
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
      requestWith('/echo', { Connection: 'keep-alive, Upgrade' }),
      async (stream, stage) => {
        await stream.write(closeFrame);
        await stage.at(2000);
      },
    ),
};
