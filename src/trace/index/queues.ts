/**
 * Work queues, followed from the calls of their three methods.
 *
 * Queue, dirty set and processing set are modelled here rather than read from
 * the recording, so that a chapter may keep the queue's own code folded and
 * the model stays true whatever its fields are called.
 */
import type { Change, Row } from '../model.ts';
import { derived } from './events.ts';
import type { Facts, Happening } from './events.ts';

/** One turn of a key: from `get` to `done`. */
export interface Turn {
  readonly queue: string;
  readonly key: string;
  /** From 1, for each key of each queue. */
  readonly run: number;
  readonly task: number;
  readonly from: Row;
  to: Row;
  /** Adds that came while it ran. */
  meanwhile: number;
  failed: boolean;
  /** The adds that led to it. */
  readonly adds: readonly Row[];
  /** How it ended; see `Ending`. */
  ending: Ending;
}

/**
 * `again` when the key became dirty meanwhile, `idle` when nothing was
 * written, `echo` when moreover its own controller's writes had caused it.
 */
export type Ending = '' | 'again' | 'failed' | 'idle' | 'echo';

/** What a queue holds at a row. */
export interface Content {
  readonly row: Row;
  readonly queue: readonly string[];
  readonly dirty: readonly string[];
  readonly processing: readonly string[];
}

export class QueueModel {
  readonly name: string;
  readonly turns: Turn[] = [];
  /** Every content it had, in order of rows. */
  readonly contents: Content[] = [];
  readonly #queue: string[] = [];
  readonly #dirty = new Set<string>();
  readonly #processing = new Map<string, Turn>();
  readonly #runs = new Map<string, number>();
  /** The add that put a key where it is now. */
  readonly #added = new Map<string, Row>();
  /** All adds of a key since it was taken last. */
  readonly #adds = new Map<string, Row[]>();

  constructor(name: string) {
    this.name = name;
  }

  add(row: Row, key: string, facts: Facts): Happening {
    const from = facts['from'];
    const origin = from === undefined ? '' : ` from ${from}`;
    const turn = this.#processing.get(key);
    if (turn !== undefined) turn.meanwhile += 1;
    const known = this.#dirty.has(key);
    this.#adds.set(key, [...(this.#adds.get(key) ?? []), row]);
    const before = this.#texts();
    this.#dirty.add(key);
    if (!known) this.#added.set(key, row);
    if (!known && turn === undefined) this.#queue.push(key);
    const changes =
      turn === undefined
        ? [this.#change(this.name, before.queue, this.#texts().queue)]
        : [this.#change('dirty', before.dirty, this.#texts().dirty)];
    return this.#report(row, 'queue.add', key, {
      case: arrival(known, turn !== undefined, facts),
      subject: `${this.name} ${key}${origin}`,
      facts: { ...facts, queue: this.name, key },
      changes,
    });
  }

  get(row: Row, key: string, task: number, from: Row): Happening {
    const before = this.#texts();
    const place = this.#queue.indexOf(key);
    if (place >= 0) this.#queue.splice(place, 1);
    const run = (this.#runs.get(key) ?? 0) + 1;
    this.#runs.set(key, run);
    const turn: Turn = {
      queue: this.name,
      key,
      run,
      task,
      from,
      to: -1,
      meanwhile: 0,
      failed: false,
      adds: this.#adds.get(key) ?? [],
      ending: '',
    };
    this.#adds.delete(key);
    this.turns.push(turn);
    this.#processing.set(key, turn);
    this.#dirty.delete(key);
    const after = this.#texts();
    return this.#report(row, 'queue.get', key, {
      facts: { queue: this.name, key, run, rest: this.#queue.length },
      changes: [
        this.#change(this.name, before.queue, after.queue),
        this.#change('processing', before.processing, after.processing),
      ],
      cause: this.#added.get(key) ?? -1,
    });
  }

  /** @param idle whether the turn wrote nothing, and was an echo at that */
  done(row: Row, key: string, idle: (turn: Turn) => Ending): Happening {
    const before = this.#texts();
    const turn = this.#processing.get(key);
    this.#processing.delete(key);
    const again = this.#dirty.has(key);
    if (again) this.#queue.push(key);
    if (turn !== undefined) turn.to = row;
    const n = turn?.meanwhile ?? 0;
    const how = turn === undefined ? '' : ending(turn, again, idle);
    if (turn !== undefined) turn.ending = how;
    const after = this.#texts();
    const all = [
      this.#change('processing', before.processing, after.processing),
      this.#change(this.name, before.queue, after.queue),
    ];
    return this.#report(row, 'queue.done', key, {
      case: how,
      facts: { queue: this.name, key, run: turn?.run ?? 1, n },
      changes: again ? all : [],
    });
  }

  /** The turn of a key that runs now. */
  running(key: string): Turn | undefined {
    return this.#processing.get(key);
  }

  #report(
    row: Row,
    kind: string,
    key: string,
    more: Partial<Happening>,
  ): Happening {
    this.contents.push({
      row,
      queue: [...this.#queue],
      dirty: [...this.#dirty],
      processing: [...this.#processing.keys()],
    });
    return derived(row, kind, `${this.name} ${key}`, more);
  }

  #texts(): Readonly<Record<'queue' | 'dirty' | 'processing', string>> {
    return {
      queue: `[${this.#queue.join(', ')}]`,
      dirty: `{${[...this.#dirty].join(', ')}}`,
      processing: `{${[...this.#processing.keys()].join(', ')}}`,
    };
  }

  #change(field: string, before: string, after: string): Change {
    return before === after
      ? { field, after: `${after} (unchanged)` }
      : { field, before, after };
  }
}

function arrival(known: boolean, running: boolean, facts: Facts): string {
  if (known) return 'known';
  if (running) return 'dirty';
  if (facts['due'] !== undefined) return 'due';
  return facts['from'] === undefined ? 'plain' : '';
}

function ending(
  turn: Turn,
  again: boolean,
  idle: (turn: Turn) => Ending,
): Ending {
  if (turn.failed) return 'failed';
  return again ? 'again' : idle(turn);
}
