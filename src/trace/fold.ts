/**
 * The story: which of all steps are told, and which fold into them.
 *
 * `folding/rules.ts` judges each candidate in turn. What folds is never lost:
 * its row leads to the step that swallowed it, and an event, a log line, a
 * state or a changed value becomes a second line there.
 */
import type { Addresses } from './address.ts';
import { itemsOf } from './folding/items.ts';
import type { Item } from './folding/items.ts';
import { reportWithinMs, Rules } from './folding/rules.ts';
import { Stage } from './folding/stage.ts';
import { writeKinds } from './index/events.ts';
import { firstAfter, lastTo, RowLists } from './index/lists.ts';
import type { World } from './index/world.ts';
import type { Row } from './model.ts';
import type { Speaker } from './sentence/speaker.ts';
import { eachOf } from './slices.ts';
import type { Work } from './slices.ts';

/** Told with the step they fold into, as its second line. */
const attachable = new Set(['event', 'log', 'state', 'change']);

/** Steps that tell of an error themselves. */
const errorKinds = new Set([
  'store.conflict',
  'queue.addRateLimited',
  'queue.done',
]);

export class Story {
  /** The steps of the story, in order. */
  readonly rows: readonly Row[];
  readonly #into: ReadonlyMap<Row, Row>;
  readonly #byTask: RowLists;
  readonly #attached: RowLists;
  readonly #world: World;

  constructor(
    world: World,
    rows: readonly Row[],
    into: ReadonlyMap<Row, Row>,
    attached: RowLists,
  ) {
    this.#world = world;
    this.rows = rows;
    this.#into = into;
    this.#attached = attached;
    this.#byTask = new RowLists();
    for (const row of rows) this.#byTask.add(world.rows.task(row), row);
  }

  /** The step that tells of a row; undefined in a story without steps. */
  stepOf(row: Row): Row | undefined {
    const known = this.#into.get(row);
    if (known !== undefined) return known;
    const own = this.#byTask.get(this.#world.rows.task(row));
    const near = lastTo(own, row) ?? firstAfter(own, row);
    return near ?? lastTo(this.rows, row) ?? this.rows[0];
  }

  /** Rows that folded into a step and are told with it. */
  attached(row: Row): readonly Row[] {
    return this.#attached.get(row);
  }
}

const inOrder = (rows: Iterable<Row>): Row[] => [...rows].sort((a, b) => a - b);

/** Folds a whole run into its story. */
export function* fold(
  world: World,
  speaker: Speaker,
  addresses: Addresses,
): Work<Story> {
  const items = yield* itemsOf(world, speaker, addresses);
  return yield* new Folder(world, speaker, items).story();
}

/** Items that are judged without a rest; each may cost a sentence. */
const judgedAtOnce = 256;

class Folder {
  readonly #world: World;
  readonly #items: readonly Item[];
  readonly #stage: Stage;
  readonly #rules: Rules;
  readonly #shown = new Set<Row>();
  readonly #targets = new Map<Row, Row>();
  readonly #shownOf = new RowLists();

  constructor(world: World, speaker: Speaker, items: readonly Item[]) {
    this.#world = world;
    this.#items = items;
    this.#stage = new Stage(world, speaker);
    this.#rules = new Rules(this.#stage);
  }

  *story(): Work<Story> {
    yield* this.#stage.read(this.#items);
    const judge = (item: Item): void => {
      this.#judge(item);
    };
    yield* eachOf(this.#items, judge, judgedAtOnce);
    yield* eachOf(inOrder(this.#shown), (row) => {
      this.#shownOf.add(this.#world.rows.task(row), row);
    });
    yield* this.#changes();
    const rows = inOrder(this.#shown);
    const into = new Map<Row, Row>();
    const attached = new RowLists();
    yield* eachOf(this.#items, (item) => {
      const target = this.#resolve(item);
      if (target === undefined) return;
      into.set(item.row, target);
      if (target !== item.row && this.#tells(item, target)) {
        attached.add(target, item.row);
      }
    });
    return new Story(this.#world, rows, into, attached);
  }

  #judge(item: Item): void {
    const pinned = this.#pinned(item.address);
    if (pinned === 'keep') {
      this.#show(item);
      return;
    }
    if (pinned === undefined) {
      // Changed values wait until it is known what they can be told with.
      if (item.kind === 'change' && !this.#stage.speaks(item)) return;
      const verdict = this.#rules.judge(item);
      if (verdict === 'show') {
        this.#show(item);
        return;
      }
      if (verdict !== 'around') this.#targets.set(item.row, verdict.into);
    }
  }

  #show(item: Item): void {
    this.#shown.add(item.row);
    this.#stage.show(item);
  }

  /** What the scenario itself says of an address; the longest prefix wins. */
  #pinned(address: string): 'keep' | 'fold' | undefined {
    const { keep, fold } = this.#world.trace;
    const longest = (prefixes: readonly string[]): number =>
      Math.max(
        -1,
        ...prefixes
          .filter((prefix) => address.startsWith(prefix))
          .map(({ length }) => length),
      );
    const [kept, folded] = [longest(keep), longest(fold)];
    if (kept < 0 && folded < 0) return undefined;
    return kept >= folded ? 'keep' : 'fold';
  }

  /** A changed value is told with a step of the same moment, if any. */
  #changes(): Work {
    return eachOf(this.#items, (item) => {
      if (item.kind !== 'change' || this.#shown.has(item.row)) return;
      if (this.#pinned(item.address) === 'fold') return;
      const target = this.#moment(item);
      if (target === undefined) this.#show(item);
      else this.#targets.set(item.row, target);
    });
  }

  /** The step of the same task and time nearest to an item. */
  #moment(item: Item): Row | undefined {
    const own = this.#shownOf.get(item.task);
    const near = [lastTo(own, item.row), firstAfter(own, item.row)];
    return near.find(
      (row) => row !== undefined && this.#world.rows.time(row) === item.time,
    );
  }

  /** Where an item ends up; itself when it is a step. */
  #resolve(item: Item): Row | undefined {
    let at: Row = item.row;
    for (let hops = 0; hops < 8 && !this.#shown.has(at); hops++) {
      const next = this.#targets.get(at);
      if (next === undefined) break;
      at = next;
    }
    if (this.#shown.has(at)) return at;
    const own = this.#shownOf.get(this.#world.rows.task(at));
    const ahead = item.kind === 'queue.add' || item.kind === 'queue.get';
    const [after, before] = [firstAfter(own, at), lastTo(own, at)];
    return ahead ? (after ?? before) : (before ?? after);
  }

  /** Whether an item happened with a step, or shortly after its end. */
  #isNear(item: Item, target: Row): boolean {
    const { rows, frames, events } = this.#world;
    const call = events.at(target) === undefined;
    const end = call ? frames.end(rows.frame(target)) : -1;
    const until = rows.time(end < 0 ? target : Math.max(target, end));
    return item.time - until <= reportWithinMs;
  }

  /** Whether an item that folded is told as a second line. */
  #tells(item: Item, target: Row): boolean {
    if (!attachable.has(item.kind) || !this.#isNear(item, target)) return false;
    const kind = this.#world.events.at(target)?.kind ?? '';
    if (item.kind === 'event') return writeKinds.has(kind) || kind === '';
    if (item.kind !== 'log' || kind === 'state') return true;
    const loud = ['warn', 'error'].includes(item.case);
    const told = errorKinds.has(kind);
    return loud && !told && this.#world.rows.time(target) === item.time;
  }
}
