/** Which actors the lanes show, which are folded away, and which steps. */
import { useEffect, useRef } from 'preact/hooks';
import { callerOf, everything, isNarrow, narrowed } from '../narrowed.ts';
import type { Filter as Wanted } from '../narrowed.ts';
import type { Player } from '../player.ts';
import { FilterActor } from './FilterActor.tsx';

export function Filter({ player }: { readonly player: Player }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const base = player.whole;
  if (!base) return null;
  const filter = player.filter;
  const want = (next: Wanted) => {
    const left = isNarrow(next) ? narrowed(base, next) : undefined;
    if (left?.count('story') === 0)
      player.send({
        type: 'tell',
        notice: 'No step of this run would be left, so the choice stays.',
      });
    else player.narrow(next, left);
  };
  const end = Math.max(0, base.rows - 1);
  const things = base.things(end).map(({ id }) => id);
  return (
    <div class="help filter" role="dialog" aria-label="What the lanes show">
      <div class="help-head">
        <h2>What the lanes show</h2>
        <button
          ref={first}
          type="button"
          class="plain"
          onClick={() => {
            player.send({ type: 'choose' });
          }}
        >
          Close
        </button>
      </div>
      <fieldset>
        <legend>Actors</legend>
        {base.lanes.map(({ id }, lane) => (
          <FilterActor
            key={id}
            id={id}
            lane={lane}
            caller={base.lanes[callerOf(base, lane) ?? -1]?.id}
            filter={filter}
            want={want}
          />
        ))}
      </fieldset>
      {things.length > 0 && (
        <label class="only">
          Only steps that change{' '}
          <select
            value={filter.thing ?? ''}
            onChange={(event) => {
              const thing = event.currentTarget.value || undefined;
              want({ ...filter, thing });
            }}
          >
            <option value="">any object, or none</option>
            {things.map((id) => (
              <option key={id} value={id} selected={id === filter.thing}>
                {id}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="help-more">
        <button
          type="button"
          class="plain"
          disabled={!isNarrow(filter)}
          onClick={() => {
            want(everything);
          }}
        >
          Show everything
        </button>
      </p>
    </div>
  );
}
