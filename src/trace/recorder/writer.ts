/**
 * Writes the rows of a trace, and keeps the run within its budget.
 *
 * Knows who acts at present, so that what values hold is written down in the
 * right frame; when that changes is the recorder's business.
 */
import { rowKinds } from '../format.ts';
import type { RowKind, Trace, ValueRef } from '../format.ts';
import type { Frame } from './frame.ts';
import { SecretReaders } from './look.ts';
import { Names, Pool, RowTable } from './tables.ts';
import { ValueTable } from './values.ts';
import type { Limits } from './values.ts';

export interface Budget {
  /** How many rows may be written; a million by default. */
  readonly maxEvents?: number;
  /** How many calls, lines and turns of loops may run; ten million. */
  readonly maxSteps?: number;
}

/** The tables of a trace that fill while rows are written. */
export type Tables = Pick<
  Trace,
  'eventKinds' | 'objects' | 'strings' | 'values' | 'pool' | 'events'
>;

/** An event, as it is written. */
export interface Happening {
  readonly kind: string;
  readonly subject: string;
  readonly case?: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The row of its cause, or -1. */
  readonly cause: number;
}

/** What is kept of values in the code. */
export const narrow: Limits = { depth: 3, items: 50, text: 200, bytes: 64 };
/** What is kept of `this` when a method is called for the first time. */
const first: Limits = { ...narrow, depth: 2 };
/** And later: what the code changes is looked at where it changes it. */
const later: Limits = { ...narrow, depth: 1 };
/** What is kept of values that documents and diagrams are drawn from. */
export const wide: Limits = {
  depth: 16,
  items: 200,
  text: 10_000,
  bytes: 65_536,
};

const code = Object.fromEntries(
  rowKinds.map((kind, number) => [kind, number]),
) as Readonly<Record<RowKind, number>>;

export class Writer {
  readonly secrets = new SecretReaders();
  readonly strings = new Names();
  /** Who acts; undefined between two turns of tasks. */
  acting: Frame | undefined;
  /** Whether rows are written: not while modules are loaded. */
  isOn = false;
  /** Why writing stopped before the end of the run. */
  failure: Error | undefined;
  /** The last row that may have changed what the view shows, or -1. */
  touched = -1;
  /** Who acted in that row. */
  toucher: Frame | undefined;
  readonly #now: () => number;
  readonly #maxEvents: number;
  readonly #maxSteps: number;
  readonly #rows = new RowTable();
  readonly #pool = new Pool();
  readonly #kinds = new Names();
  readonly #values: ValueTable;
  #start = 0;
  #steps = 0;

  /** @param now the present moment, in milliseconds */
  constructor(now: () => number, budget: Budget) {
    this.#now = now;
    this.#maxEvents = budget.maxEvents ?? 1_000_000;
    this.#maxSteps = budget.maxSteps ?? 10_000_000;
    this.#values = new ValueTable(this.secrets, (object, fields) => {
      const frame = this.acting;
      const row = this.row('heap', frame, object, this.#pool.add(fields));
      if (frame?.folded !== true) this.touch(row, frame);
    });
  }

  /** How many rows there are. */
  get count(): number {
    return this.#rows.count;
  }

  begin(): void {
    this.#start = this.#now();
    this.isOn = true;
  }

  /**
   * Counts one step of the code.
   *
   * @throws {RangeError} when the budget is used up, and from then on
   */
  tick(): void {
    this.#steps += 1;
    if (this.#steps > this.#maxSteps) {
      this.stop(
        new RangeError(
          `Cannot record the run: it took ${this.#maxSteps} steps and goes on`,
        ),
      );
    }
    if (this.failure !== undefined) throw this.failure;
  }

  /** Writes nothing more; the code is stopped at its next step. */
  stop(failure: Error): void {
    this.failure ??= failure;
  }

  /** Writes a row; -1 when nothing is written. */
  row(
    kind: RowKind,
    frame: Frame | undefined,
    a: number,
    b = -1,
    c = -1,
    task = frame?.task ?? -1,
  ): number {
    if (!this.isOn || this.failure !== undefined) return -1;
    if (this.#rows.count >= this.#maxEvents) {
      this.stop(
        new RangeError(
          `Cannot record the run: it has ${this.#maxEvents} events and goes on`,
        ),
      );
      return -1;
    }
    // To the nanosecond: fractions of a millisecond are not exact.
    const time = Math.round((this.#now() - this.#start) * 1e6) / 1e6;
    const number = frame?.id ?? -1;
    return this.#rows.add(time, task, code[kind], number, a, b, c);
  }

  list(cells: readonly number[]): number {
    return this.#pool.add(cells);
  }

  /** The number of a value; -1 while nothing is written. */
  value(value: unknown): ValueRef {
    return this.isOn ? this.#values.encode(value, narrow) : -1;
  }

  /** The number of a method's `this`. */
  self(value: unknown): ValueRef {
    if (!this.isOn) return -1;
    return this.#values.encode(
      value,
      this.#values.knows(value) ? later : first,
    );
  }

  event(event: Happening, frame: Frame | undefined, limits: Limits): number {
    const { kind, subject, fields, cause } = event;
    const { strings, acting } = this;
    const variant = event.case;
    const list = [
      strings.number(subject),
      variant === undefined ? -1 : strings.number(variant),
    ];
    this.acting = frame;
    for (const [name, value] of Object.entries(fields)) {
      list.push(strings.number(name), this.#values.encode(value, limits));
    }
    this.acting = acting;
    const number = this.#kinds.number(kind);
    return this.row('event', frame, number, this.#pool.add(list), cause);
  }

  /** Remembers that the view may show something else after `row`. */
  touch(row: number, frame: Frame | undefined): void {
    if (row < 0) return;
    this.touched = row;
    this.toucher = frame;
  }

  tables(): Tables {
    return {
      eventKinds: this.#kinds.list,
      objects: this.#values.objects,
      strings: this.strings.list,
      values: this.#values.values,
      pool: this.#pool.cells(),
      events: this.#rows.columns(),
    };
  }
}
