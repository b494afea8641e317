/**
 * Looks at things from time to time: at idle sessions, at slow writes.
 */
import type { Milliseconds, Timer } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';

/** Something to be looked at. */
export interface BackgroundProcess {
  /** Whether there is anything to look for; else the looking stops. */
  readonly isNeeded: boolean;
  /** Whether something is to be done now. */
  readonly isDue: boolean;
  backgroundProcess(): Promise<void>;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/BackgroundProcessManager.java BackgroundProcessManager
 * @differs upstream's thread wakes every second as long as any session lives;
 *   here a timer runs only while a session or a write has a limit, and a task
 *   starts only when one has passed its limit
 */
export class BackgroundProcessManager {
  readonly #sim: Sim;
  readonly #timers = new Map<BackgroundProcess, Timer>();

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  /**
   * Looks at `process` every `period`, for as long as it needs to be.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/BackgroundProcessManager.java BackgroundProcessManager.register
   */
  register(process: BackgroundProcess, period: Milliseconds): void {
    if (this.#timers.has(process)) return;
    const timer = this.#sim.clock.after(period, () => {
      this.#timers.delete(process);
      if (process.isDue) this.#process(process);
      if (process.isNeeded) this.register(process, period);
    });
    this.#timers.set(process, timer);
  }

  /** Stops looking at anything. */
  shutdown(): void {
    for (const timer of this.#timers.values()) timer.stop();
    this.#timers.clear();
  }

  #process(process: BackgroundProcess): void {
    this.#sim.go('WebSocket background processing', () =>
      process.backgroundProcess(),
    );
  }
}
