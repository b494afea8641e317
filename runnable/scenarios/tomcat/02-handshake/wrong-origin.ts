/**
 * A page of another site asks, and is refused; one of the application's own
 * asks on the same connection, and is not.
 */
import type { Scenario } from '../../scenario.ts';
import { DefaultServerEndpointConfigurator } from '../../../tomcat/websocket/server/default-server-endpoint-configurator.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';
import { echoClass } from '../echo-endpoint.ts';
import { send } from '../stage.ts';
import { closeFrame } from '../websocket.ts';

/** The application's own word on who may connect. */
class OwnPages extends DefaultServerEndpointConfigurator {
  /**
   * @story when result: Pages of {origin} are the application's own, so `checkOrigin` lets them in.
   * @story The application does not know pages of {origin}: `checkOrigin` returns false.
   */
  override checkOrigin(origin: string | undefined): boolean {
    return origin === 'http://localhost:8080';
  }
}

const deployed = { ...echoClass, configurator: new OwnPages() };

export const scenario: Scenario = {
  title: 'A page of another site',
  summary:
    'The application names the pages that may connect; watch the refusal leave the connection open for another try.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint, with a configurator that knows one origin',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfConversations,
  begin: (sim, ports) =>
    converse(
      sim,
      ports,
      requestWith('/echo', { Origin: 'http://elsewhere.example' }),
      async (stream, stage) => {
        await send(
          stream,
          requestWith('/echo', { Origin: 'http://localhost:8080' }),
        );
        await stage.at(2000);
        await stream.write(closeFrame);
        await stage.at(3000);
      },
      deployed,
    ),
};
