/** The lines to owners; dashed while the owned one does not exist. */
import type { Arrangement } from '../draw/objects.ts';

export function ObjectEdges({
  plan,
  unborn,
}: {
  readonly plan: Arrangement;
  readonly unborn: ReadonlySet<string>;
}) {
  return (
    <svg width={plan.width} height={plan.height} aria-hidden="true">
      {plan.edges.map(({ id, path, head }) => {
        const later = unborn.has(id);
        return (
          <g key={id}>
            <path class={later ? 'o-edge future' : 'o-edge'} d={path} />
            {!later && <path class="o-head" d={head} />}
          </g>
        );
      })}
    </svg>
  );
}
