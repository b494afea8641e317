/**
 * The rules by which steps fold, in the order in which they apply.
 *
 * Each looks at one item and says: show it, fold it into a certain row, or
 * fold it into whatever its task shows around it. A rule that has nothing to
 * say leaves the item to the next.
 */
import type { QueueModel, Turn } from '../index/queues.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import type { Speaker } from '../sentence/speaker.ts';
import type { Item } from './items.ts';

/** A row to fold into; `around` for the nearest step of the same task. */
export type Verdict = 'show' | 'around' | { readonly into: Row };

export const writeKinds = new Set([
  'store.create',
  'store.update',
  'store.updateStatus',
  'store.patch',
  'store.delete',
]);

const backstage = /^(?:task|clock|watch|log)\b|\.block$|^store\.(?:get|list)$/u;

export class Rules {
  readonly #world: World;
  readonly #speaker: Speaker;
  readonly #items: readonly Item[];
  readonly #next = new Map<Row, Item>();
  readonly #turns = new Map<number, Turn[]>();
  readonly #gets = new Map<Row, Row>();
  readonly #receipts = new Map<Row, Row>();
  /** The row at which the play begins; what is before it is set-up. */
  readonly #curtain: Row;
  readonly #shown = new Set<Row>();
  readonly #started = new Set<string>();
  readonly #said = new Map<string, string>();
  readonly #everSaid = new Set<string>();
  #logged = false;

  constructor(
    world: World,
    speaker: Speaker,
    items: readonly Item[],
    queues: readonly QueueModel[],
  ) {
    this.#world = world;
    this.#speaker = speaker;
    this.#items = items;
    const last = new Map<number, Item>();
    for (const item of items) {
      const before = last.get(item.task);
      if (before !== undefined) this.#next.set(before.row, item);
      last.set(item.task, item);
      const cause = item.happening?.cause ?? -1;
      if (item.kind === 'queue.get') this.#gets.set(cause, item.row);
      if (item.kind === 'chan.recv') this.#receipts.set(cause, item.row);
    }
    for (const turn of queues.flatMap((queue) => queue.turns)) {
      const list = this.#turns.get(turn.task) ?? [];
      list.push(turn);
      this.#turns.set(turn.task, list);
    }
    const first = items.find(
      ({ kind, case: variant }) =>
        !backstage.test(variant === 'block' ? `${kind}.block` : kind),
    );
    this.#curtain = first?.row ?? 0;
  }

  /** Remembers that an item is a step; later rules depend on it. */
  show(item: Item): void {
    this.#shown.add(item.row);
    if (item.kind === 'task.start') {
      this.#started.add(item.happening?.subject ?? '');
    }
    this.#said.set(this.#voice(item), this.#words(item));
    this.#everSaid.add(`${this.#voice(item)} ${this.#words(item)}`);
  }

  judge(item: Item): Verdict {
    const [family = ''] = item.kind.split('.');
    switch (family) {
      case 'store':
        return this.#store(item);
      case 'watch':
        return this.#delivery(item);
      case 'queue':
        return this.#queue(item);
      case 'chan':
      case 'select':
        return this.#channel(item);
      case 'bytes':
        return this.#bytes(item);
      case 'clock':
        return this.#clock(item);
      case 'task':
        return this.#task(item);
      case 'event':
        return this.#reported(item) ? 'around' : 'show';
      case 'log':
        return this.#log(item);
      case 'state':
        return this.#state(item);
      case 'change':
        return 'show';
      default:
        return this.#decision(item);
    }
  }

