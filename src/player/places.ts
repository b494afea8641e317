/** Where addresses, beats and the cursor's own line are in an open trace. */
import type { Level, Row, TraceModel } from '../trace/model.ts';
import { atAddress, atRow, type Cursor } from './cursor.ts';
import type { Beat, State, World } from './state.ts';

/** Where an address leads; if it is gone, to a beat, and says so. */
export function sought(
  address: string,
  state: State,
  model: TraceModel,
  world: World,
): Cursor & { notice: string } {
  const found = atAddress(model, state.level, address);
  if (found) return { ...found, notice: '' };
  const like = model.nearest(address, 1)[0];
  const about = like === undefined ? undefined : model.find(like);
  const rows = beatRows(model, state.scenario, world.beats);
  const before = rows.filter((row) => about !== undefined && row <= about);
  const to = atRow(model, state.level, before.at(-1) ?? rows[0] ?? 0);
  return {
    ...to,
    notice: `This run no longer has the step “${address}”. You see the nearest beat before the place where it was.`,
  };
}

/** The rows of a scenario's beats that exist, in the order of time. */
export function beatRows(
  model: TraceModel,
  scenario: string,
  beats: readonly Beat[],
): readonly Row[] {
  const rows = beats
    .filter((beat) => beat.scenario === scenario)
    .map((beat) => model.find(beat.address))
    .filter((row) => row !== undefined);
  return [...new Set(rows)].sort((a, b) => a - b);
}

/** The line the cursor's step stands at. */
export function lineOf(
  state: State,
  model: TraceModel,
): { file: string; line: number } | undefined {
  if (state.n === 0) return undefined;
  const { file, line } = model.step(state.level, state.n);
  return file !== undefined && line !== undefined ? { file, line } : undefined;
}

/** Kinds of rows that change what the views show. */
const changing = /^(?:change|state|store|queue|chan|bytes)\b/;
/** Rows after a step among which its own are looked for. */
const reach = 400;

/**
 * The moment at which a step's views are shown.
 *
 * A call of the story is told as it ended: its sentence speaks of changes that
 * its own row, where it began, does not hold yet. So the views show the last
 * change that folded into it. Every other step is shown at its own row.
 */
export function momentOf(model: TraceModel, level: Level, n: number): Row {
  if (n === 0) return 0;
  const { row, kind } = model.step(level, n);
  if (level !== 'story' || changing.test(kind)) return row;
  const next =
    n < model.count(level) ? model.step(level, n + 1).row : model.rows;
  for (let at = Math.min(next, row + reach) - 1; at > row; at -= 1) {
    const address = model.addressOf(at);
    if (changing.test(address) && model.find(address) === row) return at;
  }
  return row;
}
