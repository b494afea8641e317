/**
 * A recorded run, as a check asks about it.
 *
 * Moments are named by their addresses, so that a rule can be written without
 * knowing how the student's code is laid out. A question that begins with
 * `expect` fails the check, and says what was expected and seen.
 */
import { Addresses } from '../trace/address.ts';
import { rowKinds } from '../trace/format.ts';
import type { Trace } from '../trace/format.ts';
import { writeKinds } from '../trace/index/events.ts';
import { cut } from '../trace/index/values.ts';
import { Visits } from '../trace/index/visits.ts';
import { World } from '../trace/index/world.ts';
import type { Row, TraceModel } from '../trace/model.ts';
import { openTrace } from '../trace/open.ts';
import { Speaker } from '../trace/sentence/speaker.ts';
import { finish } from '../trace/slices.ts';
import { BrokenRule } from './broken.ts';
import type { Spot } from './broken.ts';

/** Something that happened. */
export interface Moment {
  readonly row: Row;
  readonly address: string;
  /** Milliseconds since the run's start. */
  readonly time: number;
}

/** A write to the API that was accepted. */
export interface Write extends Moment {
  /** `create`, `update`, `updateStatus`, `patch` or `delete`. */
  readonly verb: string;
  readonly kind: string;
  /** `namespace/name`. */
  readonly name: string;
  /** The lane that wrote; '' for none. */
  readonly by: string;
  /** The object as it was written, and as it was before, as plain data. */
  readonly object: unknown;
  readonly before: unknown;
}

/** A call of a function, with plain data. */
export interface Call extends Moment {
  readonly args: readonly unknown[];
  /** The row of its end; undefined when it never ended. */
  readonly end: Row | undefined;
  /** What it returned; undefined when it threw. */
  readonly result: unknown;
  readonly threw: boolean;
}

export class Run {
  readonly trace: Trace;
  readonly #world: World;
  readonly #addresses: Addresses;
  #moments: readonly Moment[] | undefined;
  #model: TraceModel | undefined;

  constructor(trace: Trace) {
    this.trace = trace;
    this.#world = finish(World.open(trace));
    const { rows, frames } = this.#world;
    const speaker = new Speaker(this.#world);
    const visits = new Visits(rows, frames);
    this.#addresses = new Addresses(this.#world, speaker, visits);
  }

  /** The run as everybody else reads it. */
  get model(): TraceModel {
    this.#model ??= openTrace(this.trace);
    return this.#model;
  }

  /** What the scenario returned. */
  get result(): unknown {
    return this.trace.result;
  }

  /** The error that ended the run, if one did. */
  get error(): string | undefined {
    return this.trace.error;
  }

  /** Moments whose address is one of these words, or goes on after them. */
  all(address: string): Moment[] {
    return this.moments.filter((moment) => matches(moment, address));
  }

  /** The first of `all`. */
  first(address: string): Moment | undefined {
    return this.moments.find((moment) => matches(moment, address));
  }

  /** Every event and call that has an address, in order. */
  get moments(): readonly Moment[] {
    this.#moments ??= this.#findMoments();
    return this.#moments;
  }

  #findMoments(): Moment[] {
    const { rows } = this.#world;
    const found: Moment[] = [];
    for (let row = 0; row < rows.count; row++) {
      const address = this.#addresses.own(row);
      if (address === undefined || address.startsWith('line ')) continue;
      found.push({ row, address, time: rows.time(row) });
    }
    return found;
  }

  /** Accepted writes to the API, in order; of one kind, if one is named. */
  writes(kind?: string): Write[] {
    const { events, lanes, rows } = this.#world;
    return this.moments.flatMap((moment) => {
      const happening = events.at(moment.row);
      if (happening === undefined || !writeKinds.has(happening.kind)) return [];
      if (happening.case === 'refused') return [];
      const [own = '', name = ''] = happening.subject.split(' ');
      if (kind !== undefined && own !== kind) return [];
      const field = (name: string): unknown => {
        const ref = happening.fields.get(name);
        return ref === undefined ? undefined : this.#plain(ref, moment.row);
      };
      return [
        {
          ...moment,
          verb: happening.kind.slice('store.'.length),
          kind: own,
          name,
          by:
            lanes.views[lanes.of(moment.row)]?.id ??
            rows.taskName(rows.task(moment.row)),
          object: field('object'),
          before: field('before'),
        },
      ];
    });
  }

