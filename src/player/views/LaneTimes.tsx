/** Virtual time, where it passes: between two rows, never within one. */
import { useMemo } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import { timeText } from './time-text.ts';

interface Props {
  readonly model: TraceModel;
  readonly layout: LaneLayout;
  /** The cursor's step, and the steps that are drawn. */
  readonly n: number;
  readonly from: number;
  readonly to: number;
}

export function LaneTimes({ model, layout, n, from, to }: Props) {
  const times = useMemo(
    () => timesOf(model, layout, from, to),
    [model, layout, from, to],
  );
  // At the lamp the clock below says it.
  const shown = times.filter(({ at }) => at !== n && at !== n + 1);
  return (
    <>
      {shown.map(({ at, text }) => (
        <text
          key={at}
          class={at > n ? 'l-time later' : 'l-time'}
          x="4"
          y={topOf(layout, at) + 4}
        >
          {text}
        </text>
      ))}
    </>
  );
}

function timesOf(
  model: TraceModel,
  { level, first }: LaneLayout,
  from: number,
  to: number,
): { at: number; text: string }[] {
  const times: { at: number; text: string }[] = [];
  for (let at = Math.max(from, first) + 1; at <= to; at += 1) {
    const text = timeText(model.step(level, at).time);
    const before = timeText(model.step(level, at - 1).time);
    if (text !== before) times.push({ at, text });
  }
  return times;
}
