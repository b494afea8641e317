/**
 * Two runs side by side: where they part, and their steps next to each other.
 */
import type { Level, Step, TraceModel } from '../../trace/model.ts';
import { changeText } from '../../trace/story.ts';
import { line, pad } from './text.ts';
import type { Line } from './text.ts';

/** The first step in which two runs differ; undefined when none does. */
export function firstDivergence(
  one: TraceModel,
  other: TraceModel,
  level: Level,
): number | undefined {
  const [a, b] = [one.count(level), other.count(level)];
  for (let n = 1; n <= Math.min(a, b); n++) {
    const [left, right] = [one.step(level, n), other.step(level, n)];
    if (told(one, left) !== told(other, right)) return n;
  }
  return a === b ? undefined : Math.min(a, b) + 1;
}

/** All that a reader is told of a step. */
const told = (model: TraceModel, step: Step): string =>
  [
    String(step.time),
    model.lanes[step.lane]?.id ?? '',
    step.address,
    step.sentence,
    ...step.changes.map(changeText),
  ].join('\n');

export interface Pair {
  readonly model: TraceModel;
  readonly other: TraceModel;
  readonly otherName: string;
  readonly level: Level;
  readonly n: number;
  /** Where the runs part. */
  readonly first: number | undefined;
}

/** The steps around the cursor of both runs, `≠` where they part. */
export function besideLines(
  { model, other, otherName, level, n, first }: Pair,
  columns: number,
  rows: number,
): Line[] {
  const half = Math.floor((columns - 7) / 2);
  const most = Math.max(model.count(level), other.count(level));
  const room = Math.max(1, rows - 1);
  const from = Math.max(1, Math.min(n - (room >> 1), most - room + 1));
  const head = [
    pad('    this run', half + 4),
    ' │ ',
    pad(first === undefined ? `${otherName}: the same` : otherName, half),
  ].join('');
  const lines = [line(head, 'faint')];
  for (let at = from; at <= most && lines.length <= room; at++) {
    const sign = at === first ? '≠' : at === n ? '▶' : ' ';
    const text = [
      `${sign} ${pad(stepText(model, level, at), half + 2)}`,
      pad(stepText(other, level, at), half),
    ].join(at === first ? ' ≠ ' : ' │ ');
    const look = at === first ? 'warning' : at === n ? 'strong' : 'plain';
    lines.push(line(text, look));
  }
  return lines;
}

function stepText(model: TraceModel, level: Level, n: number): string {
  if (n > model.count(level))
    return n === model.count(level) + 1 ? '(the end)' : '';
  const { address, lane } = model.step(level, n);
  const who = model.lanes[lane]?.id ?? '';
  return `${String(n)} ${who === '' ? '' : `${who}: `}${address}`;
}
