/** The state machine the run really went through, the current state lit. */
import { useMemo, useState } from 'preact/hooks';
import type { MachineView } from '../../trace/model.ts';
import { layMachine } from '../draw/machine.ts';
import type { Player } from '../player.ts';
import { Transitions } from './Transitions.tsx';
import { useSize } from './use-size.ts';

export function States({ player }: { readonly player: Player }) {
  const [chosen, choose] = useState('');
  const machines = player.model.value?.machines(player.moment.value) ?? [];
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

function Machine({
  machine,
  player,
}: {
  readonly machine: MachineView;
  readonly player: Player;
}) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const shape = `${machine.name} ${machine.states.join()} ${machine.edges.map(({ from, to }) => `${from}>${to}`).join()}`;
  const layout = useMemo(
    () => layMachine(machine, width, Math.max(150, height - 4)),
    [shape, width, height],
  );
  const { pill, size } = layout;
  return (
    <div class="m-body">
      <div class="m-plan" ref={ref}>
        <svg
          width={width}
          height={Math.max(150, height - 4)}
          role="img"
          aria-label={`${machine.name}: now ${machine.current || 'nothing yet'}`}
        >
          {layout.edges.map((edge) => {
            const at = machine.edges.find(
              ({ from, to }) => from === edge.from && to === edge.to,
            );
            const when = !at?.taken ? 'never' : at.now ? 'now' : 'taken';
            return (
              <g
                key={`${edge.from}>${edge.to}`}
                class={`m-edge ${when}`}
                onClick={() => {
                  if (at) player.send({ type: 'row', row: at.next });
                }}
              >
                <path class="m-hit" d={edge.path} />
                <path class="m-line" d={edge.path} />
                <path
                  class="m-tip"
                  transform={`translate(${edge.tip[0]} ${edge.tip[1]}) rotate(${edge.tip[2]})`}
                  d="M0 0L-12 6V-6Z"
                />
                <text x={edge.label[0]} y={edge.label[1] + 5}>
                  {at?.taken ?? 0}×
                </text>
              </g>
            );
          })}
          {layout.states.map(({ name, x, y, visited }) => (
            <g
              key={name}
              class={`m-state ${name === machine.current ? 'now' : visited ? '' : 'never'}`}
            >
              <rect
                x={x - pill.width / 2}
                y={y - pill.height / 2}
                width={pill.width}
                height={pill.height}
                rx={pill.height / 2}
              />
              <text x={x} y={y + size * 0.34} style={{ fontSize: `${size}px` }}>
                {name}
              </text>
            </g>
          ))}
        </svg>
      </div>
      {player.state.value.view === 'states' && (
        <Transitions machine={machine} player={player} />
      )}
    </div>
  );
}
