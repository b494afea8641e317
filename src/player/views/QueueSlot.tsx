/** One slot: full, empty or just emptied, and who waits. */
import type { SlotView } from '../../trace/model.ts';

/** Entries of a slot that are shown; the rest is counted. */
const shown = 4;

export function Slot({
  slot: { contents, before, note, waiting, capacity },
}: {
  readonly slot: SlotView;
}) {
  const lit = before !== undefined;
  const emptied = lit && contents.length === 0;
  const old = new Set(before ?? contents);
  const free =
    capacity !== undefined && contents.length > 0
      ? Math.max(0, Math.min(shown, capacity) - contents.length)
      : 0;
  return (
    <span
      class={`q-slot${contents.length ? ' full' : ''}${lit ? ' lit' : ''}${emptied ? ' emptied' : ''}`}
    >
      {contents.slice(0, shown).map((one, i) => (
        <span
          key={i}
          class={lit && !old.has(one) ? 'q-chip new' : 'q-chip'}
          title={one}
        >
          {lockOf(note)}
          {one}
        </span>
      ))}
      {Array.from({ length: free }, (_, i) => (
        <span key={i} class="q-free" />
      ))}
      {contents.length > shown && (
        <span class="q-word">and {contents.length - shown} more</span>
      )}
      {emptied && (
        <span class="q-word">taken: {before.slice(0, 2).join(', ')}</span>
      )}
      {!emptied && contents.length === 0 && waiting.length === 0 && (
        <span class="q-word">empty</span>
      )}
      {waiting.length > 0 && (
        <span class="q-word">
          {waiting.join(', ')} {areSeveral(waiting) ? 'wait' : 'waits'}
        </span>
      )}
      {note && <span class="q-word note">{note}</span>}
    </span>
  );
}

/** One lane may stand for several: the cleaners wait, the status waits. */
function areSeveral(lanes: readonly string[]): boolean {
  return lanes.length > 1 || /[^su]s$/.test(lanes[0] ?? '');
}

/** A parked kill has a lock: nothing may take its place. */
function lockOf(note: string | undefined) {
  return note?.startsWith('locked') ? (
    <svg class="q-lock" viewBox="0 0 10 12" role="img" aria-label="locked">
      <path d="M1 5h8v7H1zM2.5 5V3.5a2.5 2.5 0 0 1 5 0V5H6V3.5a1 1 0 0 0-2 0V5z" />
    </svg>
  ) : null;
}
