/**
 * What the rules of folding know besides the item they judge: its neighbours,
 * the run it belongs to, and what the story has told so far.
 */
import { countTo, RowLists } from '../index/lists.ts';
import type { Turn } from '../index/queues.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import type { Speaker } from '../sentence/speaker.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Item } from './items.ts';

/** A row to fold into; `around` for the nearest step of the same task. */
export type Verdict = 'show' | 'around' | { readonly into: Row };

/** What a voice said; the words of an item are made when they are asked for. */
interface Said {
  readonly unheard: Item[];
  readonly words: Set<string>;
  last: string | undefined;
}

const backstage = /^(?:task|clock|watch|log)\b|\.block$|^store\.(?:get|list)$/u;

export class Stage {
  readonly world: World;
  /** The row at which the play begins; tasks started before are set-up. */
  curtain: Row = 0;
  readonly #speaker: Speaker;
  readonly #next = new Map<Row, Item>();
  readonly #previous = new Map<Row, Item>();
  readonly #turns = new Map<number, Turn[]>();
  readonly #turnStarts = new RowLists();
  /** Which row takes what another put somewhere: get after add, and so on. */
  readonly #takers = new Map<Row, Row>();
  /** Starts of tasks by their ends, and the other way round. */
  readonly #lives = new Map<Row, Item>();
  readonly #shown = new Set<Row>();
  readonly #voices = new Map<string, Said>();

  constructor(world: World, speaker: Speaker) {
    this.world = world;
    this.#speaker = speaker;
  }

  /** Learns who stands where, before anything is judged. */
  *read(items: readonly Item[]): Work {
    const { world } = this;
    const last = new Map<number, Item>();
    const alive = new Map<string, Item>();
    yield* eachOf(items, (item) => {
      this.#live(item, alive);
      const before = last.get(item.task);
      if (before !== undefined) {
        this.#next.set(before.row, item);
        this.#previous.set(item.row, before);
      }
      last.set(item.task, item);
      const takes = item.kind === 'queue.get' || item.kind === 'chan.recv';
      const cause = item.happening?.cause ?? -1;
      if (takes && cause >= 0) this.#takers.set(cause, item.row);
    });
    for (const turn of world.queues.flatMap(({ turns }) => turns)) {
      const list = this.#turns.get(turn.task) ?? [];
      list.push(turn);
      this.#turns.set(turn.task, list);
      this.#turnStarts.add(turn.task, turn.from);
    }
    const first = items.find(
      ({ kind, case: variant, time, happening }) =>
        time > 0 ||
        (happening !== undefined &&
          !backstage.test(variant === 'block' ? `${kind}.block` : kind)),
    );
    this.curtain = first?.row ?? 0;
  }

  /** Pairs the start of a task with its end. */
  #live(item: Item, alive: Map<string, Item>): void {
    const task = item.happening?.subject ?? '';
    const start = alive.get(task);
    if (item.kind === 'task.start') alive.set(task, item);
    else if (item.kind.startsWith('task.') && start !== undefined) {
      this.#lives.set(item.row, start);
      this.#lives.set(start.row, item);
      alive.delete(task);
    }
  }

  /** The end of a task by its start, or its start by its end. */
  otherEnd(item: Item): Item | undefined {
    return this.#lives.get(item.row);
  }

  /** Remembers that an item is a step; later judgements depend on it. */
  show(item: Item): void {
    this.#shown.add(item.row);
    const voice = this.#voice(item);
    const said = this.#voices.get(voice) ?? {
      unheard: [],
      words: new Set(),
      last: undefined,
    };
    said.unheard.push(item);
    this.#voices.set(voice, said);
  }

  isShown(row: Row): boolean {
    return this.#shown.has(row);
  }

  /** The item of the same task before, or after, this one. */
  before(item: Item): Item | undefined {
    return this.#previous.get(item.row);
  }

  after(item: Item): Item | undefined {
    return this.#next.get(item.row);
  }

  /** The row that takes what a row put into a queue or channel. */
  taker(row: Row): Row | undefined {
    return this.#takers.get(row);
  }

  /** The last item of the same task that is a step. */
  lastShown(item: Item): Item | undefined {
    let at = this.before(item);
    while (at !== undefined && !this.isShown(at.row)) at = this.before(at);
    return at;
  }

  /** The run of a queue's key that an item belongs to. */
  turn(item: Item): Turn | undefined {
    const turns = this.#turns.get(item.task) ?? [];
    const turn = turns[countTo(this.#turnStarts.get(item.task), item.row) - 1];
    const over = turn !== undefined && turn.to >= 0 && turn.to < item.row;
    return over ? undefined : turn;
  }

  /** Whether a function around an event has its own sentence for it. */
  speaks({ happening }: Item): boolean {
    return happening !== undefined && this.#speaker.speaksFor(happening);
  }

  /** Whether an item would say what its voice said last. */
  repeats(item: Item): boolean {
    return this.#said(item)?.last === this.#words(item);
  }

  /** Whether an item would say what its voice said at any time. */
  wasSaid(item: Item): boolean {
    return this.#said(item)?.words.has(this.#words(item)) ?? false;
  }

  /** What an item's voice said so far. */
  #said(item: Item): Said | undefined {
    const said = this.#voices.get(this.#voice(item));
    if (said === undefined) return undefined;
    for (const one of said.unheard.splice(0)) {
      said.last = this.#words(one);
      said.words.add(said.last);
    }
    return said;
  }

  /** Who speaks: the function, or the task about one subject. */
  #voice(item: Item): string {
    if (item.happening === undefined) {
      const site = this.world.frames.siteIndex(item.frame);
      return `${item.kind} ${site}`;
    }
    const base = item.address.replace(/ #\d+$/u, '').replace(/@\d+/u, '@');
    const lasting = item.kind.startsWith('task.');
    return lasting ? base : `${base} ${item.task}`;
  }

  #words(item: Item): string {
    if (item.happening === undefined && item.own !== '') return item.own;
    return this.#speaker.say(item.row, '').text;
  }
}
