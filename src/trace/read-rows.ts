/**
 * Checks that every row of a trace points to something that is there.
 */
import { rowKinds } from './format.ts';
import type { RowKind, Trace } from './format.ts';

/** What a list of the pool holds. */
type ListKind = 'values' | 'fields' | 'event';

/** @throws {RangeError} naming the row and the column that points nowhere */
export function checkRows(trace: Trace): void {
  new RowCheck(trace).run();
}

class RowCheck {
  readonly #trace: Trace;
  readonly #count: number;
  /** Lists that were checked already: rows may share them. */
  readonly #checked = new Map<ListKind, Set<number>>([
    ['values', new Set()],
    ['fields', new Set()],
    ['event', new Set()],
  ]);
  #frames = 0;
  /** Entries of lists that were looked at. */
  #entries = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#count = trace.events.time.length;
  }

  run(): void {
    const { events, files, objects, sites, values } = this.#trace;
    const columns: Readonly<Record<string, readonly number[]>> = { ...events };
    for (const [name, { length }] of Object.entries(columns)) {
      this.#same(`events.${name}`, length);
    }
    sites.forEach(({ file }, at) => {
      within(`sites[${at}].file`, file, 0, files.length);
    });
    values.forEach((value, at) => {
      if (typeof value === 'object' && value !== null && 'object' in value) {
        within(`values[${at}].object`, value.object, 0, objects.length);
      }
    });
    for (let row = 0; row < this.#count; row++) this.#row(row);
  }

  #same(name: string, length: number): void {
    if (length === this.#count) return;
    throw new RangeError(
      `expected ${name} to have ${this.#count} entries as events.time has, got ${length}`,
    );
  }

  #row(row: number): void {
    const { events, tasks } = this.#trace;
    const kind = rowKinds[this.#cell('kind', row, 0, rowKinds.length)];
    this.#cell('task', row, -1, tasks.length);
    const before = events.time[row - 1] ?? 0;
    if ((events.time[row] ?? 0) < before) {
      throw new RangeError(
        `expected events.time[${row}] to be at least ${before}, got ${events.time[row] ?? 'nothing'}`,
      );
    }
    if (kind === 'call') {
      // Frames are numbered in the order of their calls.
      this.#cell('frame', row, this.#frames, this.#frames + 1);
      this.#frames += 1;
    } else {
      this.#cell('frame', row, -1, this.#frames);
    }
    if (kind !== undefined) this.#meaning(kind, row);
  }

  #meaning(kind: RowKind, row: number): void {
    const { eventKinds, objects, sites, strings, tasks } = this.#trace;
    switch (kind) {
      case 'call':
        this.#cell('a', row, 0, sites.length);
        this.#list(row, 'values');
        this.#cell('c', row, -1, this.#frames);
        break;
      case 'return':
      case 'throw':
        this.#value(row, 'a');
        break;
      case 'line':
      case 'await':
        this.#cell('a', row, 0, Infinity);
        break;
      case 'resume':
      case 'yield':
        this.#cell('a', row, 0, Infinity);
        this.#value(row, 'b');
        this.#cell('c', row, -1, row);
        break;
      case 'var':
        this.#cell('a', row, 0, strings.length);
        this.#value(row, 'b');
        break;
      case 'heap':
        this.#cell('a', row, 0, objects.length);
        this.#list(row, 'fields');
        break;
      case 'spawn':
      case 'end':
        this.#cell('a', row, 0, tasks.length);
        break;
      case 'event':
        this.#cell('a', row, 0, eventKinds.length);
        this.#list(row, 'event');
        this.#cell('c', row, -1, row);
        break;
    }
  }

  /** A cell that must be at least `least` and below `end`. */
  #cell(
    name: keyof Trace['events'],
    row: number,
    least: number,
    end: number,
  ): number {
    const cell = this.#trace.events[name][row] ?? NaN;
    if (cell >= least && cell < end) return cell;
    throw outside(`events.${name}[${row}]`, cell, least, end);
  }

  #value(row: number, name: 'a' | 'b'): void {
    this.#cell(name, row, -Infinity, this.#trace.values.length);
  }

  #list(row: number, kind: ListKind): void {
    const { pool } = this.#trace;
    const start = this.#cell('b', row, 0, pool.length);
    const checked = this.#checked.get(kind);
    if (checked?.has(start) === true) return;
    checked?.add(start);
    const length = pool[start] ?? 0;
    within(`pool[${start}]`, length, 0, pool.length - start);
    this.#entries += length;
    if (this.#entries > pool.length) {
      throw new RangeError('expected the lists of pool not to overlap');
    }
    const odd = length % 2 === 1;
    if ((kind !== 'values' && odd) || (kind === 'event' && length < 2)) {
      throw new RangeError(
        `expected pool[${start}] to begin a list of pairs, got ${length}`,
      );
    }
    for (let at = 0; at < length; at++) this.#entry(start + 1, at, kind);
  }

  #entry(start: number, at: number, kind: ListKind): void {
    const { pool, strings, values } = this.#trace;
    const entry = pool[start + at] ?? NaN;
    const isName = kind === 'event' && (at === 1 || at % 2 === 0);
    const least = !isName ? -Infinity : at === 1 ? -1 : 0;
    const end = isName ? strings.length : values.length;
    if (entry >= least && entry < end) return;
    throw outside(`pool[${start + at}]`, entry, least, end);
  }
}

function within(name: string, value: number, least: number, end: number): void {
  if (value >= least && value < end) return;
  throw outside(name, value, least, end);
}

const outside = (
  name: string,
  value: number,
  least: number,
  end: number,
): RangeError =>
  new RangeError(
    least === -Infinity
      ? `expected ${name} to be at most ${end - 1}, got ${value}`
      : `expected ${name} to be from ${least} to ${end - 1}, got ${value}`,
  );
