/**
 * Which view stands beside or below the source, if any.
 */
import { viewNames, viewsOf } from '../../player/content.ts';
import type { View } from '../../player/state.ts';
import type { TraceModel } from '../../trace/model.ts';
import { besideLines } from './beside.ts';
import { paneLines } from './panes.ts';
import type { Stage } from './stage.ts';
import { line, rule, wrap } from './text.ts';
import type { Line, Size } from './text.ts';

/** From here on the other view stands beside the source. */
export const wideColumns = 120;
export const tallRows = 36;

/** Draws a titled view into a size. */
export type Pane = (size: Size) => Line[];

/** The view beside the source; undefined when there is none, or no room. */
export function paneOf(
  stage: Stage,
  model: TraceModel,
  size: Size,
): Pane | undefined {
  const { state, setup, prose } = stage;
  const { level, n } = state;
  const titled =
    (title: string, draw: (size: Size) => Line[]): Pane =>
    (inner) => [
      line(rule(title, inner.columns), 'faint'),
      ...draw({ ...inner, rows: inner.rows - 1 }),
    ];
  const { against } = setup;
  if (stage.beside && against !== undefined) {
    const pair = { model, other: against.model, otherName: against.name };
    return titled('Beside', ({ columns, rows }) =>
      besideLines(
        { ...pair, level, n, first: stage.divergence },
        columns,
        rows,
      ),
    );
  }
  if (prose) {
    const text = beatText(stage, model);
    return titled('Text', ({ columns }) =>
      text.flatMap((one) => [
        ...wrap(one, columns).map((part) => line(part)),
        line(''),
      ]),
    );
  }
  const view = state.view === 'all' ? firstView(model) : state.view;
  if (view === 'source' || view === undefined) return undefined;
  const has = size.columns >= wideColumns || size.rows >= tallRows;
  if (state.view === 'all' && !has) return undefined;
  return titled(viewNames[view], ({ rows }) => {
    const lines = paneLines(view, model, state, rows);
    return lines.length > 0
      ? lines
      : [line('Nothing here at this step.', 'faint')];
  });
}

/** What says most beside the source. */
function firstView(model: TraceModel): View | undefined {
  const has = viewsOf(model);
  const order: readonly View[] = [
    'wire',
    'objects',
    'queues',
    'states',
    'lanes',
  ];
  return order.find((view) => has.includes(view));
}

/** The text of the last beat at or before the cursor. */
function beatText(
  { setup, state }: Stage,
  model: TraceModel,
): readonly string[] {
  let best: readonly string[] = [];
  let nearest = -1;
  for (const { scenario, address, text } of setup.beats) {
    const at = scenario === state.scenario ? model.find(address) : undefined;
    if (at === undefined || at > state.row || at < nearest) continue;
    [best, nearest] = [text, at];
  }
  return best.length > 0
    ? best
    : ['The chapter says nothing of this step; b goes to the next beat.'];
}
