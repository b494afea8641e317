/** The whole run as a line: ticks, beats, and a knob at the cursor. */
import type { Player } from '../player.ts';
import { useSize } from './use-size.ts';

/** More ticks than this cannot be told apart. */
const mostTicks = 90;

export function Scrubber({
  player,
  count,
}: {
  readonly player: Player;
  readonly count: number;
}) {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const { n, level } = player.state;
  const model = player.model;
  const step = player.step;
  const x = (at: number) =>
    9 + ((width - 18) * (at - 1)) / Math.max(1, count - 1);
  const mid = 21;
  const ticks =
    count <= mostTicks && (width - 18) / Math.max(1, count - 1) >= 4;
  return (
    <div class="scrub" ref={ref}>
      <input
        type="range"
        min={Math.min(1, count)}
        max={count}
        value={n}
        disabled={count === 0}
        aria-label="Step"
        aria-valuetext={step ? `Step ${n} of ${count}: ${step.label}` : ''}
        onInput={(event) => {
          player.send({ type: 'seek', n: event.currentTarget.valueAsNumber });
        }}
      />
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${width} 38`}
        preserveAspectRatio="none"
      >
        <path class="t-line" d={`M9 ${mid}H${width - 9}`} />
        {n > 0 && <path class="t-done" d={`M9 ${mid}H${x(n)}`} />}
        {ticks &&
          Array.from({ length: count }, (_, i) => (
            <path
              key={i}
              class={i < n ? 't-tick past' : 't-tick'}
              d={`M${x(i + 1)} ${mid - 4}v8`}
            />
          ))}
        {model &&
          player.beatRows.map((row) => {
            const at = model.at(level, row);
            return (
              <path
                key={row}
                class={at <= n ? 't-beat past' : 't-beat'}
                d={`M${x(Math.max(1, at))} ${mid - 17}l5 5l-5 5l-5-5Z`}
              />
            );
          })}
        {n > 0 && (
          <path class="t-knob" d={`M${x(n) - 7} ${mid - 9}h14v13l-7 7l-7-7Z`} />
        )}
      </svg>
    </div>
  );
}
