/**
 * Where lanes stand and which height a moment has, in pixels.
 *
 * Steps of a level are rows of one height; what lies between two steps is
 * drawn on the border between their rows. Lanes share the width by need: the
 * labels that stand between two lanes push them apart.
 */
import type { Level, Row, TraceModel } from '../../trace/model.ts';
import { fit, textWidth } from './text.ts';

export interface Sizes {
  readonly width: number;
  /** Height of a step's row. */
  readonly row: number;
  readonly label: number;
  readonly name: number;
  /** Height of the line of names. */
  readonly head: number;
  /** Columns for numbers and flag, and what stays free at the right. */
  readonly gutter: number;
  /** Whether beats have a mark beside their number. */
  readonly lozenges: boolean;
}

export interface LaneLayout extends Sizes {
  readonly level: Level;
  /** The steps drawn in one scrolled picture; very long traces have several. */
  readonly first: number;
  readonly last: number;
  /** Centre of each lane. */
  readonly xs: readonly number[];
  /** Name of each lane, as it fits. */
  readonly names: readonly string[];
  /** Whether names stand at two heights in turn, without their roles. */
  readonly staggered: boolean;
  /** Whether lanes stand too close for every arrow to have words. */
  readonly crowded: boolean;
  readonly height: number;
}

const above = 10;
/** Room for a button at the left of the names. */
export const button = 36;
/** Steps in one picture: browsers limit how tall an element may be. */
const most = 60_000;
const sampled = 240;

/** Lays out the lanes for a level, for the picture that step `n` is in. */
export function layLanes(
  model: TraceModel,
  level: Level,
  n: number,
  sizes: Sizes,
): LaneLayout {
  const first = Math.floor(Math.max(0, n - 1) / most) * most + 1;
  const last = Math.min(model.count(level), first + most - 1);
  const digits = String(last).length;
  const gutter = sizes.gutter + Math.max(0, digits - 2) * sizes.label * 0.5;
  const placed = columns(model, { ...sizes, gutter });
  const { xs } = placed;
  const height = above + Math.max(0, last - first + 1) * sizes.row + above;
  const apart = ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) / Math.max(1, xs.length - 1);
  const crowded = xs.length > 2 && apart < sizes.label * 4.6;
  return { ...sizes, ...placed, gutter, level, first, last, crowded, height };
}

/** The upper edge of a step's row. */
export function topOf(layout: LaneLayout, n: number): number {
  return above + (n - layout.first) * layout.row;
}

/** The middle of a step's row, where its marks are. */
export function middleOf(layout: LaneLayout, n: number): number {
  return topOf(layout, n) + layout.row / 2;
}

/** The height of any moment: a step's middle, or the border after it. */
export function heightOf(
  layout: LaneLayout,
  model: TraceModel,
  row: Row,
): number {
  const n = model.at(layout.level, row);
  if (n < 1) return topOf(layout, 1);
  const exact = model.at(layout.level, row - 1) < n;
  return exact ? middleOf(layout, n) : topOf(layout, n + 1);
}

/** The step at a height. */
export function stepAt(layout: LaneLayout, y: number): number {
  const n = layout.first + Math.floor((y - above) / layout.row);
  return Math.min(layout.last, Math.max(layout.first, n));
}

function columns(
  model: TraceModel,
  sizes: Sizes,
): Pick<LaneLayout, 'xs' | 'names' | 'width' | 'staggered'> {
  const full = model.lanes.map((lane) => lane.id);
  const half = (text: string) => textWidth(text, sizes.name, 700) / 2 + 4;
  const gaps = full.slice(1).map((name, i) => half(name) + half(full[i] ?? ''));
  const first = half(full[0] ?? '');
  // Over the numbers stands the button that chooses actors.
  const left = Math.max(
    sizes.gutter + Math.min(12, first),
    button + Math.min(40, first),
  );
  const role = textWidth(model.lanes.at(-1)?.role ?? '', sizes.name * 0.87) / 2;
  const right = Math.min(72, Math.max(14, half(full.at(-1) ?? ''), role + 5));
  const room = sizes.width - left - right;
  const least = gaps.map((gap) => Math.min(gap, sizes.name * 3.1));
  const shares = share(room, gaps, least, demands(model, sizes));
  const xs = shares.reduce<number[]>(
    (all, gap) => [...all, (all.at(-1) ?? 0) + gap],
    [left],
  );
  // Beside its neighbours, the button at the left and the edge at the right.
  const fits = (name: string, i: number) =>
    half(name) <= (i === 0 ? left - button + 4 : Infinity) &&
    half(name) <= (i === shares.length ? right + 0.5 : Infinity) &&
    [i - 1, i].every((gap) => {
      const other = full[gap < i ? gap : gap + 1];
      const room = (shares[gap] ?? Infinity) + 0.5;
      return half(name) + half(other ?? '') <= room;
    });
  const width = Math.max(sizes.width, (xs.at(-1) ?? 0) + right);
  if (full.every(fits))
    return { xs: full.length ? xs : [], names: full, width, staggered: false };
  // At two heights, so that each has the room up to the next but one.
  const names = full.map((name, i) => {
    const x = xs[i] ?? 0;
    const before = x - (xs[i - 2] ?? 2 * button - x);
    const after = (xs[i + 2] ?? 2 * width - x) - x;
    const room = Math.max(30, Math.min(before, after) - 6);
    return fit(name, sizes.name * 1.06, room) || name.slice(0, 2);
  });
  return { xs, names, width, staggered: true };
}

/** Gives every gap its least, then what names want, then what labels want. */
function share(
  room: number,
  wanted: readonly number[],
  least: readonly number[],
  labels: readonly number[],
): number[] {
  let gaps = [...least];
  for (const goal of [
    wanted,
    labels.map((label, i) => Math.max(label, wanted[i] ?? 0)),
  ]) {
    const lacks = goal.map((want, i) => Math.max(0, want - (gaps[i] ?? 0)));
    const left = Math.max(0, room - total(gaps));
    const part = Math.min(1, left / Math.max(1, total(lacks)));
    gaps = gaps.map((gap, i) => gap + (lacks[i] ?? 0) * part);
  }
  const rest = Math.max(0, room - total(gaps)) / Math.max(1, gaps.length);
  return gaps.map((gap) => gap + rest);
}

const demanded = new WeakMap<TraceModel, Map<number, readonly number[]>>();

/** What labels want, looked up once for a size of theirs. */
function demands(model: TraceModel, { label }: Sizes): readonly number[] {
  const known = demanded.get(model) ?? new Map<number, readonly number[]>();
  const gaps = known.get(label) ?? demandsAt(model, label);
  demanded.set(model, known.set(label, gaps));
  return gaps;
}

/** The widest label that wants to stand in each gap, in the story. */
function demandsAt(model: TraceModel, size: number): readonly number[] {
  const gaps = model.lanes.slice(1).map(() => 0);
  const want = (gap: number, text: string) => {
    if (gap in gaps)
      gaps[gap] = Math.max(
        gaps[gap] ?? 0,
        Math.min(textWidth(text, size) + 22, size * 13),
      );
  };
  const count = Math.min(sampled, model.count('story'));
  const busy = new Set<Row>();
  for (const { from, to, label } of model.arrows('story', 1, count)) {
    busy.add(to.row);
    if (Math.abs(from.lane - to.lane) === 1)
      want(Math.min(from.lane, to.lane), label);
  }
  for (let n = 1; n <= count; n += 1) {
    const { row, lane, label } = model.step('story', n);
    if (!busy.has(row)) want(Math.max(0, lane - 1), label);
  }
  return gaps;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
