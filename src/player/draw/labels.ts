/**
 * Places labels so that none lies on another or on a bar.
 *
 * A label has an order of places it would like, each with its whole text; the
 * first free one is taken. If none is free it may lie over a lane that waits,
 * whose bar is seen above and below. Then it is shortened to its first place,
 * and if even that says nothing it gives way: the sentence has every word.
 */
import type { ArrowMark, BarMark } from './scene.ts';
import { middleOf, type LaneLayout } from './lanes.ts';
import { fit, textWidth } from './text.ts';

/** A text that wants to stand at an arrow, or beside a ring. */
export interface LabelWish {
  readonly n: number;
  readonly text: string;
  readonly refused: boolean;
  /** Gives way where lanes are crowded: not what its step does. */
  readonly quiet: boolean;
  readonly arrow?: ArrowMark;
  readonly lane?: number;
  readonly y?: number;
}

export interface Label {
  readonly n: number;
  readonly text: string;
  readonly refused: boolean;
  readonly quiet: boolean;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: Label['anchor'];
  /** Room up to the next lane, for a text that must be shortened. */
  readonly room: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a label keeps clear of, from most to least. */
interface Obstacles {
  /** Labels, and bars of lanes that run or wait. */
  readonly all: readonly Box[];
  readonly running: readonly Box[];
  readonly labels: readonly Box[];
}

/** Places for all wishes of a window, in their order. */
export function placeLabels(
  wishes: readonly LabelWish[],
  layout: LaneLayout,
  bars: readonly BarMark[],
): Label[] {
  const solid = bars.filter((bar) => bar.activity !== 'sleeping').map(boxOfBar);
  const running = bars
    .filter((bar) => bar.activity === 'running')
    .map(boxOfBar);
  const taken: { n: number; box: Box }[] = [];
  const labels: Label[] = [];
  for (const wish of wishes) {
    if (!wish.text) continue;
    const places = wish.arrow
      ? atArrow(wish, wish.arrow, layout)
      : atRing(wish, layout);
    const near = taken
      .filter(({ n }) => Math.abs(n - wish.n) < 3)
      .map(({ box }) => box);
    const chosen = choose(wish, places, layout, {
      all: [...near, ...solid],
      running: [...near, ...running],
      labels: near,
    });
    if (!chosen) continue;
    const { n, refused, quiet } = wish;
    labels.push({ n, refused, quiet, ...chosen });
    taken.push({ n, box: boxOf(chosen, chosen.text, layout.label) });
  }
  return labels;
}

function choose(
  wish: LabelWish,
  places: readonly Place[],
  layout: LaneLayout,
  { all, running, labels }: Obstacles,
): (Place & { text: string }) | undefined {
  for (const obstacles of [all, running]) {
    for (const text of new Set([wish.text, withoutName(wish.text)])) {
      const whole = places.find((place) =>
        isFree(boxOf(place, text, layout.label), obstacles, layout),
      );
      if (whole) return { ...whole, text };
    }
  }
  for (const place of places) {
    const short = withoutName(wish.text);
    const text = fit(short, layout.label * 1.06, place.room);
    if (text && isFree(boxOf(place, text, layout.label), labels, layout))
      return { ...place, text };
  }
  return undefined;
}

/** A label that ends in `namespace/name`, and no kind, says enough without. */
function withoutName(text: string): string {
  return text.replace(/ [\w.-]+\/[a-z\d…][\w.…-]*$/, '');
}

/** Over the arrow, in the gaps from its tail on; a slanted one at its head. */
function atArrow(
  wish: LabelWish,
  arrow: ArrowMark,
  layout: LaneLayout,
): Place[] {
  const { x1, x2, y1, y2 } = arrow;
  const to = x2 > x1 ? 1 : -1;
  const over = y2 - 6.5;
  if (arrow.track !== undefined) return [beside(arrow, arrow.track, layout)];
  const under = y2 + Math.min(layout.label, layout.row / 2 - layout.label / 4);
  if (Math.abs(y2 - y1) > 2) {
    const room = Math.abs(x2 - x1) - 14;
    const anchor = to > 0 ? 'end' : 'start';
    const head = { x: x2 - to * 9, anchor, room } as const;
    return [
      { ...head, y: under },
      { ...head, y: over },
    ];
  }
  const stops = layout.xs.filter(
    (x) => x >= Math.min(x1, x2) && x <= Math.max(x1, x2),
  );
  if (to < 0) stops.reverse();
  const gaps = stops.slice(1).map((x, i) => ({
    x: (x + (stops[i] ?? x)) / 2,
    room: Math.abs(x - (stops[i] ?? x)) - 16,
  }));
  const wide = textWidth(wish.text, layout.label);
  const fitting = [
    ...gaps.filter(({ room }) => room >= wide),
    { x: (x1 + x2) / 2, room: Math.abs(x2 - x1) - 16 },
    ...gaps,
  ];
  return [over, under].flatMap((y) =>
    fitting.map((place) => ({ ...place, y, anchor: 'middle' as const })),
  );
}

/** At the end of what waited, before its track. */
function beside(
  { x1, x2, y2 }: ArrowMark,
  track: number,
  layout: LaneLayout,
): Place {
  const to = x2 > x1 ? 1 : -1;
  const stops = layout.xs.filter((x) => (track - x) * to > 0);
  const before = to > 0 ? Math.max(...stops) : Math.min(...stops);
  return {
    x: track - to * 5,
    y: y2 + layout.label * 0.33,
    anchor: to > 0 ? 'end' : 'start',
    room: Math.abs(track - before) - 16,
  };
}

/** Left of the ring, or right of it; the first lane has more room there. */
function atRing(wish: LabelWish, layout: LaneLayout): Place[] {
  const lane = wish.lane ?? 0;
  const x = layout.xs[lane] ?? 0;
  const y = (wish.y ?? middleOf(layout, wish.n)) + layout.label * 0.33;
  const before = x - (layout.xs[lane - 1] ?? layout.gutter);
  const after = (layout.xs[lane + 1] ?? layout.width) - x;
  const left: Place = { x: x - 12, y, anchor: 'end', room: before - 22 };
  const right: Place = { x: x + 12, y, anchor: 'start', room: after - 22 };
  return before >= after || lane === layout.xs.length - 1
    ? [left, right]
    : [right, left];
}

function boxOfBar({ x, top, bottom }: BarMark): Box {
  return { left: x - 6, right: x + 6, top, bottom };
}

function boxOf(
  { x, y, anchor }: Pick<Place, 'x' | 'y' | 'anchor'>,
  text: string,
  size: number,
): Box {
  const width = textWidth(text, size, 700);
  const left =
    anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return {
    left,
    right: left + width,
    top: y - size * 0.8,
    bottom: y + size * 0.22,
  };
}

function isFree(box: Box, others: readonly Box[], layout: LaneLayout): boolean {
  if (box.left < layout.gutter - 8 || box.right > layout.width - 3)
    return false;
  return others.every(
    (other) =>
      box.right <= other.left ||
      box.left >= other.right ||
      box.bottom <= other.top ||
      box.top >= other.bottom,
  );
}
