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
  const steps = useMemo(() => inPlace(from, to), [from, to]);
  const words = useMemo(
    () =>
      steps.map((step) => (
        <LaneWords
          layout={layout}
          step={step}
          beat={beats.has(step)}
          scene={scene}
        />
      )),
    [scene, layout, steps, beats],
  );
  const { width, row } = layout;
  const here = topOf(layout, n);
  const start = crop ? topOf(layout, from) : 0;
  const height = crop ? topOf(layout, to + 1) - start : layout.height;
  const cut = here + row;
  return (
    <svg
      class={layout.crowded ? 'l-picture crowded' : 'l-picture'}
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
      <g class="l-cursor" style={{ transform: `translateY(${here}px)` }}>
        <rect class="l-band" width={width} height={row} />
        <path class="l-edge" d={`M0 0H${width}M0 ${row}H${width}`} />
        <Flag layout={layout} />
      </g>
      <LaneMarks
        scene={scene}
        layout={layout}
        hand="pencil"
        top={cut}
        bottom={layout.height}
        id={id}
      />
      <LaneMarks
        scene={scene}
        layout={layout}
        hand="ink"
        top={0}
        bottom={cut}
        id={id}
      />
      {steps.map((step, i) => (
        <g
          class={step < n ? 'ink' : step > n ? 'pencil' : 'now'}
          // The next step's words leave the lamp's edge whole.
          clip-path={step === n + 1 ? `url(#${id}-pencil)` : undefined}
        >
          {words[i]}
        </g>
      ))}
      <LaneTimes layout={layout} scene={scene} n={n} from={from} />
    </svg>
  );
}

/**
 * The steps of a window, each in the place that it keeps while the window
 * moves: what leaves it makes room for what comes, and the rest stays.
 */
function inPlace(from: number, to: number): number[] {
  const count = Math.max(0, to - from + 1);
  return Array.from({ length: count }, (_, place) => {
    const ahead = place - ((from - 1) % count);
    return from + ((ahead + count) % count);
  });
}
