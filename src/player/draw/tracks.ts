/**
 * Where deliveries wait: what was sent long before it is taken goes to the
 * side of the taker's lane and stays there, instead of crossing all between.
 */
import type { LaneLayout } from './lanes.ts';
import type { ArrowMark, BarMark } from './scene.ts';

/** From the lane to the nearest track, and from one track to the next. */
const nearest = 22;
const apart = 7;
const most = 3;
/** The least room between two lanes for a track. */
const least = 60;
/** Deliveries over fewer rows than this go straight. */
const rows = 1.4;

interface Taken {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export class Tracks {
  readonly #layout: LaneLayout;
  readonly #taken: Taken[] = [];

  constructor(layout: LaneLayout) {
    this.#layout = layout;
  }

  /** The arrow, with a track when it is long and there is room for one. */
  laid(arrow: ArrowMark): ArrowMark {
    const { style, x1, x2, y1, y2 } = arrow;
    const { row } = this.#layout;
    const long = style === 'delivery' && y2 - y1 > rows * row;
    if (!long || Math.abs(x2 - x1) < least) return arrow;
    const side = x2 > x1 ? 1 : -1;
    const [top, bottom] = [y1 + row / 2, y2];
    for (let i = 0; i < most; i += 1) {
      const x = x2 - side * (nearest + i * apart);
      const free = this.#taken.every(
        (one) => one.x !== x || one.bottom <= top || one.top >= bottom,
      );
      if (!free && i < most - 1) continue;
      this.#taken.push({ x, top, bottom });
      return { ...arrow, track: x };
    }
    return arrow;
  }

  /** The tracks, for labels to keep clear of. */
  get bars(): readonly BarMark[] {
    return this.#taken.map(({ x, top, bottom }) => ({
      activity: 'blocked',
      x,
      top,
      bottom: bottom - 8,
    }));
  }
}