  /** Reads never show, except a user's own. */
  #store(item: Item): Verdict {
    if (item.kind !== 'store.get' && item.kind !== 'store.list') return 'show';
    const lane = this.#world.lanes.views[item.lane];
    return lane?.id === 'user' && !this.#repeats(item) ? 'show' : 'around';
  }

  /** A delivery folds into the add it causes; silence is worth a word. */
  #delivery(item: Item): Verdict {
    for (
      let next = this.#next.get(item.row);
      next !== undefined && next.time === item.time;
      next = this.#next.get(next.row)
    ) {
      if (next.kind === 'watch.deliver') break;
      if (next.kind === 'queue.add') return { into: next.row };
    }
    const known = (item.happening?.cause ?? -1) >= 0;
    const { queues } = this.#world;
    return known && queues.length > 0 && item.row > this.#curtain
      ? 'show'
      : 'around';
  }

  #queue(item: Item): Verdict {
    const key = String(item.happening?.facts['key'] ?? '');
    const run = Number(item.happening?.facts['run'] ?? 1);
    switch (item.kind) {
      case 'queue.add':
        return this.#add(item, key);
      case 'queue.get':
        return run === 1 ? 'show' : 'around';
      case 'queue.done':
        return run === 1 || item.case === 'idle' ? 'show' : 'around';
      default:
        return 'show';
    }
  }

  /** An add that is taken at once, or that changes nothing, is no step. */
  #add(item: Item, key: string): Verdict {
    if (item.case === 'dirty' || item.case === 'known') {
      const turn = this.#world.queues
        .flatMap(({ turns }) => turns)
        .find(
          (one) => one.key === key && one.from < item.row && item.row < one.to,
        );
      return turn === undefined ? 'around' : { into: turn.to };
    }
    const get = this.#gets.get(item.row);
    if (get === undefined) return 'show';
    return this.#world.rows.time(get) === item.time ? { into: get } : 'show';
  }

  #channel(item: Item): Verdict {
    if (this.#world.folded(item.row)) return 'around';
    if (item.case === 'block' || item.kind === 'select.block') {
      return this.#wait(item);
    }
    if (item.happening && this.#speaker.speaksFor(item.happening)) {
      return 'show';
    }
    if (this.#toItself(item)) return 'around';
    if (item.kind === 'chan.close') return this.#enclosing(item) ?? 'show';
    const next = this.#next.get(item.row);
    const paired = next?.frame === item.frame && next.kind === 'chan.recv';
    if (item.kind === 'select.one' && paired) {
      const speaks = next.happening && this.#speaker.speaksFor(next.happening);
      return speaks === true ? { into: next.row } : 'show';
    }
    if (item.kind === 'chan.recv') return this.#received(item);
    const before = this.#before(item);
    const connects =
      item.kind === 'chan.send' && before?.kind === 'bytes.connect';
    return connects ? { into: before.row } : 'show';
  }

  /** Whether one task sends and receives at the same moment. */
  #toItself(item: Item): boolean {
    const sent = item.kind === 'chan.send' ? item.row : item.happening?.cause;
    const received = this.#receipts.get(sent ?? -1);
    const { rows } = this.#world;
    if (item.kind === 'chan.recv' && this.#shown.has(sent ?? -1)) return false;
    return (
      sent !== undefined &&
      received !== undefined &&
      rows.task(sent) === rows.task(received) &&
      rows.time(sent) === rows.time(received)
    );
  }

  /** The step just before, if it is a call that tells of all within it. */
  #enclosing(item: Item): Verdict | undefined {
    const { rows, frames } = this.#world;
    for (let at = this.#before(item); at !== undefined; at = this.#before(at)) {
      if (!this.#shown.has(at.row)) continue;
      const sent =
        at.kind === 'chan.send' &&
        at.happening?.subject === item.happening?.subject;
      if (sent) return { into: at.row };
      const tells =
        at.kind === 'call' &&
        rows.time(at.row) === item.time &&
        frames.within(item.frame, at.frame);
      return tells ? { into: at.row } : undefined;
    }
    return undefined;
  }

  /** A receiver that was waiting is told of by the send. */
  #received(item: Item): Verdict {
    const { happening } = item;
    const before = this.#before(item);
    if (
      before?.frame === item.frame &&
      /^select\.(?:one|many)$/u.test(before.kind)
    ) {
      if (this.#shown.has(before.row)) return { into: before.row };
    }
    const cause = happening?.cause ?? -1;
    const waited = happening?.fields.has('waited') === true;
    const told = cause >= 0 && this.#shown.has(cause);
    return waited && told && this.#world.rows.time(cause) === item.time
      ? { into: cause }
      : 'show';
  }

  /** A wait shows when it lasts, and is somebody's who is not played. */
  #wait(item: Item): Verdict {
    const wait = this.#world.waits.at(item.row);
    if (wait === undefined || wait.to < 0) return 'around';
    const length = this.#world.rows.time(wait.to) - item.time;
    if (length === 0 || this.#world.lanes.outside(item.lane)) return 'around';
    const { happening } = item;
    if (happening && this.#speaker.speaksFor(happening)) return 'show';
    const told = this.#enclosing(item);
    return told ?? (this.#repeats(item) ? 'around' : 'show');
  }

  #bytes(item: Item): Verdict {
    if (item.kind === 'bytes.block') return this.#wait(item);
    if (item.kind !== 'bytes.read') return 'show';
    const { lanes } = this.#world;
    const lane = lanes.views[item.lane];
    if (lanes.outside(item.lane) && lane?.id !== 'user') {
      const cause = item.happening?.cause ?? -1;
      return cause >= 0 ? { into: cause } : 'around';
    }
    const before = this.#before(item);
    const same =
      before?.kind === 'bytes.read' &&
      before.frame === item.frame &&
      before.time === item.time;
    if (same) return { into: before.row };
    return item.case === 'empty' && this.#repeats(item) ? 'around' : 'show';
  }

  /** A sleep shows when it says why. */
  #clock(item: Item): Verdict {
    const why = item.happening?.fields.get('why');
    const text = why === undefined ? '' : this.#world.values.text(why);
    const shows = item.kind === 'clock.sleep' && text !== '';
    return shows && !this.#world.folded(item.row) ? this.#wait(item) : 'around';
  }

  /** Tasks of the set-up, and of those who are played, are backstage. */
  #task(item: Item): Verdict {
    if (item.kind === 'task.die') return 'show';
    if (item.kind === 'task.end') {
      return this.#started.has(item.happening?.subject ?? '')
        ? 'show'
        : 'around';
    }
    const { file } = this.#world.frames.site(item.frame);
    const path = this.#world.trace.files[file]?.path ?? '';
    const staged = file < 0 || path.startsWith('runnable/scenarios/');
    const setUp = item.row < this.#curtain || item.time < 0;
    return staged || setUp ? 'around' : 'show';
  }

  /** Whether an event can be told with a step of the same run. */
  #reported(item: Item): boolean {
    const turn = this.turnOf(item);
    for (let at = this.#before(item); at !== undefined; at = this.#before(at)) {
      if (turn !== undefined && at.row < turn.from) return false;
      if (turn === undefined && item.time - at.time > 10) return false;
      if (this.#shown.has(at.row)) return at.kind !== 'queue.get';
    }
    return false;
  }

  #log(item: Item): Verdict {
    if (this.#logged || item.row < this.#curtain) return 'around';
    this.#logged = true;
    return 'show';
  }

  /** States that follow one another in one frame are one way. */
  #state(item: Item): Verdict {
    const start = this.#world.machines.chainStart(item.row);
    return start === item.row ? 'show' : { into: start };
  }

  /** A function's own words; not twice in a row, nor again in a later run. */
  #decision(item: Item): Verdict {
    if (item.kind === 'throw') return 'show';
    const turn = this.turnOf(item);
    if (turn !== undefined && turn.run > 1) {
      const words = `${this.#voice(item)} ${this.#words(item)}`;
      if (this.#everSaid.has(words)) return 'around';
    }
    return this.#repeats(item) ? 'around' : 'show';
  }

  #repeats(item: Item): boolean {
    return this.#said.get(this.#voice(item)) === this.#words(item);
  }

  /** Who speaks: the function, or the task about one subject. */
  #voice(item: Item): string {
    const base = item.address.replace(/ #\d+$/u, '');
    if (item.happening === undefined) {
      return `${item.kind} ${String(this.#world.frames.siteIndex(item.frame))}`;
    }
    const offset = base.replace(/@\d+/u, '@');
    return `${offset} ${String(item.task)}`;
  }

  #words(item: Item): string {
    if (item.happening === undefined && item.own !== '') return item.own;
    return this.#speaker.say(item.row, '').text;
  }

  /** The item of the same task before this one. */
  #before(item: Item): Item | undefined {
    return this.#previous.get(item.row);
  }

  get #previous(): ReadonlyMap<Row, Item> {
    if (this.#previousItems === undefined) {
      const found = new Map<Row, Item>();
      for (const one of this.#items) {
        const next = this.#next.get(one.row);
        if (next !== undefined) found.set(next.row, one);
      }
      this.#previousItems = found;
    }
    return this.#previousItems;
  }

  #previousItems: ReadonlyMap<Row, Item> | undefined;

  /** The run of a queue's key that an item belongs to. */
  turnOf(item: Item): Turn | undefined {
    const turns = this.#turns.get(item.task) ?? [];
    const turn = turns.findLast(({ from }) => from <= item.row);
    const over = turn !== undefined && turn.to >= 0 && turn.to < item.row;
    return over ? undefined : turn;
  }
}
