/** One actor of the choice: shown or not, or folded into who calls it. */
import type { Filter } from '../narrowed.ts';

interface Props {
  readonly id: string;
  readonly lane: number;
  readonly caller: string | undefined;
  readonly filter: Filter;
  readonly want: (next: Filter) => void;
}

export function FilterActor({ id, lane, caller, filter, want }: Props) {
  const { hidden, folded } = filter;
  const toggled = (list: readonly number[], on: boolean) =>
    on ? [...list, lane] : list.filter((one) => one !== lane);
  return (
    <div class="actor">
      <label>
        <input
          type="checkbox"
          checked={!hidden.includes(lane)}
          onChange={(event) => {
            const off = !event.currentTarget.checked;
            want({ ...filter, hidden: toggled(hidden, off) });
          }}
        />
        {id}
      </label>
      {caller !== undefined && (
        <label>
          <input
            type="checkbox"
            checked={folded.includes(lane)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              want({ ...filter, folded: toggled(folded, on) });
            }}
          />
          folded into {caller}
        </label>
      )}
    </div>
  );
}
