/**
 * Message handlers that call the methods of an annotated class and send what
 * these return.
 */
import {
  IllegalStateException,
  IOException,
  RuntimeException,
} from '../../java/exceptions.ts';
import { javaToString } from '../java-to-string.ts';
import type { MessageHandler, Session } from '../javax.ts';
import type { Answer, OnMessage } from './pojo.ts';

/**
 * A handler for one annotated method. A limit above the session's buffer
 * makes the buffer larger.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoMethodMapping.java PojoMethodMapping.getMessageHandlers
 */
export function toMessageHandler(
  method: OnMessage,
  session: Session,
): MessageHandler {
  switch (method.type) {
    case 'text':
      return {
        type: 'TEXT',
        partial: false,
        maxMessageSize: enlargeText(session, method.maxMessageSize ?? -1),
        onMessage: (message) =>
          answer(session, () => method.onMessage(message)),
      };
    case 'partial text':
      return {
        type: 'TEXT',
        partial: true,
        maxMessageSize: -1,
        onMessage: (message, last) =>
          answer(session, () => method.onMessage(message, last)),
      };
    case 'binary':
      return {
        type: 'BINARY',
        partial: false,
        maxMessageSize: enlargeBinary(session, method.maxMessageSize ?? -1),
        onMessage: (message) =>
          answer(session, () => method.onMessage(message)),
      };
    case 'partial binary':
      return {
        type: 'BINARY',
        partial: true,
        maxMessageSize: -1,
        onMessage: (message, last) =>
          answer(session, () => method.onMessage(message, last)),
      };
    case 'pong':
      return {
        type: 'PONG',
        onMessage: (message) =>
          answer(session, () => method.onMessage(message)),
      };
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoMessageHandlerWholeText.java PojoMessageHandlerWholeText.PojoMessageHandlerWholeText
 */
function enlargeText(session: Session, limit: number): number {
  if (limit > session.getMaxTextMessageBufferSize()) {
    session.setMaxTextMessageBufferSize(limit);
  }
  return limit;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoMessageHandlerWholeBinary.java PojoMessageHandlerWholeBinary.PojoMessageHandlerWholeBinary
 */
function enlargeBinary(session: Session, limit: number): number {
  if (limit > session.getMaxBinaryMessageBufferSize()) {
    session.setMaxBinaryMessageBufferSize(limit);
  }
  return limit;
}

/**
 * Calls a method and sends what it returns.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoMessageHandlerBase.java PojoMessageHandlerBase.processResult
 */
async function answer(
  session: Session,
  call: () => Promise<Answer>,
): Promise<void> {
  const result = await invoke(call);
  if (result === undefined) return;
  try {
    const remote = session.getBasicRemote();
    if (typeof result === 'string') await remote.sendText(result);
    else await remote.sendBinary(result);
  } catch (error) {
    if (!(error instanceof IOException)) throw error;
    throw new IllegalStateException(javaToString(error), { cause: error });
  }
}

/**
 * Checked exceptions of the application become unchecked ones.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/pojo/PojoMessageHandlerBase.java PojoMessageHandlerBase.handlePojoMethodException
 */
async function invoke(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RuntimeException) throw error;
    throw new RuntimeException((error as Error).message, { cause: error });
  }
}
