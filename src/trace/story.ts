/**
 * The story as a text: a head that says who plays, then a line for each step
 * with what changed indented below it.
 *
 * The text is committed and compared. Columns are as wide as the lanes need
 * and never as an address needs, so that one long name does not move every
 * line.
 */
import { absent, timeText } from './index/texts.ts';
import type { Change, LaneView, Level, Step, TraceModel } from './model.ts';

const width = 140;
const headWidth = 120;

/** A whole scenario as text, at the level of a story or in more detail. */
export function storyText(model: TraceModel, level: Level = 'story'): string {
  const count = model.count(level);
  const lane = Math.max(1, ...model.lanes.map(({ id }) => id.length));
  const lines = headLines(model);
  lines.push('');
  for (let n = 1; n <= count; n++) {
    const step = model.step(level, n);
    lines.push(...stepLines(step, model.lanes[step.lane]?.id ?? '', lane));
  }
  if (model.trace.error !== undefined) {
    lines.push('', `# the run ended with an error: ${model.trace.error}`);
  }
  return `${lines.join('\n')}\n`;
}

/** One step: its line, and what changed. */
export function stepLines(step: Step, lane: string, wide: number): string[] {
  const n = String(step.n).padStart(2);
  const time = timeText(step.time).padStart(8);
  const indent = ' '.repeat(2 + 2 + 8 + 2 + wide + 2);
  const head = `${n}  ${time}  ${lane.padEnd(wide)}  ${step.address}`;
  return [
    `${head}  — ${step.sentence}`,
    ...wrapped(step.changes.map(changeText), ';  ', width - indent.length).map(
      (line) => `${indent}${line}`,
    ),
  ];
}

/** `field  old → new`, or `field  fact`. */
export function changeText({ field, before, after }: Change): string {
  if (before !== undefined) return `${field}  ${before} → ${after || absent}`;
  if (after === '') return field;
  return field.endsWith(':') ? `${field} ${after}` : `${field}  ${after}`;
}

function headLines({ trace, lanes }: TraceModel): string[] {
  const { chapter, scenario, seed, notes } = trace;
  const cast = notes.some((note) => note.startsWith('cast:'))
    ? []
    : [`cast: ${lanes.map(member).join('; ')}`];
  const all = [
    ...cast,
    ...notes,
    'indented: what changed, old → new; – means absent',
  ];
  return [
    `# ${chapter} · ${scenario} · seed ${String(seed)}`,
    ...all.flatMap(headNote),
  ];
}

/** `service = the service controller, two workers`. */
function member({ id, noun, role, played }: LaneView): string {
  const plain = noun === `the ${id}` || noun === id;
  const who = plain ? id : `${id} = ${noun}`;
  const what = role === '' ? '' : ` (${role})`;
  return `${who}${what}${played ? ', played by the scenario' : ''}`;
}

/** A note, its further lines indented below its first word. */
function headNote(note: string): string[] {
  const label = /^\w+: /u.exec(note)?.[0].length ?? 0;
  const lines = wrapped(note.split(' '), ' ', headWidth - label);
  return lines.map((line, index) =>
    index === 0 ? `# ${line}` : `# ${' '.repeat(label)}${line}`,
  );
}

/** Joins pieces to lines that are no wider than asked, if pieces allow. */
function wrapped(
  pieces: readonly string[],
  joint: string,
  wide: number,
): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const joined = `${last ?? ''}${joint}${piece}`;
    if (last === undefined || joined.length >= wide) lines.push(piece);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}
