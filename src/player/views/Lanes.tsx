/** Who did what, when: one lane an actor, time downwards, a window of steps. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import {
  layLanes,
  stepAt,
  topOf,
  type LaneLayout,
  type Sizes,
} from '../draw/lanes.ts';
import type { Player } from '../player.ts';
import { LaneHead } from './LaneHead.tsx';
import { LanePicture } from './LanePicture.tsx';
import { useSize, type Size } from './use-size.ts';

/** Steps drawn beyond the visible ones; windows move by as many. */
const margin = 12;
/** Where the current step comes to stand, as a part of the height. */
const rest = 0.55;

export function Lanes({ player }: { readonly player: Player }) {
  const model = player.model.value;
  return model ? <OpenLanes player={player} model={model} /> : null;
}

function OpenLanes({
  player,
  model,
}: {
  readonly player: Player;
  readonly model: TraceModel;
}) {
  const { n, level, view, lane } = player.state.value;
  const [ref, size] = useSize<HTMLDivElement>();
  const picture = Math.max(1, n);
  const sizes = sizesFor(size, model.count(level), view === 'lanes');
  const layout = useMemo(
    () => layLanes(model, level, picture, sizes),
    [
      model,
      level,
      Math.floor((picture - 1) / 60_000),
      sizes.width,
      sizes.row,
      sizes.label,
    ],
  );
  const [top, setTop] = useState(0);
  useFollow(ref.current, layout, n, model.step(level, picture).lane, size);
  const beats = useMemo(
    () => new Set(player.beatRows.value.map((row) => model.at(level, row))),
    [player.beatRows.value, model, level],
  );
  const blocks = (y: number) => Math.floor(stepAt(layout, y) / margin) * margin;
  const from = Math.max(layout.first, blocks(top) - margin);
  const to = Math.min(layout.last, blocks(top + size.height) + 2 * margin);
  if (layout.last === 0)
    return <p class="empty">Nothing happened at this level of detail.</p>;
  return (
    <div
      class="l-body"
      ref={ref}
      tabIndex={0}
      role="region"
      aria-label="Lanes"
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
    >
      <LaneHead model={model} layout={layout} chosen={lane} player={player} />
      <LanePicture
        model={model}
        layout={layout}
        n={n}
        from={from}
        to={to}
        beats={beats}
        id="stage"
        onPick={(y) => {
          player.send({ type: 'seek', n: stepAt(layout, y) });
        }}
      />
    </div>
  );
}

/** Keeps the current step in its place; far jumps and quick steps do not glide. */
function useFollow(
  body: HTMLElement | null,
  layout: LaneLayout,
  n: number,
  lane: number,
  { width, height }: Size,
): void {
  const last = useRef({ n: 0, at: 0 });
  useLayoutEffect(() => {
    if (!body || n === 0) return;
    const now = performance.now();
    const near =
      Math.abs(n - last.current.n) <= 3 && now - last.current.at > 220;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    last.current = { n, at: now };
    const head = body.firstElementChild?.clientHeight ?? 0;
    const x = layout.xs[lane] ?? 0;
    const seen =
      x > body.scrollLeft + layout.gutter && x < body.scrollLeft + width - 30;
    body.scrollTo({
      top: Math.max(0, topOf(layout, n) - (height - head) * rest),
      left: seen ? body.scrollLeft : x - width / 2,
      behavior: near && !still ? 'smooth' : 'instant',
    });
  }, [body, layout, n, lane, width, height]);
}

function isPhone(): boolean {
  return typeof innerWidth === 'number' && innerWidth <= 760;
}

/** Sizes that can be read: from the back of a room when lanes are alone. */
function sizesFor(
  { width, height }: Size,
  count: number,
  alone: boolean,
): Sizes {
  if (isPhone())
    return {
      width,
      row: 37,
      label: 13,
      name: 13.5,
      gutter: 34,
      lozenges: false,
    };
  const fits = Math.floor((height - 60) / Math.max(1, count));
  const shared = { width, gutter: 46, lozenges: true };
  if (alone && width > 700)
    return {
      ...shared,
      row: Math.max(42, Math.min(52, fits)),
      label: 18,
      name: 19,
    };
  return {
    ...shared,
    row: Math.max(35, Math.min(46, fits)),
    label: 14,
    name: 15,
  };
}
