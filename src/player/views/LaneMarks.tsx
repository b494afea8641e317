/** The marks of the lanes in one hand: pencil for the future, ink for the past. */
import { useMemo } from 'preact/hooks';
import type { LaneLayout } from '../draw/lanes.ts';
import type { ArrowMark, BarMark, Scene } from '../draw/scene.ts';

interface Props {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly hand: 'pencil' | 'ink';
  /** What this hand draws: its upper and its lower edge. */
  readonly top: number;
  readonly bottom: number;
  /** Prefix of the picture's names for clips and patterns. */
  readonly id: string;
}

/** How far a mark reaches beyond its line, at most. */
const reach = 8;

export function LaneMarks({ scene, layout, hand, top, bottom, id }: Props) {
  const hatch = `url(#${id}-hatch-${hand})`;
  const marks = useMemo(
    () => [
      ...scene.bars.map((bar) => ({
        top: bar.top - reach,
        bottom: bar.bottom + reach,
        mark: <Bar key={nameOf(bar)} bar={bar} hatch={hatch} />,
      })),
      ...scene.arrows.map((arrow) => ({
        top: Math.min(arrow.y1, arrow.y2) - reach,
        bottom: Math.max(arrow.y1, arrow.y2) + reach,
        mark: <Arrow key={nameOf(arrow)} arrow={arrow} row={layout.row} />,
      })),
    ],
    [scene, layout, hatch],
  );
  const lines = useMemo(
    () =>
      layout.xs.map((x) => (
        <path key={x} class="l-line" d={`M${x} 0V${layout.height}`} />
      )),
    [layout],
  );
  return (
    <>
      <clipPath id={`${id}-${hand}`}>
        <rect y={top} width={layout.width} height={Math.max(0, bottom - top)} />
      </clipPath>
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
        {lines}
        {marks
          .filter((one) => one.bottom > top && one.top < bottom)
          .map(({ mark }) => mark)}
      </g>
    </>
  );
}

/** A name that a mark keeps while the window moves. */
function nameOf(mark: BarMark | ArrowMark): string {
  return Object.values(mark).join(' ');
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
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  /** A point before the tip: so far along the arrow, so far beside it. */
  const at = (along: number, beside: number) =>
    `${round(endX + along * cos - beside * sin)} ${round(y2 + along * sin + beside * cos)}`;
  const way =
    track === undefined
      ? ''
      : `L${round(track)} ${round(y1 + row / 2)}V${round(y2)}`;
  return (
    <>
      <path
        class={`l-arrow ${style}`}
        d={`M${round(x1 + to * 5)} ${round(y1)}${way}L${at(solid ? -6 : -1, 0)}`}
      />
      {refused && (
        <path
          class="l-cross"
          d={`M${round(endX - 6)} ${round(y2 - 6)}l12 12m0-12l-12 12`}
        />
      )}
      {solid && (
        <path
          class="l-head"
          d={`M${at(0, 0)}L${at(-12, 5.5)}L${at(-12, -5.5)}Z`}
        />
      )}
      {!refused && !solid && (
        <path
          class="l-open"
          d={`M${at(-9, 5.5)}L${at(0, 0)}L${at(-9, -5.5)}`}
        />
      )}
    </>
  );
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
