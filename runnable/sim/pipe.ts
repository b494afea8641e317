/**
 * A connection in memory: two streams, each reading what the other writes.
 */
import { Channel } from './channel.ts';
import type { Milliseconds, Timer } from './clock.ts';
import type { EventId } from './event.ts';
import { Flow } from './flow.ts';
import type { Sim, Suspension } from './sim.ts';
import { StreamError } from './stream.ts';
import type { ByteStream, Listener } from './stream.ts';

export interface PipeOptions {
  /** How long bytes travel; 0 by default. */
  readonly latency?: Milliseconds;
  /** How many unread bytes fit before a writer waits; 65,536 by default. */
  readonly capacity?: number;
}

class PipeEnd implements ByteStream {
  readonly side: string;
  readonly #sim: Sim;
  readonly #in: Flow;
  readonly #out: Flow;
  readonly #latency: Milliseconds;
  #peer: PipeEnd | undefined;
  #closed = false;

  constructor(
    sim: Sim,
    side: string,
    input: Flow,
    output: Flow,
    latency: Milliseconds,
  ) {
    this.#sim = sim;
    this.side = side;
    this.#in = input;
    this.#out = output;
    this.#latency = latency;
  }

  join(peer: PipeEnd): void {
    this.#peer = peer;
  }

  get closed(): boolean {
    return this.#closed;
  }

  async read(
    max: number,
    timeout: Milliseconds = 0,
  ): Promise<Uint8Array | undefined> {
    const due = this.#sim.now() + timeout;
    for (let first = true; ; first = false) {
      this.#check(this.#in);
      if (this.#in.readable) return this.#take(max);
      const left = timeout > 0 ? Math.max(1, due - this.#sim.now()) : 0;
      await this.#block(left, first);
    }
  }

  readNow(max: number): Uint8Array | undefined {
    this.#check(this.#in);
    if (this.#in.readable) return this.#take(max);
    const subject = `${this.side} @${String(this.#in.read)} empty`;
    this.#sim.emit('bytes.read', subject, { n: 0 }, { case: 'empty' });
    return new Uint8Array(0);
  }

  async write(bytes: Uint8Array, timeout: Milliseconds = 0): Promise<void> {
    let rest = bytes;
    for (;;) {
      const taken = this.writeNow(rest);
      rest = rest.subarray(taken);
      if (rest.length === 0) return;
      const task: Suspension<undefined> = this.#sim.suspend(
        `for room on ${this.side}`,
      );
      const timer = this.#limit(task, timeout, 'Write timed out');
      this.#out.whenRoom(() => {
        timer?.stop();
        task.resume(undefined);
      });
      await task.promise;
    }
  }

