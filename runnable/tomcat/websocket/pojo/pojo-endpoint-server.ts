/**
 * The endpoint that stands for an annotated class.
 *
 * It makes the instance when the session opens, so each session has its own.
 */
import { Log } from '../../juli/log.ts';
import type { LogSink } from '../../juli/log.ts';
import type { CloseReason, EndpointConfig, Session } from '../javax.ts';
import { Endpoint } from '../javax.ts';
import type { PojoClass } from '../server/server-endpoint-config.ts';
import { toMessageHandler } from './pojo-message-handlers.ts';
import type { Pojo } from './pojo.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoEndpointServer.java PojoEndpointServer
 */
export class PojoEndpointServer extends Endpoint {
  readonly #pojoClass: PojoClass;
  readonly #log: Log;
  #pojo: Pojo | undefined;

  constructor(pojoClass: PojoClass, sink: LogSink) {
    super();
    this.#pojoClass = pojoClass;
    this.#log = new Log('PojoEndpointServer', sink);
  }

  /**
   * Adds the message handlers, then calls the application. What that throws
   * is told to it, and the session is closed as if all were well: 1000.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/pojo/PojoEndpointBase.java PojoEndpointBase.doOnOpen
   */
  async onOpen(session: Session, config: EndpointConfig): Promise<void> {
    const pojo = this.#pojoClass.newInstance();
    this.#pojo = pojo;
    for (const method of pojo.onMessages(session)) {
      session.addMessageHandler(toMessageHandler(method, session));
    }
    try {
      await pojo.onOpen?.(session, config);
    } catch (error) {
      await this.#handleOnOpenError(session, error as Error);
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/pojo/PojoEndpointBase.java PojoEndpointBase.handleOnOpenError
   */
  async #handleOnOpenError(session: Session, error: Error): Promise<void> {
    await this.onError(session, error);
    await session.close();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/pojo/PojoEndpointBase.java PojoEndpointBase.onClose
   */
  override async onClose(session: Session, reason: CloseReason): Promise<void> {
    try {
      await this.#pojo?.onClose?.(session, reason);
    } catch (error) {
      this.#logFailure('onClose', error as Error);
    }
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/pojo/PojoEndpointBase.java PojoEndpointBase.onError
   */
  override async onError(session: Session, error: Error): Promise<void> {
    if (this.#pojo?.onError === undefined) {
      this.#logFailure('No error handling configured', error);
      return;
    }
    try {
      await this.#pojo.onError(session, error);
    } catch (another) {
      this.#logFailure('onError', another as Error);
    }
  }

  /** Nobody is left to be told. */
  #logFailure(what: string, { message }: Error): void {
    this.#log.error(`${what} [${this.#pojoClass.name}]: ${message}`);
  }
}
