/**
 * The application closes first; the client answers a second later.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import { EchoEndpoint as Echo } from '../../../../../runnable/scenarios/tomcat/echo-endpoint.ts';
import {
  closeFrame,
  hello,
} from '../../../../../runnable/scenarios/tomcat/websocket.ts';
import type { Session } from '../../../../../runnable/tomcat/websocket/javax.ts';
import type { OnMessage } from '../../../../../runnable/tomcat/websocket/pojo/pojo.ts';

export const scenario: Scenario = {
  title: 'The server says goodbye first',
  summary:
    'The endpoint closes its session on the first message; watch what becomes of the close frame that the client answers with.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint, which closes after one message',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfFrames,
  begin: (sim, ports) =>
    converse(
      sim,
      ports,
      requestWith('/echo'),
      async (stream, stage) => {
        await stream.write(hello);
        await stage.at(2000);
        await stream.write(closeFrame);
        await stage.at(3000);
      },
      {
        type: 'POJO',
        name: 'class EchoEndpoint',
        newInstance: () => new EchoEndpoint(),
      },
    ),
};

/** Hears one message, and has had enough. */
class EchoEndpoint extends Echo {
  override onMessages(session: Session): readonly OnMessage[] {
    return [{ type: 'text', onMessage: () => this.#closeInstead(session) }];
  }

  async #closeInstead(session: Session): Promise<undefined> {
    await session.close();
  }
}
