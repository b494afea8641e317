/**
 * The form of a trace in a file: its rows as streams, so that what can be
 * foreseen takes no room, and its values in the order in which rows name them.
 * gzip makes little more than half of it that it makes of the plain columns.
 */
import type { Site, Trace, Value, ValueRef } from './format.ts';
import { streamNames, Transcript } from './transcript.ts';
import type { Rows, Stream, Streams } from './transcript.ts';

/**
 * A trace as it is written to a file; the object of a value is the step from
 * the object of the value before.
 */
export interface PackedTrace extends Omit<Trace, 'events' | 'pool'> {
  readonly streams: Streams;
}

/** The text of a trace for a file; `readTrace` takes it back. */
export function writeTrace(trace: Trace): string {
  const { events, pool, values, ...rest } = trace;
  const writing = new Writing(trace.sites, { events, pool });
  writing.run(events.kind.length);
  let before = 0;
  const packed: PackedTrace = {
    ...rest,
    values: mapObjects(writing.inOrder(values), (object) => {
      const step = object - before;
      before = object;
      return step;
    }),
    streams: writing.streams,
  };
  return JSON.stringify(packed);
}

/**
 * Puts the rows back. Whether they point to something is not checked here.
 *
 * @throws {RangeError} when a stream ends too early
 */
export function unpack({ streams, values, ...rest }: PackedTrace): Trace {
  const reading = new Reading(rest.sites, streams);
  const { events, pool } = reading.run(streams['kind']?.length ?? 0);
  let object = 0;
  return {
    ...rest,
    values: mapObjects(values, (step) => (object += step)),
    pool,
    events,
  };
}

function mapObjects(
  values: readonly Value[],
  change: (object: number) => number,
): Value[] {
  return values.map((value) =>
    typeof value === 'object' && value !== null && 'object' in value
      ? { object: change(value.object) }
      : value,
  );
}

/** The way into a file. */
class Writing extends Transcript {
  readonly streams: Streams;
  readonly #numbers = new Map<ValueRef, number>();

  constructor(sites: readonly Site[], own: Rows) {
    const streams = Object.fromEntries(
      streamNames.map((name) => [name, [] as number[]]),
    );
    super(sites, own, streams);
    this.streams = streams;
  }

  protected pass(stream: Stream, own: number, foreseen = 0): number {
    stream.numbers.push(own - foreseen);
    return own;
  }

  protected value(stream: Stream, own: ValueRef): ValueRef {
    const known = own < 0 ? own - 1 : this.#numbers.get(own);
    if (known === undefined) this.#numbers.set(own, this.#numbers.size);
    this.pass(stream, known === undefined ? 0 : known + 1);
    return own;
  }

  /** Values in the order in which the rows name them, and then the rest. */
  inOrder<Value>(values: readonly Value[]): Value[] {
    const order = new Set([...this.#numbers.keys(), ...values.keys()]);
    return [...order].flatMap((at) => values.slice(at, at + 1));
  }
}

const nothing: Rows = {
  pool: [],
  events: { time: [], task: [], kind: [], frame: [], a: [], b: [], c: [] },
};

/** The way back. */
class Reading extends Transcript {
  #values = 0;

  constructor(sites: readonly Site[], streams: Streams) {
    super(sites, nothing, streams);
  }

  /** @throws {RangeError} when the stream is at its end */
  protected pass(stream: Stream, _own: number, foreseen = 0): number {
    const number = stream.numbers[stream.taken];
    if (number === undefined) {
      throw new RangeError(
        `expected streams["${stream.name}"] to have more than ${stream.taken} entries`,
      );
    }
    stream.taken += 1;
    return foreseen + number;
  }

  protected value(stream: Stream): ValueRef {
    const number = this.pass(stream, 0);
    if (number < 0) return number;
    if (number > 0) return number - 1;
    this.#values += 1;
    return this.#values - 1;
  }
}
