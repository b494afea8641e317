/**
 * Waits: when each task stood still, for what, and which row let it go on.
 *
 * A task waits from its last row before another one's to the row at which it
 * is resumed. Answers of the API server are no waits: whoever asked is busy
 * with the request.
 */
import type { Row } from '../model.ts';
import { each } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Events } from './events.ts';
import type { Frames } from './frames.ts';
import { RowLists } from './lists.ts';
import { code } from './rows.ts';
import type { Rows } from './rows.ts';

export interface Wait {
  readonly task: number;
  readonly activity: 'blocked' | 'sleeping';
  /** The row that says what is waited for, or the `await` itself. */
  readonly from: Row;
  /** The row that goes on; -1 when it never does. */
  readonly to: Row;
  readonly subject: string;
  readonly why: string;
}

const blocking = new Set(['bytes.block', 'select.block']);

export class Waits {
  readonly all: Wait[] = [];
  readonly #rows: Rows;
  readonly #frames: Frames;
  readonly #events: Events;
  readonly #byRow = new Map<Row, Wait>();

  constructor(rows: Rows, frames: Frames, events: Events) {
    this.#rows = rows;
    this.#frames = frames;
    this.#events = events;
  }

  *read(): Work {
    const rows = this.#rows;
    const acts = new RowLists();
    yield* each(rows.count, (row) => {
      const kind = rows.kind(row);
      if (kind === code.heap || kind === code.line || kind === code.var) return;
      acts.add(rows.task(row), row);
    });
    for (const task of acts.keys()) {
      if (task >= 0) yield* this.#ofTask(task, acts.get(task));
    }
    for (const wait of this.all) this.#byRow.set(wait.from, wait);
  }

  /** The wait that begins at a row. */
  at(row: Row): Wait | undefined {
    return this.#byRow.get(row);
  }

  #ofTask(task: number, acts: readonly Row[]): Work {
    let cause: Row = -1;
    let asked = false;
    return each(acts.length, (index) => {
      const row = acts[index] ?? -1;
      const happening = this.#events.at(row);
      if (happening !== undefined) {
        const { kind } = happening;
        if (kind === 'clock.sleep' || isBlock(happening)) cause = row;
        asked = kind.startsWith('store.');
      }
      if (this.#rows.kind(row) !== code.await) return;
      const next = this.#resumed(acts, index);
      if (next === undefined) return;
      const wait = this.#wait(task, cause, row, next, asked);
      if (wait !== undefined) this.all.push(wait);
      cause = -1;
    });
  }

  /** The row at which a task goes on; undefined when it did not stop. */
  #resumed(acts: readonly Row[], index: number): Row | undefined {
    for (let at = index + 1; at < acts.length; at++) {
      const row = acts[at] ?? -1;
      const kind = this.#rows.kind(row);
      if (kind === code.resume) return row;
      // An event on a waiting task's behalf comes before it goes on.
      if (kind !== code.event) return undefined;
    }
    return -1;
  }

  #wait(
    task: number,
    cause: Row,
    at: Row,
    to: Row,
    asked: boolean,
  ): Wait | undefined {
    const from = cause >= 0 ? cause : at;
    const happening = this.#events.at(cause);
    const length =
      to < 0 ? Infinity : this.#rows.time(to) - this.#rows.time(at);
    if (happening === undefined) {
      const queue = this.#queueGet(at);
      if (!queue && (length === 0 || asked || this.#answered(at, to, task))) {
        return undefined;
      }
      const why = queue ? 'for a key' : '';
      const subject = queue ? 'queue' : '';
      return { task, activity: 'blocked', from, to, subject, why };
    }
    const sleeping = happening.kind === 'clock.sleep';
    return {
      task,
      activity: sleeping ? 'sleeping' : 'blocked',
      from,
      to,
      subject: happening.subject,
      why: sleeping ? '' : `for ${happening.subject}`,
    };
  }

  /** Whether an answer of the API server ended the wait. */
  #answered(from: Row, to: Row, task: number): boolean {
    if (to < 0) return false;
    for (let row = to - 1; row > from && row > to - 40; row--) {
      if (this.#rows.task(row) !== task) continue;
      const kind = this.#events.at(row)?.kind ?? '';
      if (kind.startsWith('store.')) return true;
    }
    return false;
  }

  #queueGet(row: Row): boolean {
    return this.#frames
      .chain(this.#rows.frame(row))
      .some((frame) => this.#frames.site(frame).symbol === 'Type.get');
  }
}

function isBlock(happening: { kind: string; case: string }): boolean {
  const { kind } = happening;
  return (
    blocking.has(kind) || (kind === 'chan.recv' && happening.case === 'block')
  );
}
