/**
 * The columns of a trace, asked row by row.
 *
 * Everything in `index/` reads the trace through this class, once, from the
 * first row to the last, and keeps sorted lists of rows for later questions.
 */
import { rowKinds } from '../format.ts';
import type { RowKind, Trace } from '../format.ts';
import type { Row } from '../model.ts';
import { each } from '../slices.ts';
import type { Work } from '../slices.ts';

/** The number of each kind of row in the column `kind`. */
export const code = Object.fromEntries(
  rowKinds.map((kind, index) => [kind, index]),
) as Readonly<Record<RowKind, number>>;

export class Rows {
  readonly trace: Trace;
  readonly count: number;

  constructor(trace: Trace) {
    this.trace = trace;
    this.count = trace.events.kind.length;
  }

  time(row: Row): number {
    return this.trace.events.time[row] ?? 0;
  }

  task(row: Row): number {
    return this.trace.events.task[row] ?? -1;
  }

  kind(row: Row): number {
    return this.trace.events.kind[row] ?? -1;
  }

  frame(row: Row): number {
    return this.trace.events.frame[row] ?? -1;
  }

  a(row: Row): number {
    return this.trace.events.a[row] ?? -1;
  }

  b(row: Row): number {
    return this.trace.events.b[row] ?? -1;
  }

  c(row: Row): number {
    return this.trace.events.c[row] ?? -1;
  }

  /** The list that starts at `at` in the pool. */
  list(at: number): readonly number[] {
    const { pool } = this.trace;
    const length = pool[at] ?? 0;
    return pool.slice(at + 1, at + 1 + length);
  }

  string(index: number): string {
    return this.trace.strings[index] ?? '';
  }

  taskName(task: number): string {
    return this.trace.tasks[task] ?? '';
  }

  /** Calls `visit` with every row of one kind, in order. */
  each(kind: RowKind, visit: (row: Row) => void): Work {
    const wanted = code[kind];
    const { kind: kinds } = this.trace.events;
    return each(kinds.length, (row) => {
      if (kinds[row] === wanted) visit(row);
    });
  }
}
