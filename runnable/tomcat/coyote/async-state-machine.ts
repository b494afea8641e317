/**
 * Where an asynchronous request stands. Its servlet has returned, but the
 * response is not complete; somebody else will complete it, or time will.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine
 * @omits dispatching the request to another servlet
 */
import { IllegalStateException } from '../java/exceptions.ts';
import type { SocketState } from '../util/net/socket-wrapper.ts';

export type AsyncState =
  | 'DISPATCHED'
  | 'STARTING'
  | 'STARTED'
  | 'MUST_COMPLETE'
  | 'COMPLETING'
  | 'TIMING_OUT';

export class AsyncStateMachine {
  state: AsyncState = 'DISPATCHED';

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.isAsync
   */
  isAsync(): boolean {
    return this.state !== 'DISPATCHED';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.asyncStart
   */
  asyncStart(): void {
    this.#expect('DISPATCHED');
    this.state = 'STARTING';
  }

  /**
   * What the worker does once the servlet has returned.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.asyncPostProcess
   */
  asyncPostProcess(): SocketState {
    if (this.state === 'STARTING' || this.state === 'STARTED') {
      this.state = 'STARTED';
      return 'LONG';
    }
    this.#expect('MUST_COMPLETE', 'COMPLETING');
    this.state = 'DISPATCHED';
    return 'ASYNC_END';
  }

  /**
   * Completes the request; true when a worker must be sent to do so.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.asyncComplete
   */
  asyncComplete(): boolean {
    this.#expect('STARTING', 'STARTED', 'TIMING_OUT');
    const doComplete = this.state === 'STARTED';
    this.state = doComplete ? 'COMPLETING' : 'MUST_COMPLETE';
    return doComplete;
  }

  /**
   * Says whether the time is really up: completing comes first.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.asyncTimeout
   */
  asyncTimeout(): boolean {
    if (this.state === 'COMPLETING' || this.state === 'DISPATCHED') {
      return false;
    }
    this.#expect('STARTED');
    this.state = 'TIMING_OUT';
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AsyncStateMachine.java AsyncStateMachine.recycle
   */
  recycle(): void {
    this.state = 'DISPATCHED';
  }

  #expect(...states: readonly AsyncState[]): void {
    if (states.includes(this.state)) return;
    throw new IllegalStateException(
      `The request is in state [${this.state}], which does not allow this`,
    );
  }
}
