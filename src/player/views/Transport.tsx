/** Step, play, scrub; where the cursor is; how fast; how to tell others. */
import { speeds, type Speed } from '../state.ts';
import type { Player } from '../player.ts';
import { CopyButton } from './CopyButton.tsx';
import { Scrubber } from './Scrubber.tsx';
import { Sign } from './Sign.tsx';
import { timeText } from './time-text.ts';

interface Props {
  readonly player: Player;
  /** Copies a link to the current step; resolves to whether it could. */
  readonly copy: () => Promise<boolean>;
}

const signs = {
  back: 'M10 0v14L2 7z',
  step: 'M4 0v14l8-7z',
  play: 'M2 0l11 7L2 14z',
  pause: 'M2 1h3.5v12H2zM8.5 1H12v12H8.5z',
};

export function Transport({ player, copy }: Props) {
  const { playing, n, level, status, help } = player.state;
  const count = player.model?.count(level) ?? 0;
  const off = status !== 'ready' || count === 0;
  const step = player.step;
  return (
    <div class="transport">
      <div class="buttons">
        <button
          type="button"
          aria-label="Step back"
          disabled={off}
          onClick={() => {
            player.send({ type: 'back' });
          }}
        >
          <Sign d={signs.back} />
        </button>
        <button
          type="button"
          class="main"
          disabled={off}
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => {
            player.send({ type: playing ? 'pause' : 'play' });
          }}
        >
          <Sign d={playing ? signs.pause : signs.play} />
          <span class="word">{playing ? 'Pause' : 'Play'}</span>
        </button>
        <button
          type="button"
          aria-label="Step forward"
          disabled={off}
          onClick={() => {
            player.send({ type: 'step' });
          }}
        >
          <Sign d={signs.step} />
        </button>
      </div>
      <Scrubber player={player} count={count} />
      <div class="clock">
        <b>{n}</b> of {count}
        {step && <span class="ms"> · {timeText(step.time)}</span>}
      </div>
      <div class="extras">
        <label class="speed">
          <span class="vh">Speed</span>
          <select
            value={player.state.speed}
            onChange={(event) => {
              player.send({
                type: 'speed',
                speed: Number(event.currentTarget.value) as Speed,
              });
            }}
          >
            {speeds.map((speed) => (
              <option
                key={speed}
                value={speed}
                selected={speed === player.state.speed}
              >
                {speed}×
              </option>
            ))}
          </select>
        </label>
        <CopyButton copy={copy} />
        <button
          type="button"
          class="plain"
          aria-label="Keys and help"
          aria-expanded={help}
          onClick={() => {
            player.send({ type: 'help' });
          }}
        >
          ?
        </button>
      </div>
    </div>
  );
}
