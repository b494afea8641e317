/**
 * Which kind of message an application is in the middle of sending.
 */
import { IllegalStateException } from '../java/exceptions.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.State
 */
export type RemoteEndpointState =
  | 'OPEN'
  | 'STREAM_WRITING'
  | 'WRITER_WRITING'
  | 'BINARY_PARTIAL_WRITING'
  | 'BINARY_PARTIAL_READY'
  | 'BINARY_FULL_WRITING'
  | 'TEXT_PARTIAL_WRITING'
  | 'TEXT_PARTIAL_READY'
  | 'TEXT_FULL_WRITING';

/**
 * Refuses a send that would mix two messages. Pings, pongs and close frames
 * do not pass through here: they may come between the parts of a message.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java WsRemoteEndpointImplBase.StateMachine
 */
export class StateMachine {
  #state: RemoteEndpointState = 'OPEN';

  get state(): RemoteEndpointState {
    return this.#state;
  }

  streamStart(): void {
    this.#enter('STREAM_WRITING', ['OPEN']);
  }

  writeStart(): void {
    this.#enter('WRITER_WRITING', ['OPEN']);
  }

  binaryPartialStart(): void {
    this.#enter('BINARY_PARTIAL_WRITING', ['OPEN', 'BINARY_PARTIAL_READY']);
  }

  binaryStart(): void {
    this.#enter('BINARY_FULL_WRITING', ['OPEN']);
  }

  textPartialStart(): void {
    this.#enter('TEXT_PARTIAL_WRITING', ['OPEN', 'TEXT_PARTIAL_READY']);
  }

  textStart(): void {
    this.#enter('TEXT_FULL_WRITING', ['OPEN']);
  }

  /**
   * Something has been written: the end of the message, or a part of it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java StateMachine.complete
   */
  complete(last: boolean): void {
    if (last) {
      this.#check([
        'TEXT_PARTIAL_WRITING',
        'TEXT_FULL_WRITING',
        'BINARY_PARTIAL_WRITING',
        'BINARY_FULL_WRITING',
        'STREAM_WRITING',
        'WRITER_WRITING',
      ]);
      this.#state = 'OPEN';
      return;
    }
    this.#check([
      'TEXT_PARTIAL_WRITING',
      'BINARY_PARTIAL_WRITING',
      'STREAM_WRITING',
      'WRITER_WRITING',
    ]);
    if (this.#state === 'TEXT_PARTIAL_WRITING') {
      this.#state = 'TEXT_PARTIAL_READY';
    } else if (this.#state === 'BINARY_PARTIAL_WRITING') {
      this.#state = 'BINARY_PARTIAL_READY';
    }
  }

  #enter(
    next: RemoteEndpointState,
    allowed: readonly RemoteEndpointState[],
  ): void {
    this.#check(allowed);
    this.#state = next;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplBase.java StateMachine.checkState
   */
  #check(allowed: readonly RemoteEndpointState[]): void {
    if (allowed.includes(this.#state)) return;
    throw new IllegalStateException(
      `The remote endpoint was in state [${this.#state}] which is an invalid state for called method`,
    );
  }
}
