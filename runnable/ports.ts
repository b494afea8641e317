/**
 * What `runnable/` is handed from outside, because it imports no package.
 *
 * Each port is small, synchronous and pure, and one implementation serves
 * Node and browsers alike, so that traces are equal everywhere. They live in
 * `src/ports`.
 */

/** Compresses and inflates messages, keeping its window between them. */
export interface RawDeflate {
  /**
   * Compresses with a sync flush, so that everything given comes out.
   *
   * @returns raw deflate data that ends in 00 00 ff ff
   */
  deflate(bytes: Uint8Array): Uint8Array;
  /**
   * Compresses without a flush, for more is to follow.
   *
   * @returns what is ready, which may be nothing
   */
  deflatePart(bytes: Uint8Array): Uint8Array;
  /** Forgets the window. */
  reset(): void;
}

export interface RawInflate {
  /**
   * Inflates the next piece; output may come later than its input.
   *
   * @throws {Error} when the data is not raw deflate
   */
  inflate(bytes: Uint8Array): Uint8Array;
  reset(): void;
}

export interface Ports {
  /** 20 bytes. */
  sha1(bytes: Uint8Array): Uint8Array;
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  newDeflate(): RawDeflate;
  newInflate(): RawInflate;
  /**
   * One YAML document as plain data.
   *
   * @throws {SyntaxError} naming line, column and what was expected
   */
  parseYaml(text: string): unknown;
}
