/** Queues, channels and buffers: what they hold, how much fits, who waits. */
import type { SlotView } from '../../trace/model.ts';
import { slotsOver } from '../changed.ts';
import type { Player } from '../player.ts';
import { Slot } from './QueueSlot.tsx';

export function Queues({ player }: { readonly player: Player }) {
  const model = player.model;
  const { row } = player.state;
  const slots = model ? slotsOver(model, row, player.moments.slots) : [];
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
  if (capacity === undefined) return null;
  if (capacity === 0) return <small>unbuffered</small>;
  return (
    <small>
      {contents.length} of {capacity}
    </small>
  );
}
