/**
 * Opens a trace: the one way from a recording to its model.
 *
 * Everything is read once, into sorted lists of rows; nothing is replayed
 * afterwards. What only some views ask for is built when it is first asked.
 */
import { Addresses } from './address.ts';
import { Changes } from './changes.ts';
import { fold } from './fold.ts';
import type { Story } from './fold.ts';
import type { Trace } from './format.ts';
import { ArrowIndex, findArrows } from './index/arrows.ts';
import { Intervals } from './index/intervals.ts';
import { countTo, RowLists } from './index/lists.ts';
import { showValue } from './index/show.ts';
import { Slots } from './index/slots.ts';
import { Visits } from './index/visits.ts';
import { Wires } from './index/wires.ts';
import { World } from './index/world.ts';
import { Levels } from './levels.ts';
import { levels } from './model.ts';
import type {
  Arrow,
  LaneView,
  Level,
  Row,
  Spoken,
  Step,
  TraceModel,
} from './model.ts';
import { nearestAddresses } from './nearest.ts';
import { eachOf, finish } from './slices.ts';
import type { Work } from './slices.ts';
import { Speaker } from './sentence/speaker.ts';
import type { Catalogue } from './sentence/speaker.ts';
import { labelOf } from './sentence/labels.ts';
import { Telling } from './telling.ts';

/** Opens a trace for reading. */
export function openTrace(trace: Trace, catalogue?: Catalogue): TraceModel {
  return finish(OpenTrace.open(trace, catalogue));
}

/**
 * Opens a long trace in slices, with all that a page may ask for: no later
 * question has to read the whole trace.
 */
export function* openSlowly(trace: Trace): Work<TraceModel> {
  const model = yield* OpenTrace.open(trace);
  yield* model.prepare();
  return model;
}

/** What a trace is opened to. */
interface Parts {
  readonly world: World;
  readonly speaker: Speaker;
  readonly visits: Visits;
  readonly addresses: Addresses;
  readonly story: Story;
}

class OpenTrace implements TraceModel {
  readonly trace: Trace;
  readonly lanes: readonly LaneView[];
  readonly rows: number;
  readonly #world: World;
  readonly #visits: Visits;
  readonly #addresses: Addresses;
  readonly #story: Story;
  readonly #levels: Levels;
  readonly #changes: Changes;
  readonly #telling: Telling;
  readonly #arrows = new Map<Level, ArrowIndex>();
  readonly #stepsOf = new Map<Level, RowLists>();
  #found: readonly Arrow[] | undefined;
  #intervals: Intervals | undefined;
  #slots: Slots | undefined;
  #wires: Wires | undefined;

  static *open(trace: Trace, catalogue?: Catalogue): Work<OpenTrace> {
    const world = yield* World.open(trace);
    const speaker = new Speaker(world, catalogue);
    const visits = new Visits(world.rows, world.frames);
    const addresses = new Addresses(world, speaker, visits);
    yield* addresses.read();
    const story = yield* fold(world, speaker, addresses);
    return new OpenTrace({ world, speaker, visits, addresses, story });
  }

  private constructor(parts: Parts) {
    const { world, speaker, visits, addresses, story } = parts;
    this.trace = world.trace;
    this.lanes = world.lanes.views;
    this.rows = world.rows.count;
    this.#world = world;
    this.#visits = visits;
    this.#addresses = addresses;
    this.#story = story;
    this.#levels = new Levels(world, story);
    this.#telling = new Telling(this.#levels, speaker);
    this.#changes = new Changes(world);
  }

  /** Builds what is otherwise built when it is first asked for. */
  *prepare(): Work {
    yield* this.#visits.read();
    for (const level of levels) {
      yield* this.#levels.read(level);
      yield* this.#findArrows(level);
      yield* this.#findLanes(level);
    }
    yield* this.#findIntervals();
    yield* this.#findSlots();
    this.wires(0);
  }

  count(level: Level): number {
    return this.#levels.rows(level).length;
  }

