/** One state machine: its states, and how often each way was taken. */
import { useMemo } from 'preact/hooks';
import type { MachineView } from '../../trace/model.ts';
import { layMachine } from '../draw/machine.ts';
import type { Player } from '../player.ts';
import { Transitions } from './Transitions.tsx';
import { useSize } from './use-size.ts';

export function Machine({
  machine,
  player,
}: {
  readonly machine: MachineView;
  readonly player: Player;
}) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const alone = player.state.view === 'states';
  const seen = new Set(machine.edges.flatMap(({ from, to }) => [from, to]));
  const never = machine.states.filter(
    (name) => !alone && !seen.has(name) && name !== machine.current,
  );
  const states = machine.states.filter((name) => !never.includes(name));
  const shape = `${machine.name} ${states.join()} ${machine.edges.map(({ from, to }) => `${from}>${to}`).join()}`;
  const tall = Math.max(110, height - 4);
  const layout = useMemo(
    () => layMachine({ ...machine, states }, width, tall),
    [shape, width, tall],
  );
  const { pill, size } = layout;
  return (
    <div class="m-body">
      <div class="m-plan" ref={ref}>
        <svg
          width={width}
          height={tall}
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
          {layout.states.map(({ name, label, x, y, visited }) => (
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
                {label}
              </text>
              {label !== name && <title>{name}</title>}
            </g>
          ))}
        </svg>
      </div>
      {never.length > 0 && (
        <p class="m-never">not entered in this run: {never.join(', ')}</p>
      )}
      {alone && <Transitions machine={machine} player={player} />}
    </div>
  );
}
