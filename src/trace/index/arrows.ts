/**
 * Arrows: what goes from one lane to another.
 *
 * A cause and its effect (a send and its receive, a write and its delivery),
 * calls and returns between lanes, a task and who started it, and what was
 * refused. Arrows are found once, row to row; each level maps them to its
 * own steps.
 */
import { smallInteger } from '../format.ts';
import type { Arrow, ArrowStyle, Row } from '../model.ts';
import { each, eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import { writeKinds } from './events.ts';
import type { Events, Happening } from './events.ts';
import type { Frames } from './frames.ts';
import type { Lanes } from './lanes.ts';
import { code } from './rows.ts';
import type { Rows } from './rows.ts';

/** Which row of a level's steps a row shows at; undefined for none. */
export type ToStep = (row: Row) => Row | undefined;

/** How many arrows share one entry of the search table. */
const block = 32;

export class ArrowIndex {
  readonly #arrows: readonly Arrow[];
  /** The last row that any arrow of a block reaches. */
  readonly #reach: readonly Row[];

  constructor(all: readonly Arrow[], toStep: ToStep) {
    const arrows = all.flatMap((arrow) => shownAt(arrow, toStep));
    arrows.sort((a, b) => a.from.row - b.from.row || a.to.row - b.to.row);
    const reach: Row[] = [];
    for (const [index, { to }] of arrows.entries()) {
      const at = Math.floor(index / block);
      reach[at] = Math.max(reach[at] ?? -1, to.row);
    }
    this.#arrows = arrows;
    this.#reach = reach;
  }

  /** Arrows that are under way anywhere between two rows. */
  between(from: Row, to: Row): Arrow[] {
    const found: Arrow[] = [];
    for (const [at, reach] of this.#reach.entries()) {
      if (reach < from) continue;
      const start = at * block;
      for (const arrow of this.#arrows.slice(start, start + block)) {
        if (arrow.from.row > to) return found;
        if (arrow.to.row >= from) found.push(arrow);
      }
    }
    return found;
  }
}

function shownAt(arrow: Arrow, toStep: ToStep): Arrow[] {
  const from = toStep(arrow.from.row);
  const to = toStep(arrow.to.row);
  if (from === undefined || to === undefined || from > to) return [];
  return [
    {
      ...arrow,
      from: { lane: arrow.from.lane, row: from },
      to: { lane: arrow.to.lane, row: to },
    },
  ];
}

/** All arrows of a run, from row to row. */
export function* findArrows(
  rows: Rows,
  frames: Frames,
  events: Events,
  lanes: Lanes,
): Work<Arrow[]> {
  const finder = new Finder(rows, frames, events, lanes);
  yield* eachOf(events.steps, (row) => {
    finder.happening(row);
  });
  yield* each(frames.count, (frame) => {
    finder.call(frame);
  });
  return finder.found;
}

class Finder {
  readonly found: Arrow[] = [];
  readonly #rows: Rows;
  readonly #frames: Frames;
  readonly #events: Events;
  readonly #lanes: Lanes;
  readonly #api: number;
  readonly #tasks: ReadonlyMap<string, number>;
  /** Who takes what a channel holds: the lane that does so first. */
  readonly #receivers = new Map<string, number>();
  /** Who wrote an object last, by its subject. */
  readonly #writers = new Map<string, number>();

  constructor(rows: Rows, frames: Frames, events: Events, lanes: Lanes) {
    this.#rows = rows;
    this.#frames = frames;
    this.#events = events;
    this.#lanes = lanes;
    this.#api = lanes.named('api', 'apiserver');
    const { tasks } = rows.trace;
    this.#tasks = new Map(tasks.map((name, task) => [name, task] as const));
    for (const row of events.of('chan.recv')) {
      const subject = events.at(row)?.subject ?? '';
      if (!this.#receivers.has(subject)) {
        this.#receivers.set(subject, lanes.of(row));
      }
    }
  }

  #put(
    style: ArrowStyle,
    from: readonly [lane: number, row: Row],
    to: readonly [lane: number, row: Row],
    label: string,
  ): void {
    if (from[0] < 0 || to[0] < 0 || from[0] === to[0]) return;
    this.found.push({
      style,
      from: { lane: from[0], row: from[1] },
      to: { lane: to[0], row: to[1] },
      label,
    });
  }

  happening(row: Row): void {
    const happening = this.#events.at(row);
    if (happening === undefined) return;
    const lane = this.#lanes.of(row);
    const { kind } = happening;
    if (kind === 'store.conflict') {
      const { subject } = happening;
      const to = this.#api >= 0 ? this.#api : this.#winner(subject, lane);
      this.#put('refused', [lane, row], [to, row], 'conflict');
    } else if (kind.startsWith('store.') && this.#api >= 0) {
      this.#put('write', [lane, row], [this.#api, row], happening.subject);
    } else if (kind === 'chan.send' && happening.case === 'full') {
      const to = this.#receivers.get(happening.subject) ?? -1;
      this.#put('refused', [lane, row], [to, row], 'dropped');
    } else if (kind === 'task.start') {
      this.#started(row, lane, happening);
    }
    if (happening.cause >= 0) this.#caused(happening, lane);
    if (isWrite(happening)) this.#writers.set(happening.subject, lane);
  }

  #caused(happening: Happening, lane: number): void {
    const { row, cause, subject } = happening;
    const origin = this.#events.at(cause)?.kind ?? '';
    const from =
      origin.startsWith('store.') && this.#api >= 0
        ? this.#api
        : this.#lanes.of(cause);
    const label = deliveryLabel(happening) ?? subject;
    this.#put('delivery', [from, cause], [lane, row], label);
  }

  #started(row: Row, lane: number, { subject }: Happening): void {
    const to = this.#lanes.ofTask(this.#tasks.get(subject) ?? -1);
    this.#put('call', [lane, row], [to, row], `start ${subject}`);
  }

  /** Who wrote the version that a refused writer did not know. */
  #winner(subject: string, lane: number): number {
    const winner = this.#writers.get(subject) ?? -1;
    return winner === lane ? this.#lanes.named('informers') : winner;
  }

  /** A call into another lane, and the way back. */
  call(frame: number): void {
    const lane = this.#lanes.bySymbol(frame);
    const begin = this.#frames.begin(frame);
    if (begin < 0) return;
    const parent = this.#frames.parent(frame);
    const outer = this.#lanes.ofFrame(parent, this.#rows.task(begin));
    const own = lane >= 0 ? lane : outer;
    if (own === outer) return;
    const { symbol } = this.#frames.site(frame);
    const name = symbol.slice(symbol.lastIndexOf('.') + 1);
    this.#put('call', [outer, begin], [own, begin], name);
    const end = this.#frames.end(frame);
    if (end < 0) return;
    const failed = this.#rows.kind(end) === code.throw;
    this.#put(failed ? 'refused' : 'return', [own, end], [outer, end], name);
  }
}

/** What is taken, where the subject says only from where. */
function deliveryLabel(happening: Happening): string | undefined {
  const { kind, facts, fields } = happening;
  if (kind === 'queue.get') return `take ${facts['key']}`;
  const read = fields.get('n');
  if (kind !== 'bytes.read' || read === undefined || read >= 0)
    return undefined;
  const count = smallInteger(read);
  return count === 1 ? '1 byte' : `${count} bytes`;
}

function isWrite({ kind, case: variant }: Happening): boolean {
  return writeKinds.has(kind) && variant !== 'refused';
}
