/**
 * Clients that keep so many requests in flight: each sends its next one when
 * the last was answered.
 */
import { revisionName, namespace } from './objects.ts';
import type { ScalingStage } from './stage.ts';

/** Where requests for the Revision go when it has pods. */
const target = `${revisionName}-service.${namespace}.svc.cluster.local:80`;

/** How long a client waits after an answer that was none. */
const pause = 500;

export class Load {
  readonly #stage: ScalingStage;
  #wanted = 0;
  #running = 0;
  #answered = 0;
  #failed = 0;

  constructor(stage: ScalingStage) {
    this.#stage = stage;
  }

  /** How many requests were answered, and how many were not. */
  get outcome(): { readonly answered: number; readonly failed: number } {
    return { answered: this.#answered, failed: this.#failed };
  }

  /** How many requests there should be at once. */
  get wanted(): number {
    return this.#wanted;
  }

  /**
   * Has this many requests in flight from now on.
   *
   * @story when !clients: The last clients leave: when its request is answered,
   *   none of them sends another.
   * @story From now on {clients, plural, one {# client keeps a request} other {# clients keep one request each}}
   *   in flight.
   */
  setTo(clients: number): void {
    this.#wanted = clients;
    while (this.#running < clients) {
      this.#running += 1;
      const { sim } = this.#stage;
      sim.go(`client ${String(sim.count('client'))}`, () => this.#send());
    }
  }

  async #send(): Promise<void> {
    while (this.#running <= this.#wanted) {
      const isAnswered = await this.#ask();
      if (isAnswered) this.#answered += 1;
      else {
        this.#failed += 1;
        await this.#stage.sim.sleep(pause);
      }
    }
    this.#running -= 1;
  }

  async #ask(): Promise<boolean> {
    const request = {
      method: 'GET',
      path: '/',
      host: 'helloworld-go.default.example.com',
      headers: [],
      body: '',
    };
    try {
      const send = this.#stage.transportFrom('client');
      const { status } = await send(target, request);
      return status === 200;
    } catch (error) {
      if (error instanceof TypeError) throw error;
      return false;
    }
  }
}
