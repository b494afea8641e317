/**
 * One direction of a connection in memory: bytes that were written and not
 * yet read, with the numbers they have in the stream.
 */
import type { EventId } from './event.ts';

/** Bytes that arrived together, and the write that sent them. */
interface Chunk {
  readonly bytes: Uint8Array;
  readonly sent: EventId;
}

/** What travels one way, and who waits for it. */
export class Flow {
  readonly capacity: number;
  written = 0;
  read = 0;
  /** Written, travelling or unread. */
  inFlight = 0;
  /** The event that ended the stream, once its news arrived. */
  ended: EventId | undefined;
  broken = false;
  #unread: Chunk[] = [];
  #onData: (() => void)[] = [];
  #onRoom: (() => void)[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get available(): number {
    return this.#unread.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Whether a read would not have to wait. */
  get readable(): boolean {
    return this.#unread.length > 0 || this.ended !== undefined || this.broken;
  }

  get room(): number {
    return this.capacity - this.inFlight;
  }

  arrive(bytes: Uint8Array, sent: EventId): void {
    this.#unread.push({ bytes, sent });
    this.wakeReaders();
  }

  /** Takes at most `max` bytes; `cause` is the write of the last of them. */
  take(max: number): { readonly bytes: Uint8Array; readonly cause: EventId } {
    const taken = new Uint8Array(Math.min(max, this.available));
    let filled = 0;
    let cause = -1;
    while (filled < taken.length) {
      const chunk = this.#unread[0];
      if (chunk === undefined) break;
      const part = chunk.bytes.subarray(0, taken.length - filled);
      taken.set(part, filled);
      filled += part.length;
      cause = chunk.sent;
      if (part.length === chunk.bytes.length) this.#unread.shift();
      else {
        const bytes = chunk.bytes.subarray(part.length);
        this.#unread[0] = { bytes, sent: chunk.sent };
      }
    }
    this.read += filled;
    this.inFlight -= filled;
    if (filled > 0) this.wakeWriters();
    return { bytes: taken, cause };
  }

  whenReadable(notify: () => void): void {
    if (this.readable) notify();
    else this.#onData.push(notify);
  }

  whenRoom(notify: () => void): void {
    if (this.room > 0 || this.broken) notify();
    else this.#onRoom.push(notify);
  }

  /** Tells everybody who waits for bytes to look again. */
  wakeReaders(): void {
    for (const notify of this.#onData.splice(0)) notify();
  }

  /** Tells everybody who waits for room to look again. */
  wakeWriters(): void {
    for (const notify of this.#onRoom.splice(0)) notify();
  }
}
