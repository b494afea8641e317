/**
 * A trace narrowed to what the reader wants to see: without some actors, with
 * some folded into who calls them, or only the steps that change one object.
 *
 * It answers like any other trace, so every view and every key follows; steps
 * are counted among those that are left.
 */
import type {
  Arrow,
  Interval,
  LaneView,
  Level,
  Row,
  Step,
  TraceModel,
} from '../trace/model.ts';
import { countTo } from '../trace/index/lists.ts';

/** What is left out; lanes by their number in the whole trace. */
export interface Filter {
  readonly hidden: readonly number[];
  readonly folded: readonly number[];
  /** The only object whose changes are shown; undefined for all steps. */
  readonly thing: string | undefined;
}

export const everything: Filter = { hidden: [], folded: [], thing: undefined };

export function isNarrow({ hidden, folded, thing }: Filter): boolean {
  return hidden.length + folded.length > 0 || thing !== undefined;
}

/** Steps among which callers are looked for. */
const sampled = 2000;

/** Who calls a lane most, and else who sends to it most; undefined for none. */
export function callerOf(model: TraceModel, lane: number): number | undefined {
  const last = Math.min(sampled, model.count('story'));
  const into = model
    .arrows('story', 1, last)
    .filter(({ from, to }) => to.lane === lane && from.lane !== lane);
  const calls = into.filter(({ style }) => style === 'call');
  const counts = new Map<number, number>();
  for (const { from } of calls.length > 0 ? calls : into)
    counts.set(from.lane, (counts.get(from.lane) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The trace as the filter leaves it. */
export function narrowed(base: TraceModel, filter: Filter): TraceModel {
  const { lanes, to } = lanesOf(base, filter);
  const rows = new Map<Level, readonly Row[]>();
  const rowsOf = (level: Level): readonly Row[] => {
    const known = rows.get(level) ?? left(base, level, filter, to);
    rows.set(level, known);
    return known;
  };
  const baseN = (level: Level, n: number): number =>
    base.at(level, rowsOf(level)[n - 1] ?? -1);
  const shows = (level: Level, row: Row): boolean => {
    const list = rowsOf(level);
    return list[countTo(list, row) - 1] === row;
  };
  const laneAt = (lane: number): number => to[lane] ?? -1;
  return {
    ...bound(base),
    lanes,
    count: (level) => rowsOf(level).length,
    at: (level, row) => countTo(rowsOf(level), row),
    spoken: (level, n) => base.spoken(level, baseN(level, n)),
    step: (level, n): Step => {
      const step = base.step(level, baseN(level, n));
      return { ...step, n, lane: laneAt(step.lane) };
    },
    find: (address, level = 'story') => {
      const row = base.find(address, level);
      const list = rowsOf(level);
      return row === undefined ? undefined : list[countTo(list, row) - 1];
    },
    arrows: (level, from, last) =>
      base
        .arrows(level, baseN(level, from), baseN(level, last))
        .filter((arrow) => shows(level, arrow.to.row))
        .map((arrow): Arrow => ({
          ...arrow,
          from: { ...arrow.from, lane: laneAt(arrow.from.lane) },
          to: { ...arrow.to, lane: laneAt(arrow.to.lane) },
        }))
        .filter((arrow) => Math.min(arrow.from.lane, arrow.to.lane) >= 0),
    intervals: (lane, from, end): readonly Interval[] =>
      to.flatMap((own, at) =>
        own === lane ? base.intervals(at, from, end) : [],
      ),
    stepsOf: (lane, level) =>
      merged(to, (own) => own === lane, base, level).filter((row) =>
        shows(level, row),
      ),
  };
}

/** The lanes that are left, and the one that each lane of the trace became. */
function lanesOf(
  base: TraceModel,
  { hidden, folded }: Filter,
): { lanes: readonly LaneView[]; to: readonly number[] } {
  const target = base.lanes.map((_, lane) => {
    let at = lane;
    for (let hops = 0; folded.includes(at) && hops < 8; hops += 1)
      at = callerOf(base, at) ?? at;
    return folded.includes(at) || !hidden.includes(at) ? at : -1;
  });
  const kept = base.lanes.flatMap((_, lane) =>
    target[lane] === lane && !hidden.includes(lane) ? [lane] : [],
  );
  return {
    lanes: kept.flatMap((lane) => base.lanes[lane] ?? []),
    to: target.map((lane) => kept.indexOf(lane)),
  };
}

/** The steps of a level that are left. */
function left(
  base: TraceModel,
  level: Level,
  { thing }: Filter,
  to: readonly number[],
): readonly Row[] {
  const acting = merged(to, (own) => own >= 0, base, level);
  if (thing === undefined) return acting;
  const all = merged(to, () => true, base, level);
  const stepAt = (row: Row): Row | undefined =>
    level === 'story'
      ? base.find(base.addressOf(row))
      : all[countTo(all, row) - 1];
  const changed = new Set(base.changesOf(thing).map(stepAt));
  return acting.filter((row) => changed.has(row));
}

/** Rows of some lanes in one order; steps without a lane are never left out. */
function merged(
  to: readonly number[],
  wanted: (own: number) => boolean,
  base: TraceModel,
  level: Level,
): Row[] {
  const lanes = to.flatMap((own, lane) => (wanted(own) ? [lane] : []));
  return [-1, ...lanes]
    .flatMap((lane) => base.stepsOf(lane, level))
    .sort((a, b) => a - b);
}

/** What does not depend on lanes and steps answers as before. */
function bound(base: TraceModel): TraceModel {
  return {
    trace: base.trace,
    lanes: base.lanes,
    rows: base.rows,
    spoken: (level, n) => base.spoken(level, n),
    count: (level) => base.count(level),
    step: (level, n) => base.step(level, n),
    at: (level, row) => base.at(level, row),
    find: (address, level) => base.find(address, level),
    nearest: (address, count) => base.nearest(address, count),
    addressOf: (row) => base.addressOf(row),
    arrows: (level, from, to) => base.arrows(level, from, to),
    intervals: (lane, from, to) => base.intervals(lane, from, to),
    things: (row) => base.things(row),
    document: (id, row) => base.document(id, row),
    lastWriter: (id, field, row) => base.lastWriter(id, field, row),
    machines: (row) => base.machines(row),
    slots: (row) => base.slots(row),
    wires: (row) => base.wires(row),
    stack: (row) => base.stack(row),
    variables: (frame, row) => base.variables(frame, row),
    show: (value, row, width) => base.show(value, row, width),
    value: (value) => base.value(value),
    visits: (file, line) => base.visits(file, line),
    changesOf: (id) => base.changesOf(id),
    stepsOf: (lane, level) => base.stepsOf(lane, level),
  };
}
