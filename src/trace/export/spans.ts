/**
 * A run as tools for traces see it: tasks, calls with a beginning and an end,
 * moments that carry meaning, and what caused what.
 */
import type { Row, Step, TraceModel } from '../model.ts';
import { rowKinds } from '../format.ts';

/** A call from its first row to its last. */
export interface CallSpan {
  readonly frame: number;
  /** Index into `trace.tasks`; -1 outside of any task. */
  readonly task: number;
  readonly symbol: string;
  readonly file: string;
  readonly line: number;
  readonly begin: Row;
  readonly end: Row;
  /** The frame that called it, in the same task; -1 for none. */
  readonly parent: number;
  /** How it ended; `open` when the run ended first. */
  readonly outcome: 'returned' | 'threw' | 'open';
  /** Arguments by name, as text. */
  readonly args: Readonly<Record<string, string>>;
  /** What it threw, as text. */
  readonly error?: string;
}

/** A step that is no call: a write, a send, a changed state. */
export interface Moment {
  readonly step: Step;
  readonly task: number;
  readonly frame: number;
}

/** From the row of a cause to the row of its effect. */
export interface Flow {
  readonly from: Row;
  readonly to: Row;
}

export interface TaskSpan {
  readonly task: number;
  readonly name: string;
  readonly begin: Row;
  readonly end: Row;
  /** The row that started it; -1 when it was there from the beginning. */
  readonly spawn: Row;
}

const kinds = new Map(rowKinds.map((kind, index) => [index, kind]));
const isCall = /^(?:call|return|throw)$/;
const argumentWidth = 60;

/** All calls that began in the recording, in the order of their beginnings. */
export function callsOf(model: TraceModel): CallSpan[] {
  const { events } = model.trace;
  const begins = new Map<number, Row>();
  const ends = new Map<number, Row>();
  for (const [row, number] of events.kind.entries()) {
    const kind = kinds.get(number);
    const frame = events.frame[row] ?? -1;
    if (kind === 'call') begins.set(frame, row);
    else if (kind === 'return' || kind === 'throw') ends.set(frame, row);
  }
  return [...begins].map(([frame, begin]) => {
    const end = ends.get(frame);
    return { ...startOf(model, frame, begin, begins), ...endOf(model, end) };
  });
}

type Start = Omit<CallSpan, 'end' | 'outcome' | 'error'>;

function startOf(
  model: TraceModel,
  frame: number,
  begin: Row,
  begins: ReadonlyMap<number, Row>,
): Start {
  const { events, sites, files } = model.trace;
  const task = events.task[begin] ?? -1;
  const site = sites[events.a[begin] ?? -1];
  const caller = events.c[begin] ?? -1;
  const called = begins.get(caller);
  const own = called !== undefined && called < begin;
  return {
    frame,
    task,
    symbol: site?.symbol ?? '',
    file: files[site?.file ?? -1]?.path ?? '',
    line: site?.line ?? 0,
    begin,
    parent: own && events.task[called] === task ? caller : -1,
    args: argumentsOf(model, begin, site?.params ?? []),
  };
}

function argumentsOf(
  model: TraceModel,
  begin: Row,
  params: readonly string[],
): Record<string, string> {
  const { events, pool } = model.trace;
  // The list has its length first, then `this`, then the arguments.
  const list = events.b[begin] ?? 0;
  const given = Math.max(0, (pool[list] ?? 0) - 1);
  const shown = params.slice(0, given).map((name, index) => {
    const value = pool[list + 2 + index] ?? 0;
    return [name, model.show(value, begin, argumentWidth)];
  });
  return Object.fromEntries(shown) as Record<string, string>;
}

function endOf(
  model: TraceModel,
  end: Row | undefined,
): Pick<CallSpan, 'end' | 'outcome' | 'error'> {
  if (end === undefined) return { end: model.rows, outcome: 'open' };
  const { events } = model.trace;
  if (kinds.get(events.kind[end] ?? -1) === 'return') {
    return { end, outcome: 'returned' };
  }
  const error = model.show(events.a[end] ?? 0, end, 200);
  return { end, outcome: 'threw', error };
}

/** Tasks that were started or acted, from their first row to their last. */
export function tasksOf(model: TraceModel): TaskSpan[] {
  const { events, tasks } = model.trace;
  const spans = new Map<number, { begin: Row; end: Row; spawn: Row }>();
  for (const [row, task] of events.task.entries()) {
    if (task >= 0) {
      const span = spans.get(task);
      if (span === undefined)
        spans.set(task, { begin: row, end: row, spawn: -1 });
      else span.end = row;
    }
    if (kinds.get(events.kind[row] ?? -1) !== 'spawn') continue;
    const started = events.a[row] ?? -1;
    if (spans.has(started)) continue;
    spans.set(started, { begin: row, end: row, spawn: row });
  }
  return [...spans]
    .sort(([a], [b]) => a - b)
    .map(([task, span]) => ({ task, name: tasks[task] ?? '', ...span }));
}

/** Everything that carries meaning, in order. */
export function momentsOf(model: TraceModel): Moment[] {
  const { events } = model.trace;
  const count = model.count('calls');
  const moments: Moment[] = [];
  for (let n = 1; n <= count; n++) {
    const step = model.step('calls', n);
    if (isCall.test(step.kind)) continue;
    const { row } = step;
    const [task = -1, frame = -1] = [events.task[row], events.frame[row]];
    moments.push({ step, task, frame });
  }
  return moments;
}

/** Which of the moments caused which, in the order of the effects. */
export function flowsOf(model: TraceModel, moments: readonly Moment[]): Flow[] {
  const { events } = model.trace;
  const known = new Set(moments.map(({ step }) => step.row));
  const found = new Map<string, Flow>();
  const add = (from: Row, to: Row): void => {
    if (from >= to || !known.has(from) || !known.has(to)) return;
    found.set(`${String(from)} ${String(to)}`, { from, to });
  };
  for (const [row, number] of events.kind.entries()) {
    if (kinds.get(number) === 'event') add(events.c[row] ?? -1, row);
  }
  for (const { style, from, to } of model.arrows(
    'calls',
    1,
    model.count('calls'),
  )) {
    if (style === 'delivery') add(from.row, to.row);
  }
  return [...found.values()].sort((a, b) => a.to - b.to || a.from - b.from);
}
