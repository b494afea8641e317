/**
 * A run as Trace Event JSON, which Perfetto (ui.perfetto.dev) opens.
 *
 * Calls are nestable async events, because calls of one task may overlap
 * (`Promise.all`) and events on a thread may not. What carries meaning is a
 * slice of its task's thread, and a flow leads from a cause to its effect.
 *
 * The time is the number of the row in microseconds: virtual time stands still
 * while much happens, so it is told in `args`.
 */
import type { TraceModel } from '../model.ts';
import { callsOf, flowsOf, momentsOf, tasksOf } from './spans.ts';
import type { CallSpan, Flow, Moment } from './spans.ts';

/** The fields of the format that are used here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: 'M' | 'b' | 'e' | 'X' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  /** A flow ends in the slice around it, not at the next one. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

const pid = 1;

/** A thread for each task, and the first one for what has no task. */
const threadOf = (task: number): number => task + 2;

/** The text of a file that Perfetto opens. */
export function writeChrome(model: TraceModel): string {
  const { chapter, scenario, seed, title, start } = model.trace;
  const moments = momentsOf(model);
  const events = [
    ...callsOf(model).flatMap((call) => callEvents(model, call)),
    ...moments.map(momentEvent),
    ...flowEvents(model, flowsOf(model, moments)),
  ].sort((a, b) => (a.ts ?? 0) - (b.ts ?? 0));
  const traceEvents = [...names(model), ...events];
  const lines = traceEvents.map((event) => JSON.stringify(event));
  const otherData = {
    title,
    chapter,
    scenario,
    seed: String(seed),
    'virtual time starts at': new Date(start).toISOString(),
    'one microsecond': 'is one row of the recording',
  };
  return `{"displayTimeUnit":"ns","otherData":${JSON.stringify(otherData)},"traceEvents":[\n${lines.join(',\n')}\n]}`;
}

function names(model: TraceModel): TraceEvent[] {
  const { chapter, scenario } = model.trace;
  const threads = [
    { task: -1, name: 'outside of any task' },
    ...tasksOf(model),
  ];
  return [
    meta('process_name', 0, { name: `${chapter} · ${scenario}` }),
    ...threads.flatMap(({ task, name }) => [
      meta('thread_name', threadOf(task), { name }),
      meta('thread_sort_index', threadOf(task), { sort_index: task + 1 }),
    ]),
  ];
}

const meta = (
  name: string,
  tid: number,
  args: Readonly<Record<string, unknown>>,
): TraceEvent => ({ name, ph: 'M', pid, tid, args });

function callEvents(model: TraceModel, call: CallSpan): TraceEvent[] {
  const { begin, end, frame, symbol, task, file, line } = call;
  const both = { name: symbol, cat: 'call', id: frame + 1, pid };
  const { time } = model.trace.events;
  const tid = threadOf(task);
  const opened = {
    at: `${file}:${String(line)}`,
    'virtual ms': time[begin],
    ...call.args,
  };
  const closed = {
    ...(end < model.rows && { 'virtual ms': time[end] }),
    ...(call.outcome !== 'returned' && { outcome: call.outcome }),
    ...(call.error !== undefined && { error: call.error }),
  };
  return [
    { ...both, ph: 'b', tid, ts: begin, args: opened },
    { ...both, ph: 'e', tid, ts: end, args: closed },
  ];
}

function momentEvent({ step, task }: Moment): TraceEvent {
  const { row, label, kind, address, sentence, time, file, line } = step;
  return {
    name: label,
    ph: 'X',
    cat: kind,
    pid,
    tid: threadOf(task),
    ts: row,
    dur: 1,
    args: {
      sentence,
      address,
      'virtual ms': time,
      ...(file !== undefined && { at: `${file}:${String(line ?? 0)}` }),
    },
  };
}

function flowEvents(model: TraceModel, flows: readonly Flow[]): TraceEvent[] {
  const { task } = model.trace.events;
  return flows.flatMap(({ from, to }, index) => {
    const both = { name: 'causes', cat: 'flow', id: index + 1, pid };
    const at = (row: number) => ({ tid: threadOf(task[row] ?? -1), ts: row });
    return [
      { ...both, ph: 's' as const, ...at(from) },
      { ...both, ph: 'f' as const, bp: 'e' as const, ...at(to) },
    ];
  });
}
