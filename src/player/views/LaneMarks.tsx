/** The marks of the lanes in one hand: pencil for the future, ink for the past. */
import type { LaneLayout } from '../draw/lanes.ts';
import type { ArrowMark, BarMark, Scene } from '../draw/scene.ts';

interface Props {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly hand: 'pencil' | 'ink';
  /** Prefix of the picture's names for clips and patterns. */
  readonly id: string;
}

export function LaneMarks({ scene, layout, hand, id }: Props) {
  const hatch = `url(#${id}-hatch-${hand})`;
  return (
    <g class={hand} clip-path={`url(#${id}-${hand})`}>
      <pattern
        id={`${id}-hatch-${hand}`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="l-ground" width="6" height="6" />
        <path class="l-hatch" d="M0 0V6" />
      </pattern>
      {layout.xs.map((x) => (
        <path class="l-line" d={`M${x} 0V${layout.height}`} />
      ))}
      {scene.bars.map((bar) => (
        <Bar bar={bar} hatch={hatch} />
      ))}
      {scene.arrows.map((arrow) => (
        <Arrow arrow={arrow} row={layout.row} />
      ))}
      {scene.rings.map(({ x, y }) => (
        <circle class="l-ring" cx={x} cy={y} r="6" />
      ))}
    </g>
  );
}

function Bar({
  bar: { activity, x, top, bottom, why },
  hatch,
}: {
  readonly bar: BarMark;
  readonly hatch: string;
}) {
  if (activity === 'sleeping')
    return (
      <>
        <path class="l-bare" d={`M${x} ${top}V${bottom}`} />
        <path class="l-sleep" d={`M${x} ${top + 4}V${bottom - 3}`} />
      </>
    );
  const half = activity === 'running' ? 5 : 4;
  return (
    <rect
      class={activity === 'running' ? 'l-run' : 'l-block'}
      x={x - half}
      y={top}
      width={half * 2}
      height={bottom - top}
      {...(activity === 'blocked' && { fill: hatch })}
    >
      {why && <title>waits {why}</title>}
    </rect>
  );
}

function Arrow({
  arrow: { style, x1, y1, x2, y2, track },
  row,
}: {
  readonly arrow: ArrowMark;
  readonly row: number;
}) {
  const to = x2 > x1 ? 1 : -1;
  const refused = style === 'refused';
  const solid = style === 'write' || style === 'call';
  const endX = refused ? x1 + (x2 - x1) * 0.45 : x2 - to * 6;
  const angle =
    track === undefined ? Math.atan2(y2 - y1, endX - x1) : to > 0 ? 0 : Math.PI;
  const degrees = round((angle * 180) / Math.PI);
  const way =
    track === undefined
      ? ''
      : `L${round(track)} ${round(y1 + row / 2)}V${round(y2)}`;
  const shaft = solid ? 6 : 1;
  const tip = `translate(${round(endX)} ${round(y2)}) rotate(${degrees})`;
  return (
    <>
      <path
        class={`l-arrow ${style}`}
        d={`M${round(x1 + to * 5)} ${round(y1)}${way}L${round(endX - shaft * Math.cos(angle))} ${round(y2 - shaft * Math.sin(angle))}`}
      />
      {refused && (
        <path
          class="l-cross"
          d={`M${round(endX - 6)} ${round(y2 - 6)}l12 12m0-12l-12 12`}
        />
      )}
      {solid && <path class="l-head" transform={tip} d="M0 0L-12 5.5V-5.5Z" />}
      {!refused && !solid && (
        <path class="l-open" transform={tip} d="M-9 5.5L0 0L-9-5.5" />
      )}
    </>
  );
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
