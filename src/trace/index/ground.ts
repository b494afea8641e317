/**
 * What every later index stands on: rows, values, frames, lanes and the
 * events that were recorded as such.
 */
import type { Events } from './events.ts';
import type { Frames } from './frames.ts';
import type { Lanes } from './lanes.ts';
import type { Rows } from './rows.ts';
import type { Values } from './values.ts';

export interface Ground {
  readonly rows: Rows;
  readonly values: Values;
  readonly frames: Frames;
  readonly lanes: Lanes;
  readonly events: Events;
}
