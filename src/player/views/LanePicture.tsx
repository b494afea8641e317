/** The lanes as a picture: a window of steps, with the lamp at one of them. */
import { useMemo } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import { sceneOf } from '../draw/scene.ts';
import { LaneMarks } from './LaneMarks.tsx';
import { LaneTimes } from './LaneTimes.tsx';
import { Flag, LaneWords } from './LaneWords.tsx';

interface Props {
  readonly model: TraceModel;
  readonly layout: LaneLayout;
  /** The cursor's step, and the steps that are drawn. */
  readonly n: number;
  readonly from: number;
  readonly to: number;
  /** Steps that beats stand at. */
  readonly beats: ReadonlySet<number>;
  readonly id: string;
  /** Of a picture that shows only its window, as a still does. */
  readonly crop?: boolean;
  /** Takes the height that was pressed. */
  readonly onPick?: (y: number) => void;
}

const hands = ['pencil', 'ink'] as const;

export function LanePicture({
  model,
  layout,
  n,
  from,
  to,
  beats,
  id,
  crop = false,
  onPick,
}: Props) {
  const scene = useMemo(
    () => sceneOf(model, layout, from, to),
    [model, layout, from, to],
  );
  const marks = useMemo(
    () =>
      hands.map((hand) => (
        <>
          <LaneMarks scene={scene} layout={layout} hand={hand} id={id} />
          <g class={hand} clip-path={`url(#${id}-words-${hand})`}>
            <LaneWords
              layout={layout}
              from={from}
              to={to}
              beats={beats}
              labels={scene.labels}
            />
          </g>
        </>
      )),
    [scene, layout, from, to, beats, id],
  );
  const { width, row } = layout;
  const here = topOf(layout, n);
  const start = crop ? topOf(layout, from) : 0;
  const height = crop ? topOf(layout, to + 1) - start : layout.height;
  const cuts = [
    ['ink', 0, here + row],
    ['pencil', here + row, layout.height],
    ['words-ink', 0, here],
    ['words-pencil', here + row, layout.height],
  ] as const;
  return (
    <svg
      class="l-picture"
      style={{ '--label': `${layout.label}px` }}
      width={width}
      height={height}
      viewBox={`0 ${start} ${width} ${height}`}
      role="img"
      aria-label={`Lanes, time downwards: ${model.lanes.map((lane) => lane.id).join(', ')}. Step ${n}.`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onPick?.((event.clientY - box.top) * (height / box.height));
      }}
    >
      {cuts.map(([name, y, end]) => (
        <clipPath key={name} id={`${id}-${name}`}>
          <rect y={y} width={width} height={Math.max(0, end - y)} />
        </clipPath>
      ))}
      <g class="l-cursor" style={{ transform: `translateY(${here}px)` }}>
        <rect class="l-band" width={width} height={row} />
        <path class="l-edge" d={`M0 0H${width}M0 ${row}H${width}`} />
        <Flag layout={layout} />
      </g>
      {marks}
      <LaneTimes model={model} layout={layout} n={n} from={from} to={to} />
      <g class="now">
        <LaneWords
          layout={layout}
          from={n}
          to={n}
          beats={beats}
          labels={scene.labels}
        />
      </g>
    </svg>
  );
}
