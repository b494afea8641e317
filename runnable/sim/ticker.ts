/**
 * Go's `time.Ticker`: a channel that receives the time at every period.
 *
 * The channel has room for one tick; a receiver that is late loses the ticks
 * in between.
 */
import { Channel } from './channel.ts';
import type { Instant, Milliseconds, Timer } from './clock.ts';
import type { Sim } from './sim.ts';

/** A tick every period, until it is stopped. */
/** Ticks from the moment it is made. */
export class Ticker {
  readonly channel: Channel<Instant>;
  #timer: Timer;

  /** @throws {RangeError} when `period` is not above 0 */
  constructor(sim: Sim, name: string, period: Milliseconds) {
    if (!(period > 0)) {
      throw new RangeError('non-positive interval for NewTicker');
    }
    this.channel = new Channel(sim, name, 1);
    const tick = (): void => {
      if (this.channel.canSend()) this.channel.trySend(sim.now());
      this.#timer = sim.clock.after(period, tick);
    };
    this.#timer = sim.clock.after(period, tick);
  }

  /** No tick comes after this; the channel stays open, as in Go. */
  stop(): void {
    this.#timer.stop();
  }
}
