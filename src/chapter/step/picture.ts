/**
 * What the screen shows: the source with the current line, below it the
 * sentence and the stack, and one more view where there is room.
 */
import { timeText } from '../../trace/index/texts.ts';
import type { Step, TraceModel, VariableView } from '../../trace/model.ts';
import { changeText } from '../../trace/story.ts';
import { commandOf } from './command.ts';
import { helpLines, hint } from './help.ts';
import { lineText, sourceLines } from './source.ts';
import type { Stage } from './stage.ts';
import {
  broken,
  clean,
  cut,
  fit,
  fitEnd,
  line,
  pad,
  rule,
  width,
  wrap,
} from './text.ts';
import type { Line, Size } from './text.ts';
import { paneOf, tallRows, wideColumns } from './views.ts';
import type { Pane } from './views.ts';

/** Below this nothing useful fits. */
const smallest: Size = { columns: 24, rows: 8 };
/** The whole screen, as many lines as it has rows. */
export function picture(stage: Stage, size: Size): Line[] {
  const { columns, rows } = size;
  if (columns < smallest.columns || rows < smallest.rows) {
    const wanted = `${String(smallest.columns)}×${String(smallest.rows)}`;
    return block([line(`Too small; ${wanted} will do`)], columns, rows);
  }
  const foot = footLines(stage, columns);
  const inner = { columns, rows: rows - 1 - foot.length };
  return [
    headLine(stage, columns),
    ...block(body(stage, inner), columns, inner.rows),
    ...foot,
  ];
}

/** Exactly so many lines, none wider than asked; says what is left out. */
function block(lines: readonly Line[], columns: number, rows: number): Line[] {
  const shown = lines.slice(0, rows).map((one) => cut(one, columns));
  const rest = lines.length - rows;
  if (rest > 0 && rows > 1) {
    shown[rows - 1] = line(`  … ${String(rest + 1)} more lines`, 'faint');
  }
  while (shown.length < rows) shown.push(line(''));
  return shown;
}

function headLine({ setup, state, model }: Stage, columns: number): Line {
  const { scenario, level, n, row, playing, speed } = state;
  const left = ` ${setup.name} · ${scenario}`;
  if (model === undefined || n === 0) return line(pad(left, columns), 'bar');
  const own = setup.beats.filter((beat) => beat.scenario === scenario);
  const reached = own.filter(({ address }) => {
    const at = model.find(address);
    return at !== undefined && at <= row;
  }).length;
  const { time, lane } = model.step(level, n);
  const right = [
    ...(playing ? [`playing ${String(speed)}×`] : []),
    ...(own.length > 0
      ? [`beat ${String(reached)}/${String(own.length)}`]
      : []),
    `${level} ${String(n)}/${String(model.count(level))}`,
    timeText(time),
    model.lanes[lane]?.id ?? 'no actor',
  ].join('  ');
  const room = columns - Math.min(width(right) + 3, columns);
  return line(
    pad(`${pad(fitEnd(left, room), room)}  ${right}`, columns),
    'bar',
  );
}

function footLines({ cover, state, setup }: Stage, columns: number): Line[] {
  if (cover?.kind === 'search') {
    const prompt = `Find an address or words: ${cover.text}▏`;
    return [line(pad(prompt, columns), 'strong')];
  }
  const { notice, status } = state;
  if (notice !== '' && status !== 'failed') {
    return wrap(notice, columns, 3).map((text) => line(text, 'warning'));
  }
  return [line(hint(setup.against !== undefined, columns), 'faint')];
}

function body(stage: Stage, size: Size): Line[] {
  const { state, model, cover, setup } = stage;
  if (cover?.kind === 'scenarios') {
    return [
      line('Which scenario? ↑ ↓ choose, Enter shows it, Esc closes.', 'faint'),
      ...setup.scenarios.map(({ id, title }, at) =>
        line(
          `${at === cover.at ? '▶' : ' '} ${id}  ${title}`,
          at === cover.at ? 'strong' : 'plain',
        ),
      ),
    ];
  }
  if (cover?.kind === 'command') {
    return [
      line('This command comes back to this step:', 'faint'),
      ...broken(clean(commandOf(stage)), size.columns).map((text) =>
        line(text),
      ),
    ];
  }
  if (state.help) return helpLines();
  if (state.status === 'loading') return [line('The run is being recorded.')];
  if (state.status === 'failed') {
    return wrap(state.notice, size.columns).map((text) =>
      line(text, 'warning'),
    );
  }
  if (model === undefined || state.n === 0)
    return [line('This run has no steps.')];
  const pane = paneOf(stage, model, size);
  if (pane === undefined) return main(stage, model, size);
  if (size.columns >= wideColumns) return sideBySide(stage, model, pane, size);
  const rows = paneRows(stage, pane, size);
  if (rows < 3) return main(stage, model, size);
  const upper = { ...size, rows: size.rows - rows };
  return [
    ...main(stage, model, upper),
    ...block(pane({ ...size, rows }), size.columns, rows),
  ];
}

