/** Every time a line ran; a press goes to that moment. */
import type { TraceModel } from '../../trace/model.ts';
import { countTo } from '../../trace/index/lists.ts';
import type { Player } from '../player.ts';
import type { Spot } from './Source.tsx';
import { timeText } from './time-text.ts';

/** Visits listed around the cursor. */
const most = 40;

export interface VisitsProps {
  readonly player: Player;
  readonly model: TraceModel;
  readonly line: Spot;
}

export function Visits({ player, model, line: { file, line } }: VisitsProps) {
  const { row } = player.state;
  const visits = model.visits(file, line);
  const here = countTo(visits, row);
  const first = Math.max(0, Math.min(here - most / 2, visits.length - most));
  return (
    <section class="c-visits" aria-label={`Visits of line ${line}`}>
      <p>
        <b>Line {line}</b>{' '}
        {visits.length === 0
          ? 'never runs in this run.'
          : visits.length === 1
            ? 'runs once.'
            : `runs ${visits.length} times.`}
        <button
          type="button"
          class="link"
          onClick={() => {
            player.send({ type: 'close' });
          }}
        >
          close
        </button>
      </p>
      <ol>
        {visits.slice(first, first + most).map((visit, i) => {
          const step = model.step(
            'lines',
            Math.max(1, model.at('lines', visit)),
          );
          const lane = model.lanes[step.lane]?.id;
          return (
            <li
              key={visit}
              aria-current={first + i === here - 1 ? 'step' : undefined}
            >
              <button
                type="button"
                onClick={() => {
                  player.send({ type: 'moment', row: visit });
                }}
              >
                {first + i + 1}. {timeText(step.time)}
                {lane ? `, ${lane}` : ''}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
