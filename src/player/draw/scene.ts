/**
 * The marks of a window of steps: bars, arrows, rings and labels.
 *
 * The picture is the same before and after the cursor; the view draws it
 * twice, in pencil and in ink, and cuts both at the cursor.
 */
import type {
  Activity,
  Arrow,
  ArrowStyle,
  TraceModel,
} from '../../trace/model.ts';
import { heightOf, middleOf, type LaneLayout } from './lanes.ts';
import { placeLabels, type Label, type LabelWish } from './labels.ts';
import { Tracks } from './tracks.ts';

export interface BarMark {
  readonly activity: Activity;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** What a blocked lane waits for. */
  readonly why?: string;
}

export interface ArrowMark {
  readonly style: ArrowStyle;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Where what was sent waits, beside the lane, until it is taken. */
  readonly track?: number;
}

/** A step without an arrow. */
export interface RingMark {
  readonly n: number;
  readonly x: number;
  readonly y: number;
}

export interface Scene {
  readonly bars: readonly BarMark[];
  readonly arrows: readonly ArrowMark[];
  readonly rings: readonly RingMark[];
  readonly labels: readonly Label[];
  /** The virtual time of each step, in milliseconds. */
  readonly times: readonly number[];
}

/** The least height of a bar that can be seen. */
const visible = 5;

/** The marks that touch steps `from` to `to`. */
export function sceneOf(
  model: TraceModel,
  layout: LaneLayout,
  from: number,
  to: number,
): Scene {
  if (to < from || model.count(layout.level) === 0)
    return { bars: [], arrows: [], rings: [], labels: [], times: [] };
  const bars = barsOf(model, layout, from, to);
  const arrows: ArrowMark[] = [];
  const rings: RingMark[] = [];
  const times: number[] = [];
  const wishes: LabelWish[] = [];
  const drawn = new Set<number>();
  const tracks = new Tracks(layout);
  for (const arrow of model.arrows(layout.level, from, to)) {
    const x1 = layout.xs[arrow.from.lane];
    const x2 = layout.xs[arrow.to.lane];
    if (x1 === undefined || x2 === undefined || x1 === x2) continue;
    const n = model.at(layout.level, arrow.to.row);
    const mark = tracks.laid({
      style: arrow.style,
      x1,
      x2,
      y1: heightOf(layout, model, arrow.from.row),
      y2: heightOf(layout, model, arrow.to.row),
    });
    arrows.push(mark);
    if (n < from || n > to) continue;
    const own = isOwn(arrow, model.step(layout.level, n).kind);
    if (own) drawn.add(n);
    wishes.push({
      n,
      text: arrow.label,
      refused: arrow.style === 'refused',
      quiet: arrow.style === 'delivery' || !own,
      arrow: mark,
    });
  }
  for (let n = from; n <= to; n += 1) {
    const { lane, label, time } = model.step(layout.level, n);
    times.push(time);
    const x = layout.xs[lane];
    if (x === undefined || drawn.has(n)) continue;
    const y = middleOf(layout, n);
    rings.push({ n, x, y });
    wishes.push({ n, text: label, refused: false, quiet: false, lane, y });
  }
  // What a step does has the first choice of a place.
  const inOrder = [
    ...wishes.filter(({ quiet }) => !quiet),
    ...wishes.filter(({ quiet }) => quiet),
  ];
  const labels = placeLabels(inOrder, layout, [...bars, ...tracks.bars]);
  return { bars, arrows, rings, labels, times };
}

/** Kinds of steps that are an arrival themselves. */
const arrival = /^(?:queue|watch|chan|select|bytes)\./;

/**
 * Whether an arrow is what its step is about. What a step does when something
 * has reached it, or while a task starts elsewhere, is worth a mark of its own.
 */
function isOwn({ style, label }: Arrow, kind: string): boolean {
  if (style === 'delivery') return arrival.test(kind);
  return !label.startsWith('start ') || kind === 'task.start';
}

function barsOf(
  model: TraceModel,
  layout: LaneLayout,
  from: number,
  to: number,
): BarMark[] {
  const start = from <= 1 ? 0 : model.step(layout.level, from - 1).row;
  const last = model.count(layout.level);
  const end =
    to >= last ? model.rows - 1 : model.step(layout.level, to + 1).row;
  const bars = layout.xs.flatMap((x, lane) =>
    model
      .intervals(lane, start, end)
      .flatMap(({ activity, from: a, to: b, why }): BarMark[] => {
        const top = heightOf(layout, model, a);
        const bottom =
          b > end && to >= last ? layout.height : heightOf(layout, model, b);
        if (bottom - top >= visible)
          return [{ activity, x, top, bottom, ...(why && { why }) }];
        return activity === 'running'
          ? [{ activity, x, top: top - visible, bottom: bottom + visible }]
          : [];
      }),
  );
  const order = ['sleeping', 'blocked', 'running'];
  return bars.sort(
    (a, b) => order.indexOf(a.activity) - order.indexOf(b.activity),
  );
}
