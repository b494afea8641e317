/**
 * The way of a trace's rows into a file and back, as streams of numbers.
 *
 * There is a stream for each cell of each kind of row. A number is written as
 * its distance to what is foreseen from the rows before it, which is often
 * none: the frame that its task is in, the line that ran last. Both ways walk
 * over the rows alike, so that what one foresees, the other does too.
 */
import { rowKinds } from './format.ts';
import type { Columns, RowKind, Site, Trace, ValueRef } from './format.ts';

/** Numbers by the cell they come from, such as `call.a`. */
export type Streams = Readonly<Record<string, number[]>>;

export type Rows = Pick<Trace, 'events' | 'pool'>;

/** What a cell holds, and so what is foreseen of it. */
type Cell =
  | 'number'
  | 'value'
  /** Foreseen: the line before in the same frame, at first the function's. */
  | 'line'
  /** Foreseen: the frame that the task was in. */
  | 'caller'
  /** Foreseen: the object of the heap row before. */
  | 'object'
  /** How many rows back; 0 for none. */
  | 'row'
  /** The length of a list; its entries have two streams of their own. */
  | 'values'
  | 'event';

const cells: Readonly<Record<RowKind, readonly Cell[]>> = {
  call: ['number', 'values', 'caller'],
  return: ['value'],
  throw: ['value'],
  line: ['line'],
  await: ['line'],
  resume: ['line', 'value', 'row'],
  yield: ['line', 'value'],
  var: ['number', 'value'],
  heap: ['object', 'values'],
  spawn: ['number'],
  end: ['number'],
  event: ['number', 'event', 'row'],
};

const columns = ['a', 'b', 'c'] as const;
const always = ['time', 'task', 'kind', 'frame'] as const;

const isList = (cell: Cell): boolean => cell === 'values' || cell === 'event';

/** The names of a cell's streams: its own, and those of a list's entries. */
function namesOf(kind: RowKind, at: number, cell: Cell): string[] {
  const name = `${kind}.${columns[at] ?? ''}`;
  return isList(cell) ? [name, `${name}.even`, `${name}.odd`] : [name];
}

/** The names of all streams. */
export const streamNames: readonly string[] = [
  ...always,
  ...rowKinds.flatMap((kind) =>
    cells[kind].flatMap((cell, at) => namesOf(kind, at, cell)),
  ),
];

/** A stream, and how much of it was taken. */
export interface Stream {
  readonly name: string;
  readonly numbers: number[];
  taken: number;
}

/** A cell with its stream, and the streams of its entries. */
interface Channel {
  readonly cell: Cell;
  readonly stream: Stream;
  readonly entries: readonly [even: Stream, odd: Stream];
}

/** One way; what the rows hold is asked of them, or of the streams. */
export abstract class Transcript {
  readonly #sites: readonly Site[];
  readonly #own: Rows;
  readonly #pool: number[] = [];
  readonly #always: Readonly<Record<(typeof always)[number], Stream>>;
  /** By the number of the row's kind. */
  readonly #channels: readonly (readonly Channel[])[];
  #frames = 0;
  #object = 0;
  /** The frame of each task, and of each frame its line and its caller. */
  readonly #current = new Map<number, number>();
  readonly #lines = new Map<number, number>();
  readonly #callers = new Map<number, number>();

