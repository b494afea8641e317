/**
 * The application at the client's side: it notes what it hears.
 */
import { Endpoint } from '../../../tomcat/websocket/javax.ts';
import type { CloseReason, Session } from '../../../tomcat/websocket/javax.ts';
import { WsSession } from '../../../tomcat/websocket/ws-session.ts';

export class ClientEndpoint extends Endpoint {
  readonly heard: string[] = [];
  #session: Session | undefined;

  /** Of its session; undefined before there is one. */
  get state(): string | undefined {
    const session = this.#session;
    return session instanceof WsSession ? session.state : undefined;
  }

  /**
   * @story `onOpen` adds the message handler: nothing may be delivered before it has run.
   */
  onOpen(session: Session): Promise<void> {
    this.#session = session;
    this.heard.push('onOpen');
    session.addMessageHandler({
      type: 'TEXT',
      partial: false,
      maxMessageSize: -1,
      onMessage: (message) => this.onMessage(message),
    });
    return Promise.resolve();
  }

  /**
   * @story The endpoint hears `{message}`.
   */
  onMessage(message: string): Promise<void> {
    this.heard.push(`onMessage ${message}`);
    return Promise.resolve();
  }

  /**
   * @story `onClose` tells the endpoint that code {reason.code} has ended its session.
   */
  override onClose(_session: Session, reason: CloseReason): Promise<void> {
    this.heard.push(`onClose ${String(reason.code)}`);
    return Promise.resolve();
  }
}
