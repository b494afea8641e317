/**
 * The endpoint asks, at each message, how many sessions are open.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import { ClientEndpoint as Listening } from '../../../../../runnable/scenarios/tomcat/05-client/client-endpoint.ts';
import {
  answer,
  cast,
  connect,
  folded,
  notes,
  text,
} from '../../../../../runnable/scenarios/tomcat/05-client/served.ts';
import type { Session } from '../../../../../runnable/tomcat/websocket/javax.ts';

export const scenario: Scenario = {
  title: 'Who is open?',
  summary:
    'A message comes with the answer, and the endpoint counts the open sessions when it hears it.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: [
    'call ClientEndpoint.onOpen.onMessage',
    'call counts-itself/ClientEndpoint.onOpen',
  ],
  begin: (sim, ports) =>
    connect(
      sim,
      ports,
      (server) =>
        server.write(Uint8Array.from([...answer(), ...text('early')])),
      new ClientEndpoint(),
    ),
};

class ClientEndpoint extends Listening {
  #own: Session | undefined;

  override onOpen(session: Session): Promise<void> {
    this.#own = session;
    return super.onOpen(session);
  }

  /**
   * @story The endpoint hears `{message}`, and counts the open sessions.
   */
  override onMessage(message: string): Promise<void> {
    const open = this.#own?.getOpenSessions().length ?? 0;
    this.heard.push(`onMessage ${message}, open: ${String(open)}`);
    return Promise.resolve();
  }
}
