/** Writes rows of a trace, one after the other, into its tables. */
import { rowKinds } from '../trace/format.ts';
import type { RowKind, Trace, Value, ValueRef } from '../trace/format.ts';

type Fields = Readonly<Record<string, ValueRef>>;
type Tables = Pick<
  Trace,
  'eventKinds' | 'objects' | 'strings' | 'values' | 'pool' | 'events'
>;

export class TraceWriter {
  /** Of the next row. */
  time = 0;
  task = -1;
  frame = -1;
  readonly #rows: number[][] = [];
  readonly #pool: number[] = [];
  readonly #objects: string[] = [];
  readonly #values: Value[] = [];
  readonly #strings = new Map<string, number>();
  readonly #kinds = new Map<string, number>();
  readonly #known = new Map<string, ValueRef>();
  #frames = 0;

  get rows(): number {
    return this.#rows.length;
  }

  /** @returns the number of the frame, which the next rows belong to */
  call(site: number, args: readonly ValueRef[], parent: number): number {
    const list = this.#list([this.value(null), ...args]);
    this.frame = this.#frames;
    this.#frames += 1;
    this.#row('call', site, list, parent);
    return this.frame;
  }

  line(line: number): void {
    this.#row('line', line);
  }

  set(name: string, value: ValueRef): void {
    this.#row('var', place(this.#strings, name), value);
  }

  return(value: ValueRef): void {
    this.#row('return', value);
  }

  event(kind: string, subject: string, fields: Fields, cause = -1): number {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [
      place(this.#strings, name),
      value,
    ]);
    const list = this.#list([place(this.#strings, subject), -1, ...pairs]);
    this.#row('event', place(this.#kinds, kind), list, cause);
    return this.rows - 1;
  }

  value(value: string | boolean | null): ValueRef {
    const text = JSON.stringify(value);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const ref = this.#values.push(value) - 1;
    this.#known.set(text, ref);
    return ref;
  }

  /** A new object, with its first version. */
  object(className: string, fields: Fields): ValueRef {
    const object = this.#objects.push(className) - 1;
    const ref = this.#values.push({ object }) - 1;
    this.change(ref, fields);
    return ref;
  }

  /** The next version of an object. */
  change(ref: ValueRef, fields: Fields): void {
    const value = this.#values[ref];
    if (value === null || typeof value !== 'object' || !('object' in value)) {
      throw new TypeError(`Cannot change value ${String(ref)}: no object`);
    }
    const pairs = Object.entries(fields).flatMap(([name, one]) => [
      this.value(name),
      one,
    ]);
    this.#row('heap', value.object, this.#list(pairs));
  }

  tables(): Tables {
    const column = (index: number): number[] =>
      this.#rows.map((row) => row[index] ?? -1);
    return {
      eventKinds: [...this.#kinds.keys()],
      objects: this.#objects,
      strings: [...this.#strings.keys()],
      values: this.#values,
      pool: this.#pool,
      events: {
        time: column(0),
        task: column(1),
        kind: column(2),
        frame: column(3),
        a: column(4),
        b: column(5),
        c: column(6),
      },
    };
  }

  #row(kind: RowKind, a: number, b = -1, c = -1): void {
    const code = rowKinds.indexOf(kind);
    this.#rows.push([this.time, this.task, code, this.frame, a, b, c]);
  }

  #list(items: readonly number[]): number {
    const at = this.#pool.length;
    this.#pool.push(items.length, ...items);
    return at;
  }
}

/** The place of a text in a table, added when it is new. */
function place(table: Map<string, number>, text: string): number {
  const known = table.get(text);
  if (known !== undefined) return known;
  table.set(text, table.size);
  return table.size - 1;
}
