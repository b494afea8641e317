/**
 * A connection that comes back: whoever sends does not see it break, only that
 * some of what he sends is refused.
 *
 * @differs messages are handed over as they are; upstream encodes them with
 *   gob and frames them as a WebSocket does, and pings the other side
 */
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { SugaredLogger } from '../logging/logger.ts';

/** One connection, from the side of whoever opened it. */
export interface RawConnection<M> {
  /** @throws {Error} when it is closed */
  writeMessage(message: M): void;
  /** Waits until the other side closes it; the code it gave. */
  closed(): Promise<number>;
}

/** Opens a connection. @throws {Error} when nobody listens */
export type Dial<M> = () => Promise<RawConnection<M>>;

/** Nothing can be sent before the first connection, and between two. */
const errConnectionNotEstablished =
  'connection has not yet been established' as const;

/** From one attempt to connect to the next. */
const connectionBackoff = {
  duration: 100,
  factor: 1.3,
  jitter: 0.5,
  steps: 20,
} as const;

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/websocket/connection.go ManagedConnection
 */
export class ManagedConnection<M> {
  readonly #sim: Sim;
  readonly #target: string;
  readonly #dial: Dial<M>;
  readonly #logger: SugaredLogger;
  #connection: RawConnection<M> | undefined;

  constructor(sim: Sim, target: string, dial: Dial<M>, logger: SugaredLogger) {
    this.#sim = sim;
    this.#target = target;
    this.#dial = dial;
    this.#logger = logger;
  }

  /**
   * Hands a message over, or says that it cannot.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/websocket/connection.go ManagedConnection.Send
   * @throws {Error} when there is no connection at the moment
   */
  send(message: M): void {
    if (this.#connection === undefined) {
      throw new Error(errConnectionNotEstablished);
    }
    this.#connection.writeMessage(message);
  }

  /** Connects, and connects again whenever the connection ends. */
  async keepConnected(): Promise<void> {
    for (;;) {
      this.#logger.infof('Connecting to %q', this.#target);
      const connection = await this.#connect();
      if (connection === undefined) continue;
      this.#connection = connection;
      await connection.closed();
      this.#connection = undefined;
      const format = 'Connection to %q broke down, reconnecting...';
      this.#logger.errorf(format, this.#target);
    }
  }

  /**
   * Tries twenty times, each time after a longer while.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/websocket/connection.go ManagedConnection.connect
   */
  async #connect(): Promise<RawConnection<M> | undefined> {
    const { factor, jitter, steps } = connectionBackoff;
    let duration: Milliseconds = connectionBackoff.duration;
    for (let step = 0; step < steps; step++) {
      try {
        return await this.#dial();
      } catch (error) {
        const format = 'Connecting to %q failed: %v';
        this.#logger.errorf(format, this.#target, error);
      }
      const chance = this.#sim.chance.fraction();
      await this.#sim.sleep(Math.round(duration * (1 + jitter * chance)));
      duration *= factor;
    }
    return undefined;
  }
}

/**
 * A durable connection for messages in one direction.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/websocket/connection.go NewDurableSendingConnection
 */
export function newDurableSendingConnection<M>(
  sim: Sim,
  target: string,
  dial: Dial<M>,
  logger: SugaredLogger,
): ManagedConnection<M> {
  const connection = new ManagedConnection<M>(sim, target, dial, logger);
  sim.go(`connection to ${target}`, () => connection.keepConnected());
  return connection;
}

/** Both ends of a connection within one machine's memory. */
export class Pair<M> implements RawConnection<M> {
  readonly #closed: Channel<number>;
  readonly #receive: (message: M) => void;
  #isOpen = true;

  /** @param receive the other side, to whom messages go */
  constructor(client: Sim, name: string, receive: (message: M) => void) {
    this.#closed = new Channel(client, `close of ${name}`, 1);
    this.#receive = receive;
  }

  writeMessage(message: M): void {
    if (!this.#isOpen) throw new Error('websocket: close sent');
    this.#receive(message);
  }

  async closed(): Promise<number> {
    return (await this.#closed.recv()) ?? 1006;
  }

  /** The other side ends it. */
  close(code: number): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed.trySend(code);
  }
}
