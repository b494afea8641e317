/**
 * Rows of a trace as records that a test can compare and read.
 */
import { rowKinds, smallInteger } from '../../src/trace/format.ts';
import type { RowKind, Trace, ValueRef } from '../../src/trace/format.ts';

/** A row; which fields it has depends on its kind. */
export interface RowRecord {
  readonly row: number;
  readonly time: number;
  readonly task: string;
  readonly kind: RowKind;
  readonly frame: number;
  readonly symbol?: string;
  readonly file?: string;
  readonly line?: number;
  readonly parent?: number;
  readonly cause?: number;
  readonly name?: string;
  readonly event?: string;
  readonly subject?: string;
  readonly case?: string;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** All rows of a trace, decoded. */
export function rowsOf(trace: Trace): RowRecord[] {
  return trace.events.kind.map((_, row) => rowOf(trace, row));
}

/** A value as JSON data; objects as `@number`. */
export function valueOf(trace: Trace, ref: ValueRef): unknown {
  if (ref < 0) return smallInteger(ref);
  const value = trace.values[ref];
  if (typeof value !== 'object' || value === null) return value;
  if ('object' in value) return `@${value.object}`;
  return 'bytes' in value ? value.bytes : value.other;
}

function rowOf(trace: Trace, row: number): RowRecord {
  const { events } = trace;
  const a = events.a[row]!;
  const b = events.b[row]!;
  const c = events.c[row]!;
  const kind = rowKinds[events.kind[row]!]!;
  const frame = events.frame[row]!;
  const time = events.time[row]!;
  const task = trace.tasks[events.task[row]!] ?? '';
  const base = { row, time, task, kind, frame };
  const list = (): number[] => {
    const length = trace.pool[b]!;
    return trace.pool.slice(b + 1, b + 1 + length);
  };
  const value = (ref: ValueRef): unknown => valueOf(trace, ref);
  switch (kind) {
    case 'call': {
      const { symbol, file, line } = trace.sites[a]!;
      const { path } = trace.files[file]!;
      const values = list().map(value);
      return { ...base, symbol, file: path, line, values, parent: c };
    }
    case 'return':
    case 'throw':
      return { ...base, value: value(a) };
    case 'line':
    case 'await':
      return { ...base, line: a };
    case 'resume':
    case 'yield':
      return { ...base, line: a, value: value(b), cause: c };
    case 'var':
      return { ...base, name: trace.strings[a]!, value: value(b) };
    case 'heap':
      return { ...base, name: `@${a}`, values: list().map(value) };
    case 'spawn':
    case 'end':
      return { ...base, name: trace.tasks[a]! };
    case 'event':
      return { ...base, ...eventOf(trace, a, list()), cause: c };
  }
}

function eventOf(
  trace: Trace,
  kind: number,
  [subject = 0, variant = -1, ...pairs]: readonly number[],
): Partial<RowRecord> {
  const fields: Record<string, unknown> = {};
  for (let at = 0; at < pairs.length; at += 2) {
    fields[trace.strings[pairs[at]!]!] = valueOf(trace, pairs[at + 1]!);
  }
  return {
    event: trace.eventKinds[kind]!,
    subject: trace.strings[subject]!,
    ...(variant < 0 ? {} : { case: trace.strings[variant]! }),
    fields,
  };
}
