/**
 * An annotated class: what Java's annotations say of its methods.
 *
 * @differs Java finds the methods by their annotations; here an instance says
 *   which of its methods take messages, and of which kind
 */
import type { CloseReason, EndpointConfig, Session } from '../javax.ts';

/** What a method for messages may return: it is sent to the peer. */
export type Answer = string | Uint8Array | undefined;

/** A method with `@OnMessage`. */
export type OnMessage =
  | {
      readonly type: 'text';
      readonly maxMessageSize?: number;
      onMessage(message: string): Promise<Answer>;
    }
  | {
      readonly type: 'partial text';
      onMessage(message: string, last: boolean): Promise<Answer>;
    }
  | {
      readonly type: 'binary';
      readonly maxMessageSize?: number;
      onMessage(message: Uint8Array): Promise<Answer>;
    }
  | {
      readonly type: 'partial binary';
      onMessage(message: Uint8Array, last: boolean): Promise<Answer>;
    }
  | { readonly type: 'pong'; onMessage(message: Uint8Array): Promise<Answer> };

/** An instance of an annotated class; it serves one session. */
export interface Pojo {
  onOpen?(session: Session, config: EndpointConfig): Promise<void>;
  onClose?(session: Session, reason: CloseReason): Promise<void>;
  onError?(session: Session, error: Error): Promise<void>;
  /** The methods for messages, made for this session. */
  onMessages(session: Session): readonly OnMessage[];
}
