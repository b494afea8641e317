/** Who did what, when: one lane an actor, time downwards, a window of steps. */
import { useMemo } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import { layLanes, stepAt } from '../draw/lanes.ts';
import type { Player } from '../player.ts';
import { LaneHead } from './LaneHead.tsx';
import { LaneTools } from './LaneTools.tsx';
import { LanePicture } from './LanePicture.tsx';
import { sizesFor } from './lane-sizes.ts';
import { useFollow } from './use-follow.ts';
import { useSize } from './use-size.ts';

/** Steps drawn beyond the visible ones; windows move by as many. */
const margin = 6;

export function Lanes({ player }: { readonly player: Player }) {
  const model = player.model;
  return model ? <OpenLanes player={player} model={model} /> : null;
}

function OpenLanes({
  player,
  model,
}: {
  readonly player: Player;
  readonly model: TraceModel;
}) {
  const { n, level, view, lane } = player.state;
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
  const [top, setTop] = useFollow(
    ref.current,
    layout,
    n,
    model.step(level, picture).lane,
    size,
  );
  const beats = useMemo(
    () => new Set(player.beatRows.map((row) => model.at(level, row))),
    [player.beatRows, model, level],
  );
  const blockAt = (y: number) =>
    Math.floor(stepAt(layout, y) / margin) * margin;
  const seen = blockAt(top);
  const rows = Math.ceil(size.height / layout.row);
  const from = Math.max(layout.first, seen - margin);
  const to = Math.min(layout.last, seen + rows + 2 * margin);
  if (layout.last === 0)
    return <p class="empty">Nothing happened at this level of detail.</p>;
  return (
    <>
      <LaneTools player={player} model={model} />
      <div
        class="l-body"
        ref={ref}
        tabIndex={0}
        role="region"
        aria-label="Lanes"
        onScroll={(event) => {
          const { scrollTop } = event.currentTarget;
          if (blockAt(scrollTop) !== seen) setTop(scrollTop);
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
    </>
  );
}
