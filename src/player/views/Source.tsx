/** The real file at the current line: stack above, values under the line. */
import type { Step, TraceModel } from '../../trace/model.ts';
import type { Player } from '../player.ts';
import { Code } from './Code.tsx';
import { later } from './later.tsx';
import type { VisitsProps } from './Visits.tsx';

/** Where the cursor is in the code; undefined between tasks. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

const Visits = later<VisitsProps>(() =>
  import('./Visits.tsx').then((file) => file.Visits),
);

export function Source({ player }: { readonly player: Player }) {
  const model = player.model;
  const step = player.step;
  const chosen = player.state.line;
  if (!model || !step) return <h3>Source</h3>;
  const stack = model.stack(step.row);
  const spot = spotOf(model, step);
  return (
    <>
      <h3>
        <span class="path" title={spot?.file}>
          {spot ? `\u200e${spot.file}` : 'Source'}
        </span>
        {spot && <VisitButton player={player} model={model} spot={spot} />}
      </h3>
      <ol class="c-stack" aria-label="Call stack">
        {stack.length === 0 && (
          <li class="none">no task runs our code at this step</li>
        )}
        {stack.slice(-3).map(({ frame, site, file, line }) => (
          <li key={frame} title={`${file}:${line}`}>
            {site.symbol}
          </li>
        ))}
      </ol>
      {spot ? (
        <Code player={player} model={model} spot={spot} />
      ) : (
        <p class="empty">This step comes from outside the teaching code.</p>
      )}
      {chosen && <Visits player={player} model={model} line={chosen} />}
    </>
  );
}

function VisitButton({
  player,
  model,
  spot,
}: {
  readonly player: Player;
  readonly model: TraceModel;
  readonly spot: Spot;
}) {
  const count = model.visits(spot.file, spot.line).length;
  if (count === 0) return null;
  return (
    <button
      type="button"
      class="more link"
      onClick={() => {
        player.send({ type: 'line', ...spot });
      }}
    >
      line {spot.line} ran {count}×
    </button>
  );
}

/** The step's own line, or where its task stands. */
function spotOf(model: TraceModel, step: Step): Spot | undefined {
  if (step.file !== undefined && step.line !== undefined)
    return { file: step.file, line: step.line };
  const top = model.stack(step.row).at(-1);
  return top && { file: top.file, line: top.line };
}
