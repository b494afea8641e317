/**
 * The form of a trace in a file: some columns as differences.
 *
 * A frame is written as its distance to the row before, what a row points back
 * to as the distance to it, and where a list starts not at all, because lists
 * stand in the order of their rows. The numbers become small and repeat, and
 * gzip makes a third less of them.
 */
import { rowKinds } from './format.ts';
import type { Columns, RowKind, Trace } from './format.ts';

/** A trace as it is written to a file. */
export interface PackedTrace extends Trace {
  /** Whether `pool` and the columns `frame`, `b` and `c` are packed. */
  readonly packed: true;
}

type Packed = Pick<Trace, 'events' | 'pool'>;

const numbers = Object.fromEntries(
  rowKinds.map((kind, number) => [kind, number]),
) as Readonly<Record<RowKind, number>>;
const { call, event, heap, resume } = numbers;

const hasList = (kind: number): boolean =>
  kind === call || kind === heap || kind === event;

/** The text of a trace for a file; `readTrace` takes it back. */
export function writeTrace(trace: Trace): string {
  const packed: PackedTrace = { ...trace, ...pack(trace), packed: true };
  return JSON.stringify(packed);
}

function pack({ events, pool }: Trace): Packed {
  const lists: number[] = [];
  const frame = events.frame.map(
    (own, row) => own - (events.frame[row - 1] ?? 0),
  );
  const b = events.b.map((own, row) => {
    if (!hasList(events.kind[row] ?? -1)) return own;
    const end = own + 1 + (pool[own] ?? 0);
    for (let at = own; at < end; at++) lists.push(pool[at] ?? 0);
    return 0;
  });
  const c = events.c.map((own, row) => {
    const from = origin(events, row);
    return own < 0 || from === undefined ? own : from - own;
  });
  return { pool: lists, events: { ...events, frame, b, c } };
}

/**
 * Puts the columns back as they were. Whether they point to something is not
 * checked here.
 */
export function unpack({ events, pool }: Packed): Packed {
  const frame: number[] = [];
  let before = 0;
  for (const step of events.frame) frame.push((before += step));
  let start = 0;
  const b = events.b.map((own, row) => {
    if (!hasList(events.kind[row] ?? -1)) return own;
    const list = start;
    start += 1 + Math.max(0, pool[start] ?? 0);
    return list;
  });
  const whole = { ...events, frame, b };
  const c = events.c.map((own, row) => {
    const from = origin(whole, row);
    return own < 0 || from === undefined ? own : from - own;
  });
  return { pool, events: { ...whole, c } };
}

/** What a row's `c` counts from: its frame, its row, or nothing. */
function origin(events: Columns, row: number): number | undefined {
  const kind = events.kind[row];
  if (kind === call) return events.frame[row];
  return kind === resume || kind === event ? row : undefined;
}
