/**
 * The application of this part's stories: it sends back what it gets.
 */
import type { CloseReason, Session } from '../../tomcat/websocket/javax.ts';
import type { PojoClass } from '../../tomcat/websocket/server/server-endpoint-config.ts';
import type {
  Answer,
  OnMessage,
  Pojo,
} from '../../tomcat/websocket/pojo/pojo.ts';

export class EchoEndpoint implements Pojo {
  /**
   * The first that the application hears of a connection.
   *
   * @story Now the endpoint hears of its session: `onOpen` may send, and nothing can arrive before it returns.
   */
  onOpen(_session: Session): Promise<void> {
    return Promise.resolve();
  }

  onMessages(_session: Session): readonly OnMessage[] {
    return [{ type: 'text', onMessage: (message) => this.onMessage(message) }];
  }

  /**
   * Sends a text back.
   *
   * @story `onMessage` receives `{message}` and returns the text that is to be sent back.
   */
  onMessage(message: string): Promise<Answer> {
    return Promise.resolve(message);
  }

  /**
   * The last that the application hears, unless something failed.
   *
   * @story when _closeReason.reason: `onClose` runs with code {_closeReason.code} and reason `{_closeReason.reason}`.
   * @story `onClose` runs with code {_closeReason.code} and no reason.
   */
  onClose(_session: Session, _closeReason: CloseReason): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Something failed.
   *
   * @story when _error.message: `onError` is told: {_error.message}.
   * @story `onError` is told of an error that has no message.
   */
  onError(_session: Session, _error: Error): Promise<void> {
    return Promise.resolve();
  }
}

/** How it is deployed. */
export const echoClass: PojoClass = {
  type: 'POJO',
  name: 'class EchoEndpoint',
  newInstance: () => new EchoEndpoint(),
};