  writeNow(bytes: Uint8Array): number {
    this.#check(this.#out);
    if (this.#peer?.closed === true) {
      this.#out.broken = true;
      throw new StreamError('reset', 'Broken pipe');
    }
    const flow = this.#out;
    const size = Math.min(bytes.length, flow.room);
    if (size === 0) return 0;
    const sent = bytes.slice(0, size);
    const subject = `${this.side} @${String(flow.written)}`;
    const fields = { bytes: sent, n: size };
    const write = this.#sim.emit('bytes.write', subject, fields);
    flow.written += size;
    flow.inFlight += size;
    this.#travel(() => {
      flow.arrive(sent, write);
    });
    return size;
  }

  onReadable(ready: () => void): void {
    if (this.#closed) ready();
    else this.#in.whenReadable(ready);
  }

  onWritable(ready: () => void): void {
    // Where the write would fail it would not wait.
    if (this.#closed || this.#peer?.closed === true) ready();
    else this.#out.whenRoom(ready);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const close: EventId = this.#sim.emit('bytes.close', this.side, {});
    this.#travel(() => {
      this.#out.ended = close;
      this.#out.wakeReaders();
    });
    this.#wakeOwn();
    // The peer's writers learn at once that nobody reads any more.
    this.#in.wakeWriters();
  }

  reset(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sim.emit('bytes.close', this.side, {}, { case: 'reset' });
    this.#travel(() => {
      for (const flow of [this.#in, this.#out]) {
        flow.broken = true;
        flow.wakeReaders();
        flow.wakeWriters();
      }
    });
    this.#wakeOwn();
  }

  /** Lets everybody who waits at this end see that it is closed. */
  #wakeOwn(): void {
    this.#in.wakeReaders();
    this.#out.wakeWriters();
  }

  /** Waits until a read may succeed, at most `left` if that is above 0. */
  async #block(left: Milliseconds, report: boolean): Promise<void> {
    const task: Suspension<undefined> = this.#sim.suspend(
      `for bytes on ${this.side}`,
    );
    if (report) this.#sim.emit('bytes.block', this.side, { timeout: left });
    const timer = this.#limit(task, left, 'Read timed out');
    this.#in.whenReadable(() => {
      timer?.stop();
      task.resume(undefined);
    });
    await task.promise;
  }

  #travel(arrive: () => void): void {
    if (this.#latency === 0) arrive();
    else this.#sim.clock.after(this.#latency, arrive);
  }

  #check(flow: Flow): void {
    if (this.#closed) throw new StreamError('closed', 'Socket closed');
    if (flow.broken) throw new StreamError('reset', 'Connection reset');
  }

  #take(max: number): Uint8Array | undefined {
    const flow = this.#in;
    const subject = `${this.side} @${String(flow.read)}`;
    if (flow.available === 0) {
      const extra = { case: 'eof', cause: flow.ended };
      this.#sim.emit('bytes.read', `${subject} eof`, { n: 0 }, extra);
      return undefined;
    }
    const { bytes, cause } = flow.take(max);
    const fields = { bytes, n: bytes.length };
    this.#sim.emit('bytes.read', subject, fields, { cause });
    return bytes;
  }

  #limit(
    task: Suspension<undefined>,
    timeout: Milliseconds,
    message: string,
  ): Timer | undefined {
    if (timeout <= 0) return undefined;
    return this.#sim.clock.after(timeout, () => {
      task.fail(new StreamError('timeout', message));
    });
  }
}

/** Joins two streams; what one writes the other reads. */
export function pipe(
  sim: Sim,
  sides: readonly [string, string],
  options: PipeOptions = {},
): [ByteStream, ByteStream] {
  const { latency = 0, capacity = 65_536 } = options;
  const forth = new Flow(capacity);
  const back = new Flow(capacity);
  const left = new PipeEnd(sim, sides[0], back, forth, latency);
  const right = new PipeEnd(sim, sides[1], forth, back, latency);
  left.join(right);
  right.join(left);
  return [left, right];
}

/** A listening socket in memory; `connect` makes it accept a connection. */
export class PipeListener implements Listener {
  readonly #sim: Sim;
  readonly #options: PipeOptions;
  readonly #backlog: Channel<ByteStream>;

  constructor(sim: Sim, name: string, options: PipeOptions = {}) {
    this.#sim = sim;
    this.#options = options;
    this.#backlog = new Channel(sim, name, 100);
  }

  /**
   * Opens a connection and gives the client's end of it. Nobody accepts more
   * than a hundred at once; the next one is reset.
   *
   * @throws {StreamError} `reset` when nobody listens any more
   */
  connect(sides: readonly [string, string] = ['client', 'server']): ByteStream {
    const [client, server] = pipe(this.#sim, sides, this.#options);
    if (this.#backlog.closed) {
      throw new StreamError('reset', 'Connection refused');
    }
    this.#sim.emit('bytes.connect', client.side, { peer: server.side });
    if (!this.#backlog.trySend(server)) server.reset();
    return client;
  }

  accept(): Promise<ByteStream | undefined> {
    return this.#backlog.recv();
  }

  close(): void {
    this.#backlog.close();
  }
}
