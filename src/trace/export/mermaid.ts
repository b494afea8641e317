/**
 * The story as a Mermaid sequence diagram, for slides and wikis.
 *
 * One message for each arrow that ends at a step, a note for a step without
 * one. Mermaid refuses a text of more than 50,000 characters, so a longer
 * story ends with a note that says how much of it is there.
 */
import { durationText } from '../index/texts.ts';
import type { Arrow, ArrowStyle, Step, TraceModel } from '../model.ts';

/** What Mermaid accepts by default, and what is kept for the last note. */
const mostCharacters = 50_000;
const kept = 300;

/** Shorter pauses are not worth a note. */
const pauseMs = 100;

const arrows: Readonly<Record<ArrowStyle, string>> = {
  write: '->>',
  call: '->>',
  delivery: '--)',
  return: '-->>',
  refused: '-x',
};

/** The text of a diagram. */
export function writeMermaid(model: TraceModel): string {
  const { chapter, scenario, title } = model.trace;
  const count = model.count('story');
  const lanes = usedLanes(model, count);
  const all = lanes.map((lane) => `p${String(lane)}`);
  const wide = [...new Set([all[0], all.at(-1)])].join(',');
  const lines = [
    'sequenceDiagram',
    ...lanes.map(participant(model)),
    `  Note over ${wide}: ${words(`${chapter} · ${scenario}: ${title}`)}`,
  ];
  let size = lines.join('\n').length;
  let before = 0;
  for (let n = 1; n <= count; n++) {
    const step = model.step('story', n);
    const more = [
      ...pause(step.time - before, wide),
      ...stepLines(model, step, wide),
    ];
    size += more.reduce((sum, line) => sum + line.length + 1, 0);
    if (size > mostCharacters - kept) {
      lines.push(
        `  Note over ${wide}: Cut here: ${String(n - 1)} of ${String(count)} steps, as Mermaid takes at most 50,000 characters`,
      );
      break;
    }
    lines.push(...more);
    before = step.time;
  }
  return lines.join('\n');
}

/** Lanes that have a step, or an arrow of one, in their order. */
function usedLanes(model: TraceModel, count: number): number[] {
  const used = new Set<number>();
  for (let n = 1; n <= count; n++) used.add(model.step('story', n).lane);
  for (const { from, to } of model.arrows('story', 1, count)) {
    used.add(from.lane).add(to.lane);
  }
  used.delete(-1);
  const found = model.lanes.flatMap((_, lane) =>
    used.has(lane) ? [lane] : [],
  );
  // A diagram needs somebody.
  return found.length > 0 ? found : [0];
}

const participant =
  (model: TraceModel) =>
  (lane: number): string => {
    const { id = 'run', played = false } = model.lanes[lane] ?? {};
    const kind = played || id === 'user' ? 'actor' : 'participant';
    return `  ${kind} p${String(lane)} as ${words(id)}`;
  };

const pause = (ms: number, wide: string): string[] =>
  ms < pauseMs ? [] : [`  Note over ${wide}: ${words(durationText(ms))} later`];

function stepLines(model: TraceModel, step: Step, wide: string): string[] {
  const { n, row, address, sentence, label, lane } = step;
  // `%%{` would be a directive, even within a comment.
  const text = plain(`${address}: ${sentence}`).replaceAll('%{', '% {');
  const told = `  %% ${String(n)} ${text}`;
  const ending = model.arrows('story', n, n).filter(({ to }) => to.row === row);
  if (ending.length > 0) {
    return [told, ...ending.map((arrow) => message(arrow, step))];
  }
  const over = lane < 0 ? wide : `p${String(lane)}`;
  return [told, `  Note over ${over}: ${words(label)}`];
}

function message({ style, from, to, label }: Arrow, step: Step): string {
  // An arrow of the step's own actor is what the step does.
  const own = style === 'write' || style === 'refused';
  const text = own && from.lane === step.lane ? step.label : label;
  return `  p${String(from.lane)}${arrows[style]}p${String(to.lane)}: ${words(text)}`;
}

/** One line without what no text should hold. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/gu, ' ').replaceAll(/\p{C}/gu, '').replaceAll('`', '');

/** Text that means nothing to Mermaid but itself. */
function words(text: string): string {
  const escaped = plain(text).replaceAll(
    /[#;<>"{}%$\\]/gu,
    (sign) => `#${String(sign.charCodeAt(0))};`,
  );
  // `wrap:` at the beginning would be an instruction.
  return escaped.trim().replace(/^(:?(?:no)?wrap):/u, '$1#58;') || '…';
}
