/**
 * The calls that instrumented code makes, on the recorder in `globalThis.__t`.
 *
 * Each hands on the value it is given, or nothing; none adds a microtask. A
 * frame is one activation of a function, and the code treats it as opaque.
 */
export interface Probes {
  /** Announces a file; the number of its first site. */
  file(path: string): number;
  /** The frame of a module. */
  module(site: number): object;
  /** A function begins; `outer` is the frame it was written in. */
  enter(site: number, outer: object, self: unknown, args: unknown[]): object;
  /** It is about to return `value`. */
  result<T>(frame: object, value: T): T;
  /** It ended, however it did. */
  exit(frame: object): void;
  /** An error leaves it. */
  failed(frame: object, error: unknown): unknown;
  /** A line is about to run. */
  line(frame: object, line: number): void;
  /** A loop takes another turn. */
  turn(frame: object, line: number): void;
  /** It is about to wait for `promise`. */
  awaits<T>(frame: object, promise: T, line: number): T;
  /** The wait is over and gave `value`. */
  resumes<T>(frame: object, value: T, line: number): T;
  /** A `catch` or `finally` begins; `writes` as in `wrote`. */
  reaches(frame: object, ...writes: unknown[]): void;
  /** A generator is about to yield `value`. */
  yields<T>(frame: object, value: T, line: number): T;
  /** A generator goes on with what its caller sent. */
  yielded<T>(frame: object, sent: T): T;
  /** A generator is about to hand over to another. */
  delegates<T>(frame: object, generator: T): T;
  /** A `for await` is about to run over `source`. */
  iterate<T>(frame: object, source: T, line: number): T;
  /** Variables were written: frame, name and value of each in turn. */
  wrote<T>(value: T, ...writes: unknown[]): T;
  /** An expression changed `object`, or an unknown one if undefined. */
  changed<T>(value: T, object: unknown): T;
  /**
   * A class tells how to read its private fields, in the order of `names`;
   * for what an object does not have, `read` gives `absent`.
   */
  secrets(
    type: object,
    names: readonly string[],
    read: (object: object, absent: object) => readonly unknown[],
  ): void;
}