  at(level: Level, row: Row): number {
    return countTo(this.#levels.rows(level), row);
  }

  step(level: Level, n: number): Step {
    const row = this.#levels.rows(level)[n - 1];
    if (row === undefined) {
      throw new RangeError(
        `Cannot show step ${n}: level "${level}" has ${this.count(level)} steps`,
      );
    }
    const { rows, events, frames, lanes } = this.#world;
    const happening = events.at(row);
    const frame = rows.frame(row);
    const place = frames.stack(row).at(-1);
    const attached = level === 'story' ? this.#story.attached(row) : [];
    const [telling, changes] = [this.#telling, this.#changes];
    let changed: Step['changes'] | undefined;
    const address = this.#addresses.own(row) ?? '';
    const kind = happening?.kind ?? address.slice(0, address.indexOf(' '));
    const variant = happening?.case ?? '';
    return {
      row,
      n,
      address,
      time: rows.time(row),
      lane: lanes.of(row),
      kind,
      ...(variant === '' ? {} : { case: variant }),
      subject: address.slice(kind.length + 1),
      label: labelOf(kind, variant, address, frames.site(frame).symbol),
      // Of the many steps that are drawn, few are told.
      get sentence() {
        return telling.of(level, n).text;
      },
      get changes() {
        return (changed ??= changes.of(row, attached));
      },
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
    };
  }

  /** Where a step's sentence comes from; for the check of stories. */
  spoken(level: Level, n: number): Spoken {
    return this.#telling.of(level, n);
  }

  find(address: string, level: Level = 'story'): Row | undefined {
    const row = this.#addresses.row(address);
    if (row === undefined) return undefined;
    if (level === 'story') return this.#story.stepOf(row);
    const rows = this.#levels.rows(level);
    return rows[countTo(rows, row) - 1] ?? rows[0];
  }

  nearest(address: string, count: number): readonly string[] {
    return nearestAddresses(this.#addresses, address, count);
  }

  addressOf(row: Row): string {
    return this.#addresses.of(row);
  }

  arrows(level: Level, from: number, to: number): readonly Arrow[] {
    const rows = this.#levels.rows(level);
    const first = rows[Math.max(1, from) - 1];
    const last = rows[Math.min(rows.length, to) - 1];
    if (first === undefined || last === undefined) return [];
    if (!this.#arrows.has(level)) finish(this.#findArrows(level));
    return this.#arrows.get(level)?.between(first, last) ?? [];
  }

  *#findArrows(level: Level): Work {
    const { rows, frames, events, lanes } = this.#world;
    this.#found ??= yield* findArrows(rows, frames, events, lanes);
    const toStep = (row: Row) => this.#shownAt(level, row);
    this.#arrows.set(level, new ArrowIndex(this.#found, toStep));
  }

  /** The step at which a row's arrow begins or ends. */
  #shownAt(level: Level, row: Row): Row | undefined {
    const rows = this.#levels.rows(level);
    const last = rows[countTo(rows, row) - 1];
    if (last === row || level !== 'story')
      return last === row ? row : undefined;
    const call = this.#world.events.at(row) === undefined;
    return call ? undefined : this.#story.stepOf(row);
  }

  intervals(lane: number, from: Row, to: Row) {
    if (this.#intervals === undefined) finish(this.#findIntervals());
    return this.#intervals?.between(lane, from, to) ?? [];
  }

  *#findIntervals(): Work {
    const { rows, frames, lanes, waits } = this.#world;
    const intervals = new Intervals();
    yield* intervals.read(rows, frames, lanes, waits);
    this.#intervals = intervals;
  }

  things(row: Row) {
    return this.#world.things.views(row);
  }

  document(id: string, row: Row): unknown {
    return this.#world.things.document(id, row);
  }

  lastWriter(id: string, field: string, row: Row): Row | undefined {
    return this.#world.things.lastWriter(id, field, row);
  }

  machines(row: Row) {
    return this.#world.machines.views(row);
  }

  slots(row: Row) {
    if (this.#slots === undefined) finish(this.#findSlots());
    return this.#slots?.views(row) ?? [];
  }

  *#findSlots(): Work {
    const { values, events, queues, waits, lanes, rows } = this.#world;
    const slots = new Slots(values, events, (task) => {
      return lanes.views[lanes.ofTask(task)]?.id ?? rows.taskName(task);
    });
    yield* slots.read(queues, waits.all);
    this.#slots = slots;
  }

  wires(row: Row) {
    this.#wires ??= new Wires(this.#world.values, this.#world.events);
    return this.#wires.views(row);
  }

  stack(row: Row) {
    return this.#world.frames.stack(row);
  }

  variables(frame: number, row: Row) {
    return this.#world.frames.variables(frame, row);
  }

  show(value: number, row: Row, width = 80): string {
    return showValue(this.#world, value, row, width);
  }

  value(value: number) {
    return this.#world.values.value(value);
  }

  visits(file: string, line: number): readonly Row[] {
    const index = this.trace.files.findIndex(({ path }) => path === file);
    return this.#visits.of(index, line);
  }

  changesOf(id: string): readonly Row[] {
    return this.#world.things.rows(id);
  }

  stepsOf(lane: number, level: Level): readonly Row[] {
    if (!this.#stepsOf.has(level)) finish(this.#findLanes(level));
    return this.#stepsOf.get(level)?.get(lane) ?? [];
  }

  *#findLanes(level: Level): Work {
    const lists = new RowLists();
    yield* eachOf(this.#levels.rows(level), (row) => {
      lists.add(this.#world.lanes.of(row), row);
    });
    this.#stepsOf.set(level, lists);
  }
}
