/** Queues, channels and buffers: what they hold, how much fits, who waits. */
import type { SlotView } from '../../trace/model.ts';
import type { Player } from '../player.ts';

/** Entries of a slot that are shown; the rest is counted. */
const shown = 4;

export function Queues({ player }: { readonly player: Player }) {
  const slots = player.model.value?.slots(player.moment.value) ?? [];
  const groups = [...new Set(slots.map((slot) => slot.group))];
  const names = [...new Set(slots.map((slot) => slot.name))];
  const square =
    groups.length > 0 &&
    names.length <= 4 &&
    slots.length === groups.length * names.length &&
    names.length > 1;
  return (
    <>
      <h3>Queues and channels</h3>
      {slots.length === 0 && (
        <p class="empty">Nothing is queued at this step.</p>
      )}
      <div
        class="q-body"
        tabIndex={0}
        role="region"
        aria-label="Queues and channels"
      >
        {square ? (
          <div
            class="q-table"
            style={{
              gridTemplateColumns: `minmax(64px, max-content) repeat(${names.length}, minmax(0, 1fr))`,
            }}
          >
            <span />
            {names.map((name) => (
              <span key={name} class="q-name">
                {name}
              </span>
            ))}
            {groups.map((group) => [
              <b key={group}>{group}</b>,
              ...names.map((name) => {
                const slot = slots.find(
                  (one) => one.group === group && one.name === name,
                );
                return slot && <Slot key={`${group} ${name}`} slot={slot} />;
              }),
            ])}
          </div>
        ) : (
          groups.map((group) => (
            <Group
              key={group}
              name={group}
              slots={slots.filter((slot) => slot.group === group)}
            />
          ))
        )}
      </div>
    </>
  );
}

/** A group with its slots; one that stands for its only slot has one name. */
function Group({
  name,
  slots,
}: {
  readonly name: string;
  readonly slots: readonly SlotView[];
}) {
  const [only] = slots;
  if (only && slots.length === 1)
    return (
      <section class="q-group q-single">
        <h4 title={only.name}>
          {only.name.startsWith(name) ? only.name : `${name} ${only.name}`}{' '}
          <Room slot={only} />
        </h4>
        <Slot slot={only} />
      </section>
    );
  return (
    <section class="q-group">
      <h4>{name}</h4>
      <div class="q-items">
        {slots.map((slot) => (
          <div key={slot.name}>
            <span class="q-name" title={slot.name}>
              {slot.name} <Room slot={slot} />
            </span>
            <Slot slot={slot} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Room({ slot: { capacity, contents } }: { readonly slot: SlotView }) {
  return capacity === undefined ? null : (
    <small>
      {contents.length} of {capacity}
    </small>
  );
}

function Slot({
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
          {waiting.join(', ')} {waiting.length === 1 ? 'waits' : 'wait'}
        </span>
      )}
      {note && <span class="q-word note">{note}</span>}
    </span>
  );
}

/** A parked kill has a lock: nothing may take its place. */
function lockOf(note: string | undefined) {
  return note?.startsWith('locked') ? (
    <svg class="q-lock" viewBox="0 0 10 12" role="img" aria-label="locked">
      <path d="M1 5h8v7H1zM2.5 5V3.5a2.5 2.5 0 0 1 5 0V5H6V3.5a1 1 0 0 0-2 0V5z" />
    </svg>
  ) : null;
}
