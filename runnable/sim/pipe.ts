/**
 * A connection in memory: two streams, each reading what the other writes.
 */
import { Channel } from './channel.ts';
import type { Milliseconds, Timer } from './clock.ts';
import type { EventId, Place } from './event.ts';
import type { Sim, Suspension } from './sim.ts';
import { StreamError } from './stream.ts';
import type { ByteStream, Listener } from './stream.ts';

export interface PipeOptions {
  /** How long bytes travel; 0 by default. */
  readonly latency?: Milliseconds;
  /** How many unread bytes fit before a writer waits; 65,536 by default. */
  readonly capacity?: number;
}

/** What travels one way, with the numbers its bytes have in the stream. */
class Flow {
  readonly capacity: number;
  written = 0;
  read = 0;
  /** Written, travelling or unread. */
  inFlight = 0;
  lastWrite: EventId = -1;
  ended = false;
  broken = false;
  #unread: Uint8Array[] = [];
  #onData: (() => void)[] = [];
  #onRoom: (() => void)[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get available(): number {
    return this.#unread.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  get readable(): boolean {
    return this.#unread.length > 0 || this.ended || this.broken;
  }

  get room(): number {
    return this.capacity - this.inFlight;
  }

  arrive(chunk: Uint8Array): void {
    this.#unread.push(chunk);
    this.wake();
  }

  take(max: number): Uint8Array {
    const size = Math.min(max, this.available);
    const taken = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const chunk = this.#unread[0];
      if (chunk === undefined) break;
      const part = chunk.subarray(0, size - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#unread.shift();
      else this.#unread[0] = chunk.subarray(part.length);
    }
    this.read += size;
    this.inFlight -= size;
    if (size > 0) {
      for (const notify of this.#onRoom.splice(0)) notify();
    }
    return taken;
  }

  whenReadable(notify: () => void): void {
    if (this.readable) notify();
    else this.#onData.push(notify);
  }

  whenRoom(notify: () => void): void {
    if (this.room > 0 || this.broken) notify();
    else this.#onRoom.push(notify);
  }

  /** Tells everybody who waits to look again. */
  wake(): void {
    for (const notify of this.#onData.splice(0)) notify();
    if (this.broken) for (const notify of this.#onRoom.splice(0)) notify();
  }
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
    this.#check(this.#in);
    if (this.#in.readable) return this.#take(max, undefined);
    const task: Suspension<undefined> = this.#sim.suspend(
      `for bytes on ${this.side}`,
    );
    const fields = { timeout };
    this.#sim.emit('bytes.block', this.side, fields);
    const timer = this.#limit(task, timeout, 'Read timed out');
    this.#in.whenReadable(() => {
      timer?.stop();
      task.resume(undefined);
    });
    await task.promise;
    this.#check(this.#in);
    return this.#take(max, undefined);
  }

  readNow(max: number): Uint8Array | undefined {
    this.#check(this.#in);
    if (this.#in.readable) return this.#take(max, undefined);
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
    flow.lastWrite = this.#sim.emit(
      'bytes.write',
      `${this.side} @${String(flow.written)}`,
      { bytes: sent, n: size },
    );
    flow.written += size;
    flow.inFlight += size;
    this.#travel(() => {
      flow.arrive(sent);
    });
    return size;
  }

  onReadable(ready: () => void): void {
    this.#in.whenReadable(ready);
  }

  onWritable(ready: () => void): void {
    this.#out.whenRoom(ready);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sim.emit('bytes.close', this.side, {});
    this.#travel(() => {
      this.#out.ended = true;
      this.#out.wake();
    });
    this.#in.wake();
  }

  reset(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sim.emit('bytes.close', this.side, {}, { case: 'reset' });
    this.#travel(() => {
      for (const flow of [this.#in, this.#out]) {
        flow.broken = true;
        flow.wake();
      }
    });
  }

  #travel(arrive: () => void): void {
    if (this.#latency === 0) arrive();
    else this.#sim.clock.after(this.#latency, arrive);
  }

  #check(flow: Flow): void {
    if (this.#closed) throw new StreamError('closed', 'Socket closed');
    if (flow.broken) throw new StreamError('reset', 'Connection reset');
  }

  #take(max: number, place: Place | undefined): Uint8Array | undefined {
    const flow = this.#in;
    const at = flow.read;
    const cause = flow.lastWrite;
    if (flow.available === 0) {
      const subject = `${this.side} @${String(at)} eof`;
      this.#sim.emit('bytes.read', subject, { n: 0 }, { case: 'eof', place });
      return undefined;
    }
    const bytes = flow.take(max);
    const subject = `${this.side} @${String(at)}`;
    const fields = { bytes, n: bytes.length };
    this.#sim.emit('bytes.read', subject, fields, { cause, place });
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

  /** Opens a connection and gives the client's end of it. */
  connect(sides: readonly [string, string] = ['client', 'server']): ByteStream {
    const [client, server] = pipe(this.#sim, sides, this.#options);
    this.#sim.emit('bytes.connect', client.side, { peer: server.side });
    if (!this.#backlog.trySend(server)) client.reset();
    return client;
  }

  accept(): Promise<ByteStream | undefined> {
    return this.#backlog.recv();
  }

  close(): void {
    this.#backlog.close();
  }
}
