/**
 * Builds small traces by hand, row by row, as the recorder would write them.
 */
import {
  formatName,
  formatVersion,
  integerRef,
  rowKinds,
} from '../../src/trace/format.ts';
import type {
  RowKind,
  Site,
  Trace,
  TraceLane,
  Value,
} from '../../src/trace/format.ts';

/** Stands for `undefined` among values. */
export const nothing = Symbol('nothing');

export interface SiteOptions {
  readonly path?: string;
  readonly line?: number;
  readonly end?: number;
  readonly params?: readonly string[];
  readonly async?: boolean;
  readonly story?: readonly string[];
}

export interface EventOptions {
  readonly case?: string;
  readonly cause?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
}

interface Frame {
  readonly frame: number;
  readonly task: number;
}

export class TraceBuilder {
  readonly lanes: TraceLane[] = [];
  readonly keep: string[] = [];
  readonly fold: string[] = [];
  readonly folded = new Set<string>();
  readonly notes: string[] = [];
  machines: Trace['machines'] = [];
  #time = 0;
  #task = 0;
  #stack: Frame[] = [];
  #frames = 0;
  readonly #strings: string[] = [];
  readonly #values: Value[] = [];
  readonly #known = new Map<string, number>();
  readonly #objects: string[] = [];
  readonly #numbers = new Map<object, number>();
  readonly #written = new Map<number, string>();
  readonly #inside = new Set<number>();
  readonly #pool: number[] = [];
  readonly #files: string[] = [];
  readonly #tasks: string[] = [];
  readonly #sites: Site[] = [];
  readonly #kinds: string[] = [];
  readonly #rows: number[][] = [];

  /** Declares a lane for tasks, or for symbols. */
  lane(id: string, tasks: readonly string[], more: Partial<TraceLane> = {}) {
    this.lanes.push({ id, noun: `the ${id}`, tasks, ...more });
    return this;
  }

  site(symbol: string, options: SiteOptions = {}): number {
    const { path = 'runnable/code.ts', line = 10 } = options;
    const { params = [], story, async = false, end = line + 9 } = options;
    return (
      this.#sites.push({
        symbol,
        file: place(this.#files, path),
        line,
        end,
        params,
        async,
        ...(story === undefined ? {} : { story }),
      }) - 1
    );
  }

  /** Moves the clock to so many milliseconds after the start. */
  at(time: number): this {
    this.#time = time;
    return this;
  }

  /** Lets another task act, with no frame of its own yet. */
  task(name: string): this {
    this.#task = place(this.#tasks, name);
    this.#stack = [];
    return this;
  }

  call(site: number, args: readonly unknown[] = [], self: unknown = nothing) {
    const pool = this.#list([self, ...args].map((one) => this.#value(one)));
    const parent = this.#stack.at(-1)?.frame ?? -1;
    const frame = this.#frames++;
    this.#stack.push({ frame, task: this.#task });
    return this.#row('call', site, pool, parent);
  }

  return(value: unknown = nothing): number {
    const row = this.#row('return', this.#value(value));
    this.#stack.pop();
    return row;
  }

  throw(error: unknown): number {
    const row = this.#row('throw', this.#value(error));
    this.#stack.pop();
    return row;
  }

  line(line: number): number {
    return this.#row('line', line);
  }

  set(name: string, value: unknown): number {
    return this.#row('var', place(this.#strings, name), this.#value(value));
  }

  /** Waits; what it returns lets the same frames go on later. */
  await(line: number): () => number {
    const row = this.#row('await', line);
    const [stack, task] = [[...this.#stack], this.#task];
    return () => {
      this.#stack = stack;
      this.#task = task;
      return this.#row('resume', line, this.#value(nothing), row);
    };
  }

  event(kind: string, subject: string, options: EventOptions = {}): number {
    const { fields = {}, cause = -1 } = options;
    const pairs = Object.entries(fields).flatMap(([name, value]) => [
      place(this.#strings, name),
      this.#value(value),
    ]);
    const variant =
      options.case === undefined ? -1 : place(this.#strings, options.case);
    const list = [place(this.#strings, subject), variant, ...pairs];
    const pool = this.#list(list);
    return this.#row('event', place(this.#kinds, kind), pool, cause);
  }

  /** Ends the running task. */
  end(): number {
    return this.#row('end', this.#task);
  }

  build(more: Partial<Trace> = {}): Trace {
    const column = (index: number): number[] =>
      this.#rows.map((row) => row[index] ?? -1);
    return {
      format: formatName,
      version: formatVersion,
      chapter: 'part/01-test',
      scenario: 'small',
      title: 'Small',
      seed: 1,
      start: 1554422400000,
      notes: this.notes,
      lanes: this.lanes,
      keep: this.keep,
      fold: this.fold,
      machines: this.machines,
      files: this.#files.map((path) => ({
        path,
        hash: '',
        folded: this.folded.has(path),
      })),
      tasks: this.#tasks,
      sites: this.#sites,
      eventKinds: this.#kinds,
      objects: this.#objects,
      strings: this.#strings,
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
      result: null,
      ...more,
    };
  }

  #row(kind: RowKind, a: number, b = -1, c = -1): number {
    const frame = this.#stack.at(-1)?.frame ?? -1;
    const code = rowKinds.indexOf(kind);
    return this.#rows.push([this.#time, this.#task, code, frame, a, b, c]) - 1;
  }

  #list(items: readonly number[]): number {
    const at = this.#pool.length;
    this.#pool.push(items.length, ...items);
    return at;
  }

  #value(value: unknown): number {
    if (value === nothing || value === undefined) {
      return this.#intern({ other: 'undefined' });
    }
    if (typeof value === 'number' && Number.isInteger(value)) {
      return integerRef(value);
    }
    if (value instanceof Uint8Array) {
      return this.#intern({ bytes: Buffer.from(value).toString('hex') });
    }
    if (typeof value !== 'object' || value === null) {
      return this.#intern(value as Value);
    }
    return this.#intern({ object: this.#object(value) });
  }

  #object(value: object): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#objects.push(value.constructor.name) - 1;
      this.#numbers.set(value, number);
    }
    if (this.#inside.has(number)) return number;
    this.#inside.add(number);
    const own: [unknown, unknown][] =
      value instanceof Map
        ? [...(value as Map<unknown, unknown>)]
        : value instanceof Error
          ? [['message', value.message]]
          : Array.isArray(value)
            ? [...(value as unknown[]).entries()]
            : Object.entries(value);
    const fields = own.flatMap(([key, one]) => [
      this.#value(key),
      this.#value(one),
    ]);
    this.#inside.delete(number);
    const text = fields.join();
    if (this.#written.get(number) !== text) {
      this.#written.set(number, text);
      this.#row('heap', number, this.#list(fields));
    }
    return number;
  }

  #intern(value: Value): number {
    const text = JSON.stringify(value);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const index = this.#values.push(value) - 1;
    this.#known.set(text, index);
    return index;
  }
}

function place(list: string[], item: string): number {
  const index = list.indexOf(item);
  return index >= 0 ? index : list.push(item) - 1;
}
