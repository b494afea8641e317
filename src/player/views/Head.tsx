/** Over the panes: which run, how much detail, which view. */
import { levels } from '../../trace/model.ts';
import { viewNames, viewsOf } from '../content.ts';
import type { Player } from '../player.ts';

export function Head({ player }: { readonly player: Player }) {
  const { scenario, level, view } = player.state;
  const views = viewsOf(player.model);
  return (
    <div class="head">
      <label class="run">
        <span class="vh">Scenario</span>
        <select
          value={scenario}
          onChange={(event) => {
            player.send({
              type: 'scenario',
              scenario: event.currentTarget.value,
            });
          }}
        >
          {player.names.map(({ id, title }) => (
            <option key={id} value={id} selected={id === scenario}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <div class="seg levels" role="group" aria-label="Level of detail">
        {levels.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === level}
            onClick={() => {
              player.send({ type: 'level', level: one });
            }}
          >
            {one}
          </button>
        ))}
      </div>
      <div class="seg tabs" role="group" aria-label="View">
        {views.map((one) => (
          <button
            key={one}
            type="button"
            class={`t-${one}`}
            aria-pressed={one === view}
            onClick={() => {
              player.send({ type: 'view', view: one });
            }}
          >
            {viewNames[one]}
          </button>
        ))}
      </div>
    </div>
  );
}
