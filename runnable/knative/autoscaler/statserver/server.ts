/**
 * Where measurements come in: every activator and every pod keeps a connection
 * to the autoscaler and pushes what it has measured.
 */
import type { Channel } from '../../../sim/channel.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { SugaredLogger } from '../../logging/logger.ts';
import { Pair } from '../../websocket/connection.ts';
import type { RawConnection } from '../../websocket/connection.ts';
import type { StatMessage } from '../aggregation.ts';

/** "Service Restart": whoever is told so connects again. */
const closeServiceRestart = 1012;

/** A message, as the frame around it says what it is. */
export type Message =
  | { readonly type: 'binary'; readonly content: StatMessage }
  | { readonly type: 'text'; readonly content: string };

/**
 * @upstream knative/serving v0.4.1
 *   pkg/autoscaler/statserver/server.go Server
 */
export class Server {
  readonly #sim: Sim;
  readonly #statsCh: Channel<StatMessage>;
  readonly #logger: SugaredLogger;
  readonly #open = new Set<Pair<Message>>();
  #isShut = false;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/statserver/server.go New
   */
  constructor(sim: Sim, statsCh: Channel<StatMessage>, logger: SugaredLogger) {
    this.#sim = sim;
    this.#statsCh = statsCh;
    this.#logger = logger;
  }

  /**
   * Takes a connection.
   *
   * @throws {Error} when the server is not there, or not any more
   */
  accept(client: Sim, name: string): RawConnection<Message> {
    if (this.#isShut || this.#sim.killed) {
      throw new Error('connect: connection refused');
    }
    const pair = new Pair<Message>(client, name, (message) => {
      this.handler(message);
    });
    this.#open.add(pair);
    return pair;
  }

  /**
   * Passes a measurement on. Text is no measurement, and that of a pod which
   * is about to go is none that counts.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/statserver/server.go Server.Handler
   * @differs upstream waits while a thousand measurements are unread; here the
   *   next one is dropped
   */
  handler(message: Message): void {
    if (message.type !== 'binary') {
      this.#logger.errorf('Dropping non-binary message.');
      return;
    }
    const { content } = message;
    if (content.stat.lameDuck === true) return;
    this.#statsCh.trySend(content);
  }

  /**
   * Closes every connection with a code that asks to come back.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/autoscaler/statserver/server.go Server.Shutdown
   */
  shutdown(): void {
    this.#isShut = true;
    for (const pair of this.#open) pair.close(closeServiceRestart);
    this.#open.clear();
  }

  /** The process is gone without a word: what was open breaks. */
  break(): void {
    for (const pair of this.#open) pair.close(1006);
    this.#open.clear();
  }
}
