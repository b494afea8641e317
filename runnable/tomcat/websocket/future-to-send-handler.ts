/**
 * Lets a sender wait for the result of a send.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim, Suspension } from '../../sim/sim.ts';
import { IOException } from '../java/exceptions.ts';
import type { SendHandler, SendResult } from './javax.ts';
import { javaToString } from './java-to-string.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/FutureToSendHandler.java FutureToSendHandler
 */
export class FutureToSendHandler implements SendHandler {
  readonly #sim: Sim;
  #result: SendResult | undefined;
  #waiting: Suspension<SendResult> | undefined;

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/FutureToSendHandler.java FutureToSendHandler.onResult
   */
  onResult(result: SendResult): Promise<void> {
    if (this.#result === undefined) {
      this.#result = result;
      this.#waiting?.resume(result);
    }
    return Promise.resolve();
  }

  /**
   * Waits until the message has been written.
   *
   * @param timeout how long at most; -1 for ever
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/FutureToSendHandler.java FutureToSendHandler.get
   * @throws {IOException} when it could not be, or took too long
   */
  async get(timeout: Milliseconds): Promise<void> {
    const result = this.#result ?? (await this.#wait(timeout));
    if (result.exception === undefined) return;
    throw new IOException(
      `java.util.concurrent.ExecutionException: ${javaToString(result.exception)}`,
      { cause: result.exception },
    );
  }

  async #wait(timeout: Milliseconds): Promise<SendResult> {
    const waiting: Suspension<SendResult> = this.#sim.suspend(
      'for a message to be written',
    );
    this.#waiting = waiting;
    if (timeout < 0) return waiting.promise;
    const timer = this.#sim.clock.after(timeout, () => {
      waiting.fail(new IOException('java.util.concurrent.TimeoutException'));
    });
    const result = await waiting.promise;
    timer.stop();
    return result;
  }
}
