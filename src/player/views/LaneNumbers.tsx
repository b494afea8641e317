/** The column left of the lanes: numbers, beats, and the flag at now. */
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

interface NumberProps extends FlagProps {
  readonly step: number;
  /** The cursor's step. */
  readonly n: number;
  readonly beat: boolean;
}

export function StepNumber({ step, n, layout, beat }: NumberProps) {
  const y = middleOf(layout, step);
  const x = layout.gutter - 5;
  return (
    <>
      <text
        class={`l-number ${when(step, n)}`}
        x={pointOf(layout) - 9}
        y={y + 4.5}
      >
        {step}
      </text>
      {beat && layout.lozenges && (
        <path
          class={`l-beat ${when(step, n)}`}
          d={`M${x} ${y - 4}l4 4l-4 4l-4-4Z`}
        />
      )}
    </>
  );
}

/** Before, at or after the cursor. */
export function when(step: number, n: number): 'past' | 'now' | 'future' {
  return step < n ? 'past' : step > n ? 'future' : 'now';
}
