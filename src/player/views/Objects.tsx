/** The objects and who owns whom; what this step changed is lit. */
import type { ComponentChild, VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { ThingView, TraceModel } from '../../trace/model.ts';
import { thingsOver } from '../changed.ts';
import { arrange, nodesOf, type Arrangement } from '../draw/objects.ts';
import type { Player } from '../player.ts';
import type { DocumentProps } from './Document.tsx';
import { later } from './later.tsx';
import { ObjectBox } from './ObjectBox.tsx';
import { ObjectEdges } from './ObjectEdges.tsx';
import { useReveal } from './use-reveal.ts';
import { useSize } from './use-size.ts';

const Document = later<DocumentProps>(() =>
  import('./Document.tsx').then((file) => file.Document),
);

export function Objects({ player }: { readonly player: Player }) {
  const model = player.model;
  return (
    <>
      <h3>Objects</h3>
      {model && <OpenObjects player={player} model={model} />}
    </>
  );
}

function OpenObjects({
  player,
  model,
}: {
  readonly player: Player;
  readonly model: TraceModel;
}) {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const nodes = useMemo(() => nodesOf(model), [model]);
  const { thing, view } = player.state;
  const zoom = view === 'objects' && width > 640 ? 1.25 : 1;
  const plan = useMemo(
    () => arrange(nodes, width / zoom),
    [nodes, width, zoom],
  );
  const row = player.moments.objects;
  const things = thingsOver(model, player.state.row, row);
  const touched = things.find((one) => one.touched)?.id;
  useReveal(ref.current, plan, touched);
  const boxes = useBoxes(things, plan, player);
  if (things.length === 0)
    return <p class="empty">No objects exist in this run.</p>;
  if (thing !== undefined)
    return <Document player={player} model={model} id={thing} row={row} />;
  return (
    <div
      class="o-body"
      ref={ref}
      tabIndex={0}
      role="region"
      aria-label="Objects and who owns them"
    >
      <div
        class="o-plan"
        style={{ width: `${plan.width}px`, height: `${plan.height}px`, zoom }}
      >
        <ObjectEdges
          plan={plan}
          unborn={
            new Set(
              things
                .filter((one) => one.state === 'future')
                .map((one) => one.id),
            )
          }
        />
        {boxes}
      </div>
    </div>
  );
}

/**
 * The boxes; one that did not change since the last step is the same element
 * as then, so that forty objects cost no more than the one that changed.
 */
function useBoxes(
  things: readonly ThingView[],
  plan: Arrangement,
  player: Player,
): ComponentChild[] {
  const kept = useRef(new Map<string, readonly [string, VNode]>());
  useMemo(() => {
    kept.current.clear();
  }, [plan]);
  return plan.boxes.map((box) => {
    const thing = things.find((one) => one.id === box.id);
    if (!thing) return null;
    const now = JSON.stringify(thing);
    const had = kept.current.get(box.id);
    if (had?.[0] === now) return had[1];
    const open = () => {
      player.send({ type: 'thing', thing: box.id });
    };
    const node = (
      <ObjectBox key={box.id} thing={thing} box={box} onOpen={open} />
    );
    kept.current.set(box.id, [now, node]);
    return node;
  });
}
