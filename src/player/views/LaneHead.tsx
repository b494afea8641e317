/** The names over the lanes; pressing one makes it the actor that `a` follows. */
import type { TraceModel } from '../../trace/model.ts';
import { button, type LaneLayout } from '../draw/lanes.ts';
import { fit } from '../draw/text.ts';
import type { Player } from '../player.ts';

interface Props {
  readonly model: TraceModel;
  readonly layout: LaneLayout;
  readonly chosen: number | undefined;
  /** Absent in a still, where nothing can be pressed. */
  readonly player?: Player;
}

export function LaneHead({ model, layout, chosen, player }: Props) {
  return (
    <div
      class="l-heads"
      style={{
        width: `${layout.width}px`,
        height: `${layout.head}px`,
        fontSize: `${layout.name}px`,
      }}
    >
      {model.lanes.map(({ id, noun, role, played }, i) => {
        const x = layout.xs[i] ?? 0;
        const before = layout.xs[i - 1];
        const after = layout.xs[i + 1];
        const room = Math.min(
          before === undefined ? 2 * (x - button) : x - before - 10,
          after === undefined ? 2 * (layout.width - x) - 4 : after - x - 10,
        );
        const under = fit(played ? 'played' : role, layout.name * 0.87, room);
        const content = (
          <>
            {layout.names[i]}
            {!layout.staggered && <small>{under}</small>}
          </>
        );
        const shared = {
          class: layout.staggered && i % 2 ? 'l-name upper' : 'l-name',
          style: { left: `${x}px` },
          title: `${noun}${role ? `, ${role}` : ''}${played ? ', played by the scenario' : ''}`,
        };
        return player ? (
          <button
            key={id}
            type="button"
            {...shared}
            aria-pressed={chosen === i}
            onClick={() => {
              player.send({ type: 'lane', lane: chosen === i ? undefined : i });
            }}
          >
            {content}
          </button>
        ) : (
          <span key={id} {...shared}>
            {content}
          </span>
        );
      })}
    </div>
  );
}
