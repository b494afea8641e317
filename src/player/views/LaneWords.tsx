/** A step's ring, number, beat and labels: in pencil, in ink, or at the lamp. */
import { middleOf, type LaneLayout } from '../draw/lanes.ts';
import type { Scene } from '../draw/scene.ts';

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
  readonly step: number;
  readonly beat: boolean;
  readonly scene: Scene;
}

export function LaneWords({ layout, step, beat, scene }: WordsProps) {
  const middle = middleOf(layout, step);
  const own = ({ n }: { readonly n: number }) => n === step;
  return (
    <>
      {scene.rings.filter(own).map(({ x, y }) => (
        <circle class="l-ring" cx={x} cy={y} r="6" />
      ))}
      <text class="l-number" x={pointOf(layout) - 9} y={middle + 4.5}>
        {step}
      </text>
      {layout.lozenges && beat && (
        <path
          class="l-beat"
          d={`M${layout.gutter - 5} ${middle - 4}l4 4l-4 4l-4-4Z`}
        />
      )}
      {scene.labels
        .filter(own)
        .map(({ text, refused, quiet, x, y, anchor }) => (
          <text
            class={`l-label${refused ? ' refused' : ''}${quiet ? ' quiet' : ''}`}
            x={x}
            y={y}
            text-anchor={anchor}
          >
            {text}
          </text>
        ))}
    </>
  );
}
