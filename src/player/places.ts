/** Where addresses, beats and the cursor's own line are in an open trace. */
import { rowKinds } from '../trace/format.ts';
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

/** What shows a moment, and the kinds of rows that change it. */
const changing = {
  objects: /^(?:store|change)\b/,
  states: /^state\b/,
  slots: /^(?:queue|chan|change)\b/,
  wire: /^bytes\b/,
} as const;
type Shown = keyof typeof changing;

/** The row at which each part of the stage is shown. */
export type Moments = Readonly<Record<Shown, Row>>;

/** Rows that say what is drawn; they follow the row that changed it. */
const drawn: Readonly<Record<string, Shown>> = {
  thing: 'objects',
  slot: 'slots',
};

const event = rowKinds.indexOf('event');
const parts = Object.keys(changing) as Shown[];
/** Rows after a step among which its own are looked for. */
const reach = 400;

/**
 * The moments at which a step's views are shown.
 *
 * A step of the story tells what folded into it, such as the changes of a call
 * that began at its row. So each view shows the last change of its own kind
 * that the step tells of; where there is none, the step's own row.
 */
export function momentsOf(model: TraceModel, level: Level, n: number): Moments {
  if (n === 0) return { objects: 0, states: 0, slots: 0, wire: 0 };
  const { row, kind } = model.step(level, n);
  const next =
    n < model.count(level) ? model.step(level, n + 1).row : model.rows;
  // States that follow one another are told as one way, by its first row.
  const own = parts.filter(
    (part) => part !== 'states' && changing[part].test(kind),
  );
  const found = new Map<Shown, Row>();
  for (let at = Math.min(next, row + reach) - 1; at > row; at -= 1) {
    const part = drawn[kindAt(model, at)];
    if (part) found.set(part, found.get(part) ?? at);
    else if (level === 'story') tell(model, row, at, own, found);
  }
  const at = (part: Shown): Row => found.get(part) ?? row;
  return {
    objects: at('objects'),
    states: at('states'),
    slots: at('slots'),
    wire: at('wire'),
  };
}

/** Notes a change that the step at `row` tells of, if it is the last one. */
function tell(
  model: TraceModel,
  row: Row,
  at: Row,
  own: readonly Shown[],
  found: Map<Shown, Row>,
): void {
  const address = model.addressOf(at);
  for (const part of parts) {
    if (own.includes(part) || found.has(part)) continue;
    if (changing[part].test(address) && model.find(address) === row)
      found.set(part, at);
  }
}

/** The kind of an event's row; '' for any other row. */
function kindAt({ trace }: TraceModel, row: Row): string {
  const { kind, a } = trace.events;
  return kind[row] === event ? (trace.eventKinds[a[row] ?? -1] ?? '') : '';
}
