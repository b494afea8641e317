/** What happened in this step, in words; it is also the live region. */
import type { Change } from '../../trace/model.ts';
import type { Player } from '../player.ts';
import { Rich } from './Rich.tsx';

/** As many changes as a caption can hold. */
const shown = 4;

export function Sentence({ player }: { readonly player: Player }) {
  const { status, notice } = player.state;
  const step = player.step;
  return (
    <div class="sentence">
      <span class="s-flag" aria-hidden="true">
        {step?.n ?? '–'}
      </span>
      <div class="s-text" aria-live="polite" aria-atomic="true">
        {status === 'loading' && <p>The recorded run is on its way.</p>}
        {status === 'failed' && <p class="s-failed">{notice}</p>}
        {status === 'ready' && notice && <p class="s-notice">{notice}</p>}
        {step && (
          <p>
            <Rich text={step.sentence} />
          </p>
        )}
        {status === 'ready' && !step && (
          <p>Nothing happened in this run at this level of detail.</p>
        )}
        {step && <Changes changes={step.changes} />}
      </div>
    </div>
  );
}

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  const more = changes.length - shown;
  return (
    <ul class="s-changes" aria-label="What changed">
      {changes.slice(0, shown).map(({ field, before, after }) => (
        <li key={field}>
          {field}{' '}
          <span>
            {before !== undefined && (
              <>
                <s>{before}</s>
                <i> → </i>
              </>
            )}
            <b>{after}</b>
          </span>
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}
