/**
 * The byte streams of `runnable/sim/stream.ts` on real TCP, loopback only.
 *
 * What arrives is kept until somebody reads it, and the peer is slowed down
 * while too much is kept, so that waiting and back-pressure are the network's.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Milliseconds } from '../../runnable/sim/clock.ts';
import { StreamError } from '../../runnable/sim/stream.ts';
import type { ByteStream, Listener } from '../../runnable/sim/stream.ts';

const loopback = '127.0.0.1';

/** How much is kept, unread or unsent, before the other side has to wait. */
const capacity = 65_536;

/** From how many bytes on they leave at once. */
const gathering = 4096;

/** One end of a TCP connection. */
class TcpStream implements ByteStream {
  readonly side: string;
  readonly #socket: Socket;
  #unread: Uint8Array[] = [];
  #kept = 0;
  readonly #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #ended = false;
  #broken = false;
  #closed = false;
  #onData: (() => void)[] = [];
  #onRoom: (() => void)[] = [];

  constructor(socket: Socket, side: string) {
    this.side = side;
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.#unread.push(chunk);
      this.#kept += chunk.length;
      if (this.#kept >= capacity) socket.pause();
      this.#wake(this.#onData);
    });
    socket.on('end', () => {
      this.#ended = true;
      this.#wake(this.#onData);
    });
    socket.on('error', () => {
      this.#broken = true;
    });
    socket.on('close', () => {
      // Whoever still waits now waits for something that cannot come.
      this.#broken ||= !this.#ended;
      this.#wake(this.#onData);
      this.#wake(this.#onRoom);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  async read(
    max: number,
    timeout: Milliseconds = 0,
  ): Promise<Uint8Array | undefined> {
    this.#check();
    while (!this.#readable) {
      await waitFor(timeout, 'Read timed out', (ready) => {
        this.onReadable(ready);
      });
      this.#check();
    }
    return this.#take(max);
  }

  readNow(max: number): Uint8Array | undefined {
    this.#check();
    return this.#readable ? this.#take(max) : new Uint8Array(0);
  }

  async write(bytes: Uint8Array, timeout: Milliseconds = 0): Promise<void> {
    let rest = bytes.subarray(this.writeNow(bytes));
    while (rest.length > 0) {
      await waitFor(timeout, 'Write timed out', (ready) => {
        this.onWritable(ready);
      });
      rest = rest.subarray(this.writeNow(rest));
    }
  }

  writeNow(bytes: Uint8Array): number {
    if (this.#closed) throw new StreamError('closed', 'Socket closed');
    if (this.#broken || !this.#socket.writable) {
      throw new StreamError('reset', 'Broken pipe');
    }
    const size = Math.min(bytes.length, this.#room);
    if (size > 0) this.#gather(bytes.slice(0, size));
    return size;
  }

  /**
   * The little that is written in one turn, such as a frame's header and its
   * payload, leaves together, in one call of the system.
   */
  #gather(bytes: Uint8Array): void {
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= gathering) this.#flush();
    else if (this.#gathered.length === 1) process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    const [first, ...others] = this.#gathered.splice(0);
    this.#gatheredBytes = 0;
    if (first === undefined) return;
    const all = others.length === 0 ? first : Buffer.concat([first, ...others]);
    this.#socket.write(all, this.#written);
  };

  readonly #written = (): void => {
    this.#wake(this.#onRoom);
  };

  onReadable(ready: () => void): void {
    if (this.#readable || this.#closed) ready();
    else this.#onData.push(ready);
  }

  onWritable(ready: () => void): void {
    if (this.#room > 0 || this.#closed || this.#broken) ready();
    else this.#onRoom.push(ready);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#flush();
    this.#socket.destroySoon();
    this.#wake(this.#onData);
    this.#wake(this.#onRoom);
  }

  reset(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.resetAndDestroy();
    this.#wake(this.#onData);
    this.#wake(this.#onRoom);
  }

  get #readable(): boolean {
    return this.#kept > 0 || this.#ended || this.#broken;
  }

  get #room(): number {
    const unsent = this.#socket.writableLength + this.#gatheredBytes;
    return Math.max(0, capacity - unsent);
  }

  #check(): void {
    if (this.#closed) throw new StreamError('closed', 'Socket closed');
    if (this.#broken) throw new StreamError('reset', 'Connection reset');
  }

  #take(max: number): Uint8Array | undefined {
    const [first] = this.#unread;
    if (first === undefined) return undefined;
    const whole =
      this.#unread.length === 1 ? first : Buffer.concat(this.#unread);
    const taken = whole.subarray(0, max);
    const rest = whole.subarray(taken.length);
    this.#unread = rest.length === 0 ? [] : [rest];
    this.#kept = rest.length;
    if (this.#kept < capacity) this.#socket.resume();
    return new Uint8Array(taken.buffer, taken.byteOffset, taken.length);
  }

  #wake(waiting: (() => void)[]): void {
    for (const notify of waiting.splice(0)) notify();
  }
}

/**
 * Waits until `enlist` calls back.
 *
 * @throws {StreamError} `timeout` when that takes longer than `timeout`, if it
 *   is above 0
 */
function waitFor(
  timeout: Milliseconds,
  message: string,
  enlist: (ready: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer =
      timeout > 0
        ? setTimeout(() => {
            reject(new StreamError('timeout', message));
          }, timeout)
        : undefined;
    enlist(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A listening socket on 127.0.0.1. */
export interface TcpListener extends Listener {
  /** The port it was given. */
  readonly port: number;
}

/**
 * Listens on a port of this machine; 0 lets the system choose one.
 *
 * @throws {Error} when the port is taken
 */
export async function listen(port: number): Promise<TcpListener> {
  const ready: TcpStream[] = [];
  const waiting: ((stream: ByteStream | undefined) => void)[] = [];
  let accepted = 0;
  let isOpen = true;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted += 1;
    const stream = new TcpStream(socket, `server-${accepted}`);
    const next = waiting.shift();
    if (next === undefined) ready.push(stream);
    else next(stream);
  });
  await opened(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    accept() {
      const stream = ready.shift();
      if (stream !== undefined || !isOpen) return Promise.resolve(stream);
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    close() {
      isOpen = false;
      server.close();
      for (const stream of ready.splice(0)) stream.reset();
      for (const next of waiting.splice(0)) next(undefined);
    },
  };
}

function opened(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * Connects to a port of this machine.
 *
 * @throws {StreamError} `reset` when nobody listens there
 */
export function connectTo(port: number): Promise<ByteStream> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: loopback, allowHalfOpen: true });
    const refused = (): void => {
      reject(new StreamError('reset', 'Connection refused'));
    };
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      resolve(new TcpStream(socket, 'client'));
    });
  });
}
