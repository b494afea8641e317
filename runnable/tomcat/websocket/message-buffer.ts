/**
 * A buffer of bounded size that is filled at its end and emptied at its
 * front, as Tomcat uses Java's `ByteBuffer` with `flip` and `compact`.
 */
export class MessageBuffer {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** How many bytes are in it. */
  get length(): number {
    return this.#length;
  }

  /** How many more bytes fit. */
  get remaining(): number {
    return this.#bytes.length - this.#length;
  }

  /** What is in it; valid until the next change. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Adds what fits. @returns how many bytes were taken */
  put(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, this.remaining);
    this.#bytes.set(bytes.subarray(0, taken), this.#length);
    this.#length += taken;
    return taken;
  }

  /** Drops the first `count` bytes and keeps the rest. */
  consume(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  /** A copy of everything in it; it is empty afterwards. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Gives an empty buffer another size. */
  resize(capacity: number): void {
    if (capacity === this.#bytes.length) return;
    this.#bytes = new Uint8Array(capacity);
    this.#length = 0;
  }
}
