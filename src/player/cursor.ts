/**
 * Places a cursor can go to, each a valid step of a level.
 *
 * A row that is no step of the level leads to the step it lies in: the last
 * one at or before it. Nothing here throws for a number out of range.
 */
import { countTo } from '../trace/index/lists.ts';
import type { Level, Row, TraceModel } from '../trace/model.ts';

export interface Cursor {
  readonly n: number;
  readonly row: Row;
}

/** The step nearest to `n` that the level has. */
export function atNumber(model: TraceModel, level: Level, n: number): Cursor {
  const count = model.count(level);
  if (count === 0) return { n: 0, row: 0 };
  const whole = Number.isFinite(n) ? Math.round(n) : 1;
  const near = Math.min(count, Math.max(1, whole));
  return { n: near, row: model.step(level, near).row };
}

/** The step a row lies in; the first one for a row before it. */
export function atRow(model: TraceModel, level: Level, row: Row): Cursor {
  return atNumber(model, level, model.at(level, row));
}

/** The step that tells of a row: in the story it may be another's. */
export function atTold(model: TraceModel, level: Level, row: Row): Cursor {
  const known = level === 'story' && row >= 0 && row < model.rows;
  const told = known ? model.find(model.addressOf(row), level) : undefined;
  return atRow(model, level, told ?? row);
}

/** The step an address leads to, if the trace has it. */
export function atAddress(
  model: TraceModel,
  level: Level,
  address: string,
): Cursor | undefined {
  const row = model.find(address, level);
  return row === undefined ? undefined : atRow(model, level, row);
}

/**
 * The step of the nearest of `rows` (ascending) beyond the cursor, in one
 * direction; undefined when there is none.
 */
export function neighbour(
  model: TraceModel,
  level: Level,
  row: Row,
  rows: readonly Row[],
  way: 1 | -1,
): Cursor | undefined {
  let i = way === 1 ? countTo(rows, row) : countTo(rows, row - 1) - 1;
  for (; i >= 0 && i < rows.length; i += way) {
    const to = atRow(model, level, rows[i] ?? 0);
    if (way === 1 ? to.row > row : to.row < row) return to;
  }
  return undefined;
}

/** The row that comes next in `rows` (ascending), in one direction. */
export function nextOf(
  rows: readonly Row[],
  row: Row,
  way: 1 | -1,
): Row | undefined {
  return rows[way === 1 ? countTo(rows, row) : countTo(rows, row - 1) - 1];
}

/**
 * The very moment of a row. Visits of a line are steps only where lines are,
 * so the level becomes `lines` unless the row is a step of this one.
 */
export function atMoment(
  model: TraceModel,
  level: Level,
  row: Row,
): Cursor & { level: Level } {
  const here = atRow(model, level, row);
  if (here.row === row) return { ...here, level };
  return { ...atRow(model, 'lines', row), level: 'lines' };
}
