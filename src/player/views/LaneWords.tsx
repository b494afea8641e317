/** Numbers, beats and labels: in pencil, in ink, and at the lamp. */
import type { Label } from '../draw/labels.ts';
import { middleOf, type LaneLayout } from '../draw/lanes.ts';

interface FlagProps {
  readonly layout: LaneLayout;
}

/** The point of the flag; beats have their place behind it. */
function pointOf({ gutter, lozenges }: LaneLayout): number {
  return gutter - (lozenges ? 10 : 6);
}

export function Flag({ layout }: FlagProps) {
  const y = layout.row / 2;
  const end = pointOf(layout);
  return (
    <path
      class="l-flag"
      d={`M0 ${y - 12}H${end - 6}L${end} ${y}L${end - 6} ${y + 12}H0Z`}
    />
  );
}

interface WordsProps extends FlagProps {
  readonly from: number;
  readonly to: number;
  readonly beats: ReadonlySet<number>;
  readonly labels: readonly Label[];
}

export function LaneWords({ layout, from, to, beats, labels }: WordsProps) {
  const steps = Array.from(
    { length: Math.max(0, to - from + 1) },
    (_, i) => from + i,
  );
  const x = layout.gutter - 5;
  return (
    <>
      {steps.map((step) => (
        <text
          class="l-number"
          x={pointOf(layout) - 9}
          y={middleOf(layout, step) + 4.5}
        >
          {step}
        </text>
      ))}
      {layout.lozenges &&
        steps
          .filter((step) => beats.has(step))
          .map((step) => (
            <path
              class="l-beat"
              d={`M${x} ${middleOf(layout, step) - 4}l4 4l-4 4l-4-4Z`}
            />
          ))}
      {labels
        .filter(({ n }) => n >= from && n <= to)
        .map(({ text, refused, x: at, y, anchor }) => (
          <text
            class={refused ? 'l-label refused' : 'l-label'}
            x={at}
            y={y}
            text-anchor={anchor}
          >
            {text}
          </text>
        ))}
    </>
  );
}
