/** A step as a picture that never moves: its lanes and the objects it changed. */
import type { TraceModel } from '../../trace/model.ts';
import { arrange, nodesOf } from '../draw/objects.ts';
import { layLanes } from '../draw/lanes.ts';
import { LaneHead } from './LaneHead.tsx';
import { LanePicture } from './LanePicture.tsx';
import { ObjectBox } from './ObjectBox.tsx';

interface Props {
  readonly model: TraceModel;
  /** The story step. */
  readonly n: number;
  /** Unique on the page. */
  readonly id: string;
}

/** Steps shown before and after the one that is meant. */
const before = 4;
const after = 2;

export function Still({ model, n, id }: Props) {
  const { row } = model.step('story', n);
  const layout = layLanes(model, 'story', n, {
    width: 620,
    row: 36,
    label: 14,
    name: 15,
    head: 41.25,
    gutter: 46,
    lozenges: false,
  });
  const last = Math.min(layout.last, Math.max(n + after, before + after + 1));
  const first = Math.max(1, Math.min(n - before, last - before - after));
  const things = model.things(row).filter((thing) => thing.touched);
  const nodes = nodesOf(model).filter((node) =>
    things.some((thing) => thing.id === node.id),
  );
  const plan = arrange(
    nodes.map((node) => ({ ...node, depth: 0, owner: undefined })),
    620,
  );
  return (
    <div class="still-picture">
      <LaneHead model={model} layout={layout} chosen={undefined} />
      <LanePicture
        model={model}
        layout={layout}
        n={n}
        from={first}
        to={last}
        beats={new Set()}
        id={id}
        crop
      />
      {things.length > 0 && (
        <div class="o-plan" style={{ height: `${plan.height}px` }}>
          {plan.boxes.map((box) => {
            const thing = things.find((one) => one.id === box.id);
            return thing && <ObjectBox key={box.id} thing={thing} box={box} />;
          })}
        </div>
      )}
    </div>
  );
}