  /** Calls of a function, in order: `updatePod`, `PodWorkers.updatePod`. */
  calls(symbol: string): Call[] {
    const { frames } = this.#world;
    const plain = symbol.replace('#', '');
    const found: Call[] = [];
    for (let frame = 0; frame < frames.count; frame++) {
      if (frames.site(frame).symbol.replace('#', '') !== plain) continue;
      found.push(this.#call(frame));
    }
    return found.sort((a, b) => a.row - b.row);
  }

  #call(frame: number): Call {
    const { frames, rows } = this.#world;
    const row = frames.begin(frame);
    const end = frames.end(frame);
    const [, ...args] = frames.arguments(frame);
    const isOver = end >= 0;
    const threw = isOver && kindOf(this.trace, end) === 'throw';
    return {
      row,
      address: this.#addresses.own(row) ?? this.#addresses.of(row),
      time: rows.time(row),
      args: args.map((arg) => this.#plain(arg, row)),
      end: isOver ? end : undefined,
      result: isOver && !threw ? this.#plain(rows.a(end), end) : undefined,
      threw,
    };
  }

  /** The values that a watched value took on, in order. */
  changes(name: string): (Moment & { readonly after: unknown })[] {
    return this.all(`change ${name}`).map((moment) => {
      const after = this.#world.events.at(moment.row)?.fields.get('after');
      return {
        ...moment,
        after: after === undefined ? undefined : this.#plain(after, moment.row),
      };
    });
  }

  /** The states that a machine took on, in order. */
  states(machine: string): (Moment & { readonly state: string })[] {
    return this.all(`state ${machine}`).map((moment) => {
      const { to } = this.#world.machines.transition(moment.row);
      return { ...moment, state: to };
    });
  }

  /** A thing as it is after a row, or at the end: `Pod/default/web`. */
  document(id: string, row = this.#world.rows.count - 1): unknown {
    return this.#world.things.document(id, row);
  }

  /** The spot of a moment, for a finding of one's own. */
  spot(moment: Moment | undefined): Spot | undefined {
    if (moment === undefined) return undefined;
    return { scenario: this.trace.scenario, address: moment.address };
  }

  /** Fails if an error ended the run. */
  expectEnd(): void {
    const { error } = this;
    if (error === undefined) return;
    throw new BrokenRule({
      expected: 'the run to come to its end',
      seen: error.replace(/^Error: /, ''),
      at: this.spot(this.all('task.die').at(-1) ?? this.moments.at(-1)),
    });
  }

  /** Fails unless these happen, one after the other; others may lie between. */
  expectOrder(...addresses: readonly string[]): void {
    let after = -1;
    let last: Moment | undefined;
    for (const address of addresses) {
      const next = this.all(address).find(({ row }) => row > after);
      if (next === undefined) {
        const ever = this.first(address);
        throw new BrokenRule({
          expected:
            last === undefined
              ? `"${address}"`
              : `"${address}" after "${last.address}"`,
          seen:
            ever === undefined
              ? 'it never happens'
              : `it happens only before, at "${ever.address}"`,
          at: this.spot(last ?? ever ?? this.moments.at(-1)),
        });
      }
      after = next.row;
      last = next;
    }
  }

  /** Fails if one of these happens. */
  expectNever(address: string, why = `"${address}" never happens`): void {
    const moment = this.first(address);
    if (moment === undefined) return;
    throw new BrokenRule({
      expected: why,
      seen: `"${moment.address}" at ${seconds(moment.time)}`,
      at: this.spot(moment),
    });
  }

  /** Fails unless it happens so often. */
  expectTimes(address: string, times: number): void {
    const found = this.all(address);
    if (found.length === times) return;
    throw new BrokenRule({
      expected: `"${address}" ${timesText(times)}`,
      seen: timesText(found.length),
      at: this.spot(found[times] ?? found.at(-1) ?? this.moments.at(-1)),
    });
  }

  /**
   * Fails if two calls of a function that have the same key run at once: "never
   * two syncs of one pod in flight".
   */
  expectOneAtATime(
    symbol: string,
    key: (call: Call) => unknown = () => '',
  ): void {
    const open = new Map<unknown, Call>();
    for (const call of this.calls(symbol)) {
      const own = key(call);
      const other = open.get(own);
      if (other !== undefined && (other.end ?? Infinity) > call.row) {
        throw new BrokenRule({
          expected: `one call of ${symbol} at a time`,
          seen: `"${call.address}" begins while "${other.address}" has not ended`,
          at: this.spot(call),
        });
      }
      open.set(own, call);
    }
  }

  #plain(ref: number, row: Row): unknown {
    const text = JSON.stringify(
      this.#world.values.plain(ref, row),
      (_, value: unknown) => (value === cut ? '…' : value),
    ) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }
}

function matches({ address }: Moment, wanted: string): boolean {
  return (
    address.startsWith(wanted) &&
    (address.length === wanted.length || address[wanted.length] === ' ')
  );
}

const kindOf = (trace: Trace, row: Row): string =>
  rowKinds[trace.events.kind[row] ?? 0] ?? '';

const timesText = (times: number): string =>
  times === 0 ? 'never' : times === 1 ? 'once' : `${times} times`;

/** A moment as messages write it: `3.8 s`. */
export const seconds = (ms: number): string => `${ms / 1000} s`;
