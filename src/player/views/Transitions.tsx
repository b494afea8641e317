/** The edges of a machine as a list, for the keyboard and for reading aloud. */
import type { MachineView } from '../../trace/model.ts';
import type { Player } from '../player.ts';

export function Transitions({
  machine,
  player,
}: {
  readonly machine: MachineView;
  readonly player: Player;
}) {
  return (
    <ul class="m-list" aria-label="Transitions of this run">
      {machine.edges.map(({ from, to, taken, total, now, next }) => (
        <li key={`${from}>${to}`}>
          <button
            type="button"
            class={now ? 'now' : ''}
            onClick={() => {
              player.send({ type: 'row', row: next });
            }}
          >
            {from || 'start'} → {to} <b>{taken}×</b> of {total}
          </button>
        </li>
      ))}
    </ul>
  );
}
