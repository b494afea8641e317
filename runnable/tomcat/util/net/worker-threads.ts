/**
 * The threads that serve connections.
 *
 * A new thread is made for each of the first ten jobs, busy or not; after that
 * the thread that has been idle longest takes the next one. More are made only
 * when none is idle, and when there are enough, jobs wait.
 *
 * @differs threads of Java's `ThreadPoolExecutor` are tasks; one that is idle
 *   for a minute would end there, and stays here
 */
import type { Sim, Suspension } from '../../../sim/sim.ts';

type Job = () => Promise<void>;

export class WorkerThreads {
  readonly #sim: Sim;
  readonly #maxThreads: number;
  readonly #minSpareThreads: number;
  readonly #queue: Job[] = [];
  readonly #idle: Suspension<Job>[] = [];
  #threads = 0;

  constructor(sim: Sim, maxThreads: number, minSpareThreads: number) {
    this.#sim = sim;
    this.#maxThreads = maxThreads;
    this.#minSpareThreads = Math.min(minSpareThreads, maxThreads);
  }

  /** How many threads are serving a connection now. */
  get busy(): number {
    return this.#threads - this.#idle.length;
  }

  /** Lets a thread do a job, sooner or later. */
  execute(job: Job): void {
    if (this.#threads < this.#minSpareThreads) {
      this.#start(job);
      return;
    }
    const idle = this.#idle.shift();
    if (idle !== undefined) idle.resume(job);
    else if (this.#threads < this.#maxThreads) this.#start(job);
    else this.#queue.push(job);
  }

  #start(first: Job): void {
    this.#threads += 1;
    this.#sim.go(`worker-${String(this.#threads)}`, async () => {
      await first();
      for (;;) {
        const job = this.#queue.shift() ?? (await this.#wait());
        await job();
      }
    });
  }

  #wait(): Promise<Job> {
    const idle = this.#sim.suspend<Job>('for a connection to serve');
    this.#idle.push(idle);
    return idle.promise;
  }
}
