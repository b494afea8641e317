/**
 * The network of the cluster: addresses, and programs that listen there.
 *
 * Scaffolding: every connection is a pipe in memory, so that what travels can
 * be read byte by byte.
 */
import type { Milliseconds } from '../sim/clock.ts';
import { pipe } from '../sim/pipe.ts';
import type { Sim, Suspension } from '../sim/sim.ts';
import { StreamError } from '../sim/stream.ts';
import { exchange, serve } from './http.ts';
import type { Handler, HttpRequest, HttpResponse } from './http.ts';

/** Who listens. */
export interface Listening {
  /** `10.0.0.5:8012`. */
  readonly address: string;
  /** Its side of a connection, as an address of an event has it. */
  readonly side: string;
  /** The task that answers a request. */
  readonly task: string;
}

/** A program at an address. */
export class Server {
  readonly #sim: Sim;
  readonly #listening: Listening;
  readonly #handler: Handler;
  #idle: Suspension<undefined>[] = [];
  #inFlight = 0;

  constructor(sim: Sim, listening: Listening, handler: Handler) {
    this.#sim = sim;
    this.#listening = listening;
    this.#handler = handler;
  }

  /** How many requests are being answered. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Sends it a request, on a connection of its own. */
  async ask(
    from: string,
    request: HttpRequest,
    latency: Milliseconds,
  ): Promise<HttpResponse> {
    const { side, task } = this.#listening;
    const [client, server] = pipe(this.#sim, [from, side], { latency });
    this.#sim.emit('bytes.connect', from, { peer: side });
    this.#inFlight += 1;
    this.#sim.go(task, async () => {
      await serve(server, this.#handler);
      this.#inFlight -= 1;
      if (this.#inFlight > 0) return;
      for (const waiting of this.#idle.splice(0)) waiting.resume(undefined);
    });
    return exchange(client, request);
  }

  /** Waits until nothing is being answered. */
  async drained(): Promise<void> {
    if (this.#inFlight === 0) return;
    const idle = this.#sim.suspend<undefined>('for its requests to end');
    this.#idle.push(idle);
    await idle.promise;
  }
}

/** All addresses of the cluster. */
export class Network {
  readonly #sim: Sim;
  readonly #latency: Milliseconds;
  readonly #servers = new Map<string, Server>();

  /** @param latency how long bytes travel between any two addresses */
  constructor(sim: Sim, latency: Milliseconds = 1) {
    this.#sim = sim;
    this.#latency = latency;
  }

  /** Lets a program answer at an address. */
  listen(listening: Listening, handler: Handler): Server {
    const server = new Server(this.#sim, listening, handler);
    this.#servers.set(listening.address, server);
    return server;
  }

  /** Nobody answers there any more; what has begun is finished. */
  close(address: string): void {
    this.#servers.delete(address);
  }

  /**
   * Sends a request to an address and waits for the answer.
   *
   * @param from the caller's side of the connection
   * @throws {StreamError} `reset` when nobody listens there
   */
  async call(
    from: string,
    address: string,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    const server = this.#servers.get(address);
    if (server === undefined) {
      throw new StreamError('reset', 'Connection refused');
    }
    return server.ask(from, request, this.#latency);
  }
}
