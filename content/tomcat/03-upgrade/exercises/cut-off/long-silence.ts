/**
 * A chat that is silent for an hour before its first message, and for another
 * one after it.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import {
  closeFrame,
  hello,
} from '../../../../../runnable/scenarios/tomcat/websocket.ts';

const hour = 3_600_000;

export const scenario: Scenario = {
  title: 'A long silence',
  summary:
    'Two messages, each after an hour of silence; watch whether the connection is still there.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded, but for the end of a connection',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  keep: ['call Poller.cancelledKey'],
  fold: foldOfConversations.filter((address) => address !== 'call Poller'),
  begin: (sim, ports) =>
    converse(sim, ports, requestWith('/echo'), async (stream, stage) => {
      await stage.at(hour);
      await stream.write(hello);
      await stage.at(2 * hour);
      await stream.write(hello);
      await stage.at(2 * hour + 1000);
      await stream.write(closeFrame);
    }),
};
