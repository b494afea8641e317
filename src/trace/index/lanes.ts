/**
 * Lanes: which actor of the cast a row belongs to.
 *
 * The innermost frame whose symbol a lane names decides; without one, the
 * task does. That is why an application's endpoint has a lane of its own
 * although a worker runs it.
 */
import type { TraceLane } from '../format.ts';
import type { LaneView, Row } from '../model.ts';
import { each } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Frames } from './frames.ts';
import type { Rows } from './rows.ts';

export class Lanes {
  readonly views: readonly LaneView[];
  readonly #rows: Rows;
  readonly #frames: Frames;
  readonly #byTask: readonly number[];
  readonly #byFrame: number[] = [];
  readonly #assigned = new Map<Row, number>();

  constructor(rows: Rows, frames: Frames) {
    const { lanes, tasks } = rows.trace;
    this.#rows = rows;
    this.#frames = frames;
    this.views = lanes.map((lane) => ({
      id: lane.id,
      noun: lane.noun,
      role: lane.role ?? '',
      played: lane.played ?? false,
    }));
    this.#byTask = tasks.map((name) => first(lanes, 'tasks', name));
  }

  read(): Work {
    const { lanes, sites } = this.#rows.trace;
    const frames = this.#frames;
    const bySite = sites.map((site) => first(lanes, 'symbols', site.symbol));
    return each(frames.count, (frame) => {
      const own = bySite[frames.siteIndex(frame)] ?? -1;
      const parent = frames.parent(frame);
      this.#byFrame[frame] =
        own >= 0 || parent < 0 ? own : (this.#byFrame[parent] ?? -1);
    });
  }

  /** Gives a row a lane that neither its frame nor its task has. */
  assign(row: Row, lane: number): void {
    this.#assigned.set(row, lane);
  }

  /** The lane of a row; -1 for none. */
  of(row: Row): number {
    const assigned = this.#assigned.get(row);
    if (assigned !== undefined) return assigned;
    return this.ofFrame(this.#rows.frame(row), this.#rows.task(row));
  }

  ofFrame(frame: number, task: number): number {
    const own = this.#byFrame[frame] ?? -1;
    return own >= 0 ? own : this.ofTask(task);
  }

  /** The lane of a frame that symbols gave it; -1 when only its task does. */
  bySymbol(frame: number): number {
    return this.#byFrame[frame] ?? -1;
  }

  ofTask(task: number): number {
    return this.#byTask[task] ?? -1;
  }

  /** The place of a lane by its id; -1 for none. */
  named(...ids: readonly string[]): number {
    return this.views.findIndex((lane) => ids.includes(lane.id));
  }

  /** Whether a lane stands for somebody outside of the program. */
  outside(lane: number): boolean {
    const view = this.views[lane];
    if (view === undefined) return true;
    return view.played || ['user', 'client', 'scenario'].includes(view.id);
  }
}

function first(
  lanes: readonly TraceLane[],
  what: 'tasks' | 'symbols',
  name: string,
): number {
  return lanes.findIndex((lane) =>
    lane[what]?.some((pattern) => matches(pattern, name)),
  );
}

/** Whether a name is the pattern, or begins with what stands before `*`. */
function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*')
    ? name.startsWith(pattern.slice(0, -1))
    : name === pattern;
}