/** A third to a half, as the view has lines. */
function paneRows(stage: Stage, pane: Pane, size: Size): number {
  const most = Math.floor((size.rows - toldRows(size) - 2) * 0.6);
  const wanted = pane({ ...size, rows: most }).length;
  const chosen = stage.state.view !== 'all' || stage.beside || stage.prose;
  return chosen ? most : Math.min(most, Math.max(6, wanted));
}

function sideBySide(
  stage: Stage,
  model: TraceModel,
  pane: Pane,
  { columns, rows }: Size,
): Line[] {
  const left = Math.floor(columns * 0.55);
  const right = columns - left - 3;
  const a = block(main(stage, model, { columns: left, rows }), left, rows);
  const b = block(pane({ columns: right, rows }), right, rows);
  return a.map((one, at) => {
    const used = one.reduce((sum, { text }) => sum + width(text), 0);
    const gap = line(`${' '.repeat(Math.max(0, left - used))} │ `, 'faint');
    return [...one, ...gap, ...(b[at] ?? [])];
  });
}

/** Rows of the address, the sentence and what changed. */
const toldRows = ({ rows }: Size): number => (rows >= tallRows ? 10 : 7);

/** Source above; sentence, stack and values below. */
function main(stage: Stage, model: TraceModel, size: Size): Line[] {
  const { columns } = size;
  const { level, n } = stage.state;
  const step = model.step(level, n);
  const below = toldRows(size);
  const above = Math.max(2, size.rows - below - 2);
  return [
    ...block(sourceLines(stage, model, step, above), columns, above),
    ...block(toldLines(stage, model, step, columns), columns, below),
    stackLine(model, step, columns),
    valuesLine(stage, model, step, columns),
  ].slice(0, size.rows);
}

function toldLines(
  stage: Stage,
  model: TraceModel,
  step: Step,
  columns: number,
): Line[] {
  const { error } = model.trace;
  const last = step.n === model.count(stage.state.level);
  const parted = stage.divergence === step.n;
  const title = `${step.address}${parted ? ' ≠ here the runs part' : ''}`;
  return [
    line(rule(title, columns), parted ? 'warning' : 'faint'),
    ...wrap(step.sentence, columns, 3).map((text) => line(text, 'strong')),
    ...step.changes.map((change) => line(`  ${changeText(change)}`)),
    ...(last && error !== undefined
      ? [line(`The run ended with an error: ${error}`, 'warning')]
      : []),
  ];
}

/** The call stack on one line; its inner end is what counts. */
function stackLine(model: TraceModel, step: Step, columns: number): Line {
  const names = model.stack(step.row).map(({ site }) => site.symbol);
  if (names.length === 0) return line('stack: no task runs our code', 'faint');
  let text = names.join(' › ');
  while (names.length > 1 && width(text) > columns - 9) {
    names.shift();
    text = `… › ${names.join(' › ')}`;
  }
  return line(`stack: ${text}`);
}

/** Variables of the innermost call, those of the current line first. */
function valuesLine(
  stage: Stage,
  model: TraceModel,
  step: Step,
  columns: number,
): Line {
  const { row } = step;
  const frame = model.stack(row).at(-1);
  if (frame === undefined) return line('');
  const all = model.variables(frame.frame, row);
  const words = new Set(
    lineText(stage, model, step).match(/[\p{L}_$][\p{L}\d_$]*/gu),
  );
  const weight = (one: VariableView): number =>
    Number(one.now) * 2 + Number(words.has(one.name));
  const sorted = [...all].sort((a, b) => weight(b) - weight(a));
  const texts = sorted
    .slice(0, 8)
    .map(
      ({ name, value, now }) =>
        `${now ? '*' : ''}${name} = ${model.show(value, row, 40)}`,
    );
  return line(
    fit(texts.length === 0 ? '' : `values: ${texts.join(', ')}`, columns),
    'faint',
  );
}
