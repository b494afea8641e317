/** The state machine the run really went through, the current state lit. */
import { useState } from 'preact/hooks';
import type { MachineView } from '../../trace/model.ts';
import type { Player } from '../player.ts';
import { Machine } from './Machine.tsx';

export function States({ player }: { readonly player: Player }) {
  const [chosen, choose] = useState('');
  const machines = player.model?.machines(player.moments.states) ?? [];
  const keyOf = (machine: MachineView) => `${machine.name} ${machine.object}`;
  const machine =
    machines.find((one) => keyOf(one) === chosen) ??
    machines.find((one) => one.edges.some((edge) => edge.now)) ??
    machines[0];
  return (
    <>
      <h3>
        {machine?.name ?? 'States'}
        {machines.length > 1 && machine ? (
          <select
            class="more"
            aria-label="Which one"
            value={keyOf(machine)}
            onChange={(event) => {
              choose(event.currentTarget.value);
            }}
          >
            {machines.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {one.name} {one.object}
              </option>
            ))}
          </select>
        ) : (
          <span class="more">{machine?.object}</span>
        )}
      </h3>
      {machine ? (
        <Machine machine={machine} player={player} />
      ) : (
        <p class="empty">No state machine at this step.</p>
      )}
    </>
  );
}
