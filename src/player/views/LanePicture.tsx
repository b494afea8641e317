/** The lanes as a picture: a window of steps, with the lamp at one of them. */
import { useMemo } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import type { Label } from '../draw/labels.ts';
import { sceneOf } from '../draw/scene.ts';
import { LaneMarks } from './LaneMarks.tsx';
import { Flag, StepNumber, when } from './LaneNumbers.tsx';

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
  const marks = useMemo(
    () => [
      <LaneMarks scene={scene} layout={layout} hand="pencil" id={id} />,
      <LaneMarks scene={scene} layout={layout} hand="ink" id={id} />,
    ],
    [scene, layout, id],
  );
  const { width } = layout;
  const cut = topOf(layout, n + 1);
  const start = crop ? topOf(layout, from) : 0;
  const height = crop ? topOf(layout, to + 1) - start : layout.height;
  const steps = Array.from(
    { length: Math.max(0, to - from + 1) },
    (_, i) => from + i,
  );
  return (
    <svg
      class="l-picture"
      style={{ '--label': `${layout.label}px` }}
      width={width}
      height={height}
      viewBox={`0 ${start} ${width} ${height}`}
      role="img"
      aria-label={`Lanes, time downwards: ${model.lanes.map((lane) => lane.id).join(', ')}. Step ${n}.`}
      onClick={(event) =>
        onPick?.(
          event.clientY - event.currentTarget.getBoundingClientRect().top,
        )
      }
    >
      <clipPath id={`${id}-ink`}>
        <rect width={width} height={Math.max(0, cut)} />
      </clipPath>
      <clipPath id={`${id}-pencil`}>
        <rect y={cut} width={width} height={Math.max(0, layout.height - cut)} />
      </clipPath>
      <g
        class="l-cursor"
        style={{ transform: `translateY(${topOf(layout, n)}px)` }}
      >
        <rect class="l-band" width={width} height={layout.row} />
        <path class="l-edge" d={`M0 0H${width}M0 ${layout.row}H${width}`} />
        <Flag layout={layout} />
      </g>
      {marks}
      {steps.map((step) => (
        <StepNumber
          key={step}
          step={step}
          n={n}
          layout={layout}
          beat={beats.has(step)}
        />
      ))}
      {scene.labels.map((label) => (
        <LabelText label={label} n={n} />
      ))}
    </svg>
  );
}

function LabelText({
  label: { n: step, text, refused, x, y, anchor },
  n,
}: {
  readonly label: Label;
  readonly n: number;
}) {
  return (
    <text
      class={`l-label ${when(step, n)}${refused ? ' refused' : ''}`}
      x={x}
      y={y}
      text-anchor={anchor}
    >
      {text}
    </text>
  );
}