  constructor(sites: readonly Site[], own: Rows, streams: Streams) {
    this.#sites = sites;
    this.#own = own;
    const named = (name: string): Stream => ({
      name,
      numbers: streams[name] ?? [],
      taken: 0,
    });
    const [time, task, kind, frame] = always;
    this.#always = {
      time: named(time),
      task: named(task),
      kind: named(kind),
      frame: named(frame),
    };
    this.#channels = rowKinds.map((row) =>
      cells[row].map((cell, at) => {
        const [name = '', even = '', odd = ''] = namesOf(row, at, cell);
        const entries = [named(even), named(odd)] as const;
        return { cell, stream: named(name), entries };
      }),
    );
  }

  /**
   * Passes one number.
   *
   * @param own the number, if it is known
   */
  protected abstract pass(
    stream: Stream,
    own: number,
    foreseen?: number,
  ): number;

  /** Passes a reference to a value; new ones are numbered in their order. */
  protected abstract value(stream: Stream, own: ValueRef): ValueRef;

  /** Walks over all rows. */
  run(count: number): Rows {
    const { events } = this.#own;
    const always = this.#always;
    const out: Record<keyof Columns, number[]> = {
      ...{ time: [], task: [], kind: [], frame: [] },
      ...{ a: [], b: [], c: [] },
    };
    for (let row = 0; row < count; row++) {
      out.time.push(this.pass(always.time, events.time[row] ?? 0));
      const task = this.pass(always.task, events.task[row] ?? 0);
      const kind = this.pass(always.kind, events.kind[row] ?? 0);
      const name = rowKinds[kind];
      const next = name === 'call' ? this.#frames : this.#frameOf(task);
      const frame = this.pass(always.frame, events.frame[row] ?? 0, next);
      const place = { row, task, frame };
      const [first, second, third] = this.#channels[kind] ?? [];
      const a = this.#cell(first, events.a[row] ?? 0, place);
      const b = this.#cell(second, events.b[row] ?? 0, place);
      const c = this.#cell(third, events.c[row] ?? 0, place);
      out.task.push(task);
      out.kind.push(kind);
      out.frame.push(frame);
      out.a.push(a);
      out.b.push(b);
      out.c.push(c);
      this.#learn(name, place, a, c);
    }
    return { events: out, pool: this.#pool };
  }

  #cell(
    channel: Channel | undefined,
    own: number,
    { row, task, frame }: Place,
  ): number {
    if (channel === undefined) return -1;
    const { cell, stream } = channel;
    switch (cell) {
      case 'number':
        return this.pass(stream, own);
      case 'value':
        return this.value(stream, own);
      case 'line':
        return this.pass(stream, own, this.#lines.get(frame));
      case 'caller':
        return this.pass(stream, own, this.#frameOf(task));
      case 'object':
        return (this.#object = this.pass(stream, own, this.#object));
      case 'row': {
        const back = this.pass(stream, own < 0 ? 0 : row - own);
        return back === 0 ? -1 : row - back;
      }
      default:
        return this.#list(channel, own);
    }
  }

  #list({ cell, stream, entries }: Channel, own: number): number {
    const { pool } = this.#own;
    const length = this.pass(stream, pool[own] ?? 0);
    const start = this.#pool.push(length) - 1;
    for (let at = 0; at < length; at++) {
      const entry = pool[own + 1 + at] ?? 0;
      const half = entries[at % 2 === 0 ? 0 : 1];
      // Subject, case, and then names and values in turn.
      const isName = cell === 'event' && (at < 2 || at % 2 === 0);
      this.#pool.push(
        isName ? this.pass(half, entry) : this.value(half, entry),
      );
    }
    return start;
  }

  #learn(
    kind: RowKind | undefined,
    { task, frame }: Place,
    a: number,
    c: number,
  ): void {
    switch (kind) {
      case 'call':
        this.#frames = frame + 1;
        this.#callers.set(frame, c);
        this.#lines.set(frame, this.#sites[a]?.line ?? 0);
        this.#current.set(task, frame);
        break;
      case 'return':
      case 'throw':
        this.#current.set(task, this.#callers.get(frame) ?? -1);
        break;
      case 'line':
      case 'await':
      case 'resume':
      case 'yield':
        this.#lines.set(frame, a);
        this.#current.set(task, frame);
        break;
      case 'var':
        this.#current.set(task, frame);
        break;
      default:
    }
  }

  #frameOf(task: number): number {
    return this.#current.get(task) ?? -1;
  }
}

interface Place {
  readonly row: number;
  readonly task: number;
  readonly frame: number;
}
