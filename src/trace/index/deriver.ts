/**
 * Reads the calls that `derive.ts` lists, and says what they mean.
 */
import type { ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import { derived } from './events.ts';
import type { Events, Facts, Happening } from './events.ts';
import type { Frames } from './frames.ts';
import type { Lanes } from './lanes.ts';
import { firstAfter, lastTo, RowLists } from './lists.ts';
import { Objects } from './objects.ts';
import { QueueModel } from './queues.ts';
import type { Ending, Turn } from './queues.ts';
import type { Rows } from './rows.ts';
import { isRecord } from './values.ts';
import type { Values } from './values.ts';

export type Meaning =
  | 'queue.add'
  | 'queue.get'
  | 'queue.done'
  | 'queue.addAfter'
  | 'queue.addRateLimited'
  | 'event'
  | 'log';

const writes = [
  'store.create',
  'store.update',
  'store.updateStatus',
  'store.patch',
  'store.delete',
  'store.conflict',
];

export class Deriver {
  readonly #rows: Rows;
  readonly #values: Values;
  readonly #frames: Frames;
  readonly #lanes: Lanes;
  readonly #events: Events;
  readonly #objects: Objects;
  readonly #found: Happening[] = [];
  readonly #queues = new Map<number, QueueModel>();
  readonly #writes = new RowLists();
  readonly #deliveries = new RowLists();
  /** The error that each task threw last. */
  readonly #errors = new Map<number, string>();
  /** The frame of the last call that another one may repeat within. */
  readonly #outer = new Map<Meaning, number>();

  constructor(
    rows: Rows,
    values: Values,
    frames: Frames,
    lanes: Lanes,
    events: Events,
  ) {
    this.#rows = rows;
    this.#lanes = lanes;
    this.#events = events;
    this.#values = values;
    this.#frames = frames;
    this.#objects = new Objects(values);
    const written = writes.flatMap((kind) => events.of(kind));
    for (const row of written.sort((a, b) => a - b)) {
      this.#writes.add(rows.task(row), row);
    }
    for (const row of events.of('watch.deliver')) {
      this.#deliveries.add(rows.task(row), row);
    }
  }

  /** What was found, in order of rows. */
  get happenings(): readonly Happening[] {
    return this.#found;
  }

  get queues(): readonly QueueModel[] {
    return [...this.#queues.values()];
  }

  thrown(row: Row): void {
    const text = this.#message(this.#rows.a(row), row);
    this.#errors.set(this.#rows.task(row), text);
  }

  take(row: Row, meaning: Meaning): void {
    switch (meaning) {
      case 'queue.add':
      case 'queue.get':
      case 'queue.done':
        this.#queueStep(row, meaning);
        break;
      case 'queue.addAfter':
      case 'queue.addRateLimited':
        this.#later(row, meaning);
        break;
      case 'event':
        this.#event(row);
        break;
      case 'log':
        this.#log(row);
        break;
    }
  }

  #queueStep(
    row: Row,
    meaning: 'queue.add' | 'queue.get' | 'queue.done',
  ): void {
    const frame = this.#rows.frame(row);
    const [self = 0, item] = this.#frames.arguments(frame);
    const queue = this.#queue(self, row);
    if (meaning === 'queue.get') {
      const key = this.#key(this.#rows.a(row), row);
      if (key === undefined) return;
      const task = this.#rows.task(row);
      this.#found.push(queue.get(row, key, task, row));
      return;
    }
    const key = item === undefined ? undefined : this.#key(item, row);
    if (key === undefined) return;
    this.#found.push(
      meaning === 'queue.add'
        ? queue.add(row, key, this.#origin(frame, row))
        : queue.done(row, key, (turn) => this.#idle(turn, row)),
    );
  }

  /** A key that is to be queued again later, after an error or on purpose. */
  #later(row: Row, meaning: 'queue.addAfter' | 'queue.addRateLimited'): void {
    const frame = this.#rows.frame(row);
    const [self = 0, item = 0, delay] = this.#frames.arguments(frame);
    const queue = this.#queue(self, row);
    const key = this.#key(item, row) ?? '';
    const ms = delay === undefined ? 0 : this.#values.value(delay);
    const outer = this.#outer.get('queue.addRateLimited') ?? -1;
    if (meaning === 'queue.addAfter' && outer >= 0) {
      if (this.#frames.within(frame, outer)) {
        this.#amendLast({ delay: Number(ms) });
        return;
      }
    }
    const task = this.#rows.task(row);
    const facts = { queue: queue.name, key, delay: Number(ms) };
    const subject = `${queue.name} ${key}`;
    if (meaning === 'queue.addAfter') {
      this.#found.push(derived(row, meaning, subject, { facts }));
      return;
    }
    this.#outer.set(meaning, frame);
    const turn = queue.running(key);
    if (turn !== undefined) turn.failed = true;
    const error = this.#errors.get(task) ?? '';
    this.#found.push(
      derived(row, meaning, subject, { facts: { ...facts, error } }),
    );
  }

  #amendLast(facts: Happening['facts']): void {
    const last = this.#found.pop();
    if (last === undefined) return;
    this.#found.push({ ...last, facts: { ...last.facts, ...facts } });
  }

  #event(row: Row): void {
    const frame = this.#rows.frame(row);
    if (this.#repeats('event', frame)) this.#found.pop();
    const [, object = 0, type = 0, reason = 0, text = 0, ...more] =
      this.#frames.arguments(frame);
    const about = this.#objects.identify(object, row);
    const why = this.#values.text(reason) ?? '';
    this.#found.push(
      derived(row, 'event', `${why} ${about?.kind ?? ''} ${about?.id ?? ''}`, {
        facts: {
          type: this.#values.text(type) ?? '',
          reason: why,
          kind: about?.kind ?? '',
          name: about?.name ?? '',
          text: this.#formatted(text, more, row),
        },
      }),
    );
  }

  #log(row: Row): void {
    const frame = this.#rows.frame(row);
    if (this.#repeats('log', frame)) return;
    const [, text = 0, ...more] = this.#frames.arguments(frame);
    const level = /(debug|info|warn|error|fatal|trace)/u.exec(
      this.#frames.site(frame).symbol,
    );
    this.#found.push(
      derived(row, 'log', this.#logger(frame, row), {
        case: level?.[1] ?? '',
        facts: { text: this.#formatted(text, more, row) },
      }),
    );
  }

  /** Whether a call stands within the last one of the same meaning. */
  #repeats(meaning: Meaning, frame: number): boolean {
    const outer = this.#outer.get(meaning) ?? -1;
    if (outer >= 0 && this.#frames.within(frame, outer)) return true;
    this.#outer.set(meaning, frame);
    return false;
  }

  /** The model of a queue; its name comes from the queue itself. */
  #queue(self: ValueRef, row: Row): QueueModel {
    const root = this.#values.object(self) ?? -1;
    const known = this.#queues.get(root);
    if (known !== undefined) return known;
    const name = this.#values.text(this.#values.get(self, 'name', row));
    const queue = new QueueModel(name ?? 'queue');
    this.#queues.set(root, queue);
    return queue;
  }

  /** A key, whether plain or the first text of what `get` returned. */
  #key(ref: ValueRef, row: Row): string | undefined {
    const value = this.#values.plain(ref, row, 2);
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.values(value).find((one) => typeof one === 'string');
  }

  /** What an add is about: the object that its callers were told of. */
  #origin(frame: number, row: Row): Facts {
    for (const caller of this.#frames.chain(frame)) {
      if (this.#frames.site(caller).symbol.startsWith('DelayingType.')) {
        return { due: 1 };
      }
      for (const ref of [...this.#frames.arguments(caller)].reverse()) {
        const object = this.#objects.identify(ref, row);
        if (object === undefined) continue;
        return { from: object.kind, kind: object.kind, name: object.name };
      }
    }
    return {};
  }

  /** How a run ended that became neither dirty nor failed. */
  #idle(turn: Turn, row: Row): Ending {
    const next = firstAfter(this.#writes.get(turn.task), turn.from);
    if (next !== undefined && next <= row) return '';
    const lane = this.#lanes.of(turn.from);
    const echo = turn.adds.every((add) => this.#writerOf(add) === lane);
    return echo && turn.adds.length > 0 ? 'echo' : 'idle';
  }

  /** The lane whose write an add goes back to; -2 when it is unknown. */
  #writerOf(add: Row): number {
    const task = this.#rows.task(add);
    const delivery = lastTo(this.#deliveries.get(task), add);
    const cause = this.#events.at(delivery ?? -1)?.cause ?? -1;
    return cause < 0 ? -2 : this.#lanes.of(cause);
  }

  /** The text of a message: a finished one, or a format and its arguments. */
  #formatted(ref: ValueRef, more: readonly ValueRef[], row: Row): string {
    // A rest parameter comes as one list.
    const given = more.flatMap((one) => this.#values.plain(one, row, 4));
    const shown = given.map((value) => {
      return isRecord(value) && typeof value['message'] === 'string'
        ? value['message']
        : textOf(value);
    });
    const text = this.#values.text(ref) ?? textOf(this.#values.plain(ref, row));
    return text.replace(/%(%|[+#]?[a-z])/gu, (_, verb: string) => {
      if (verb === '%') return '%';
      const next = shown.shift() ?? '';
      return verb === 'q' ? JSON.stringify(next) : next;
    });
  }

  /** Whose log it is: the class of the caller, or the file it stands in. */
  #logger(frame: number, row: Row): string {
    const caller = this.#frames.parent(frame);
    const [self = 0] = this.#frames.arguments(frame);
    const named = this.#values.text(this.#values.get(self, 'name', row));
    if (named !== undefined && named !== '') {
      return named.slice(named.lastIndexOf('.') + 1);
    }
    const { symbol, file } = this.#frames.site(caller);
    const dot = symbol.indexOf('.');
    if (dot > 0) return symbol.slice(0, dot);
    const path = this.#rows.trace.files[file]?.path ?? '';
    return path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/u, '');
  }

  #message(ref: ValueRef, row: Row): string {
    const message = this.#values.get(ref, 'message', row);
    return (
      this.#values.text(message) ?? textOf(this.#values.plain(ref, row, 2))
    );
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}
