/**
 * Processors that wait for another connection.
 */
import type { Processor } from './processor.ts';

/**
 * A queue of bounded length; what does not fit is dropped.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/AbstractProtocol.java AbstractProtocol.RecycledProcessors
 */
export class RecycledProcessors {
  readonly #processors: Processor[] = [];
  readonly #limit: number;

  /** @param limit how many are kept; -1 for all */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#processors.length;
  }

  /**
   * Keeps a processor; false when there are enough.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java RecycledProcessors.offer
   */
  offer(processor: Processor): boolean {
    if (this.#limit !== -1 && this.size >= this.#limit) return false;
    this.#processors.push(processor);
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProtocol.java RecycledProcessors.poll
   */
  poll(): Processor | undefined {
    return this.#processors.shift();
  }
}
