/**
 * Work queues, read from the calls of their methods.
 */
import type { ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import { derived, writeKinds } from './events.ts';
import type { Facts, Happening } from './events.ts';
import type { Ground } from './ground.ts';
import { firstAfter, lastTo, RowLists } from './lists.ts';
import { Objects } from './objects.ts';
import { QueueModel } from './queues.ts';
import type { Ending, Turn } from './queues.ts';
import { messageText } from './texts.ts';

export type QueueMeaning =
  | 'queue.add'
  | 'queue.get'
  | 'queue.done'
  | 'queue.addAfter'
  | 'queue.addRateLimited';

export class QueueReader {
  readonly #ground: Ground;
  readonly #objects: Objects;
  readonly #found: Happening[];
  readonly #queues = new Map<number, QueueModel>();
  readonly #writes = new RowLists();
  readonly #deliveries = new RowLists();
  /** The error that each task threw last. */
  readonly #errors = new Map<number, string>();
  /** The frame of the last `addRateLimited`, which may call `addAfter`. */
  #limited = -1;

  /** @param found where to put what is found */
  constructor(ground: Ground, found: Happening[]) {
    this.#ground = ground;
    this.#found = found;
    this.#objects = new Objects(ground.values);
    const { events, rows } = ground;
    const written = [...writeKinds, 'store.conflict'].flatMap((kind) =>
      events.of(kind),
    );
    for (const row of written.sort((a, b) => a - b)) {
      this.#writes.add(rows.task(row), row);
    }
    for (const row of events.of('watch.deliver')) {
      this.#deliveries.add(rows.task(row), row);
    }
  }

  get all(): readonly QueueModel[] {
    return [...this.#queues.values()];
  }

  thrown(row: Row): void {
    const { rows, values } = this.#ground;
    const error = values.plain(rows.a(row), row, 2);
    this.#errors.set(rows.task(row), messageText(error));
  }

  /** A method of a queue is called; `get` tells its key when it returns. */
  take(row: Row, meaning: QueueMeaning): void {
    const { rows, frames } = this.#ground;
    const frame = rows.frame(row);
    const [self = 0, item] = frames.arguments(frame);
    const queue = this.#queue(self, row);
    const key = this.#key(meaning === 'queue.get' ? rows.a(row) : item, row);
    if (meaning === 'queue.addAfter' || meaning === 'queue.addRateLimited') {
      this.#later(row, meaning, queue, key ?? '');
    } else if (key !== undefined) {
      this.#found.push(
        meaning === 'queue.add'
          ? queue.add(row, key, this.#origin(frame, row))
          : meaning === 'queue.get'
            ? queue.get(row, key, rows.task(row), row)
            : queue.done(row, key, (turn) => this.#idle(turn, row)),
      );
    }
  }

  /** A key that is to be queued again later, after an error or on purpose. */
  #later(
    row: Row,
    meaning: 'queue.addAfter' | 'queue.addRateLimited',
    queue: QueueModel,
    key: string,
  ): void {
    const { rows, frames, values } = this.#ground;
    const frame = rows.frame(row);
    const [, , ms] = frames.arguments(frame);
    const delay = ms === undefined ? 0 : Number(values.value(ms));
    const after = meaning === 'queue.addAfter';
    if (after && this.#limited >= 0 && frames.within(frame, this.#limited)) {
      this.#amendLast({ delay });
      return;
    }
    const facts: Record<string, string | number> = {
      queue: queue.name,
      key,
      delay,
    };
    if (!after) {
      this.#limited = frame;
      const turn = queue.running(key);
      if (turn !== undefined) turn.failed = true;
      facts['error'] = this.#errors.get(rows.task(row)) ?? '';
    }
    this.#found.push(derived(row, meaning, `${queue.name} ${key}`, { facts }));
  }

  #amendLast(facts: Happening['facts']): void {
    const last = this.#found.pop();
    if (last === undefined) return;
    this.#found.push({ ...last, facts: { ...last.facts, ...facts } });
  }

  /** The model of a queue; its name comes from the queue itself. */
  #queue(self: ValueRef, row: Row): QueueModel {
    const root = this.#ground.values.object(self) ?? -1;
    const known = this.#queues.get(root);
    if (known !== undefined) return known;
    const name = this.#ground.values.text(
      this.#ground.values.get(self, 'name', row),
    );
    const queue = new QueueModel(name ?? 'queue');
    this.#queues.set(root, queue);
    return queue;
  }

  /** A key, whether plain or the first text of what `get` returned. */
  #key(ref: ValueRef | undefined, row: Row): string | undefined {
    if (ref === undefined) return undefined;
    const value = this.#ground.values.plain(ref, row, 2);
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.values(value).find((one) => typeof one === 'string');
  }

  /** What an add is about: the object that its callers were told of. */
  #origin(frame: number, row: Row): Facts {
    for (const caller of this.#ground.frames.chain(frame)) {
      if (this.#ground.frames.site(caller).symbol.startsWith('DelayingType.')) {
        return { due: 1 };
      }
      for (const ref of [...this.#ground.frames.arguments(caller)].reverse()) {
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
    const lane = this.#ground.lanes.of(turn.from);
    const echo = turn.adds.every((add) => this.#writerOf(add) === lane);
    return echo && turn.adds.length > 0 ? 'echo' : 'idle';
  }

  /** The lane whose write an add goes back to; -2 when it is unknown. */
  #writerOf(add: Row): number {
    const task = this.#ground.rows.task(add);
    const delivery = lastTo(this.#deliveries.get(task), add);
    const cause = this.#ground.events.at(delivery ?? -1)?.cause ?? -1;
    return cause < 0 ? -2 : this.#ground.lanes.of(cause);
  }
}
