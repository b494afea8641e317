/** The stage: every view on one cursor. */
import type { ComponentType } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { viewsOf } from '../content.ts';
import { planOf, type Pane } from '../plan.ts';
import type { Player } from '../player.ts';
import { Head } from './Head.tsx';
import { Lanes } from './Lanes.tsx';
import { later } from './later.tsx';
import { Objects } from './Objects.tsx';
import { Queues } from './Queues.tsx';
import { Sentence } from './Sentence.tsx';
import { Source } from './Source.tsx';
import { Transport } from './Transport.tsx';
import { useTurns } from './use-turns.ts';

interface PaneProps {
  readonly player: Player;
}

const States = later<PaneProps>(() =>
  import('./States.tsx').then((file) => file.States),
);
const Wire = later<PaneProps>(() =>
  import('./Wire.tsx').then((file) => file.Wire),
);
const Help = later<PaneProps>(() =>
  import('./Help.tsx').then((file) => file.Help),
);

const Filter = later<PaneProps>(() =>
  import('./Filter.tsx').then((file) => file.Filter),
);

const panes: Readonly<Record<Pane, ComponentType<PaneProps>>> = {
  lanes: Lanes,
  queues: Queues,
  objects: Objects,
  states: States,
  wire: Wire,
  source: Source,
};

interface Props {
  readonly player: Player;
  readonly copy: () => Promise<boolean>;
}

export function Stage({ player, copy }: Props) {
  const [, drawAgain] = useState({});
  useLayoutEffect(
    () =>
      player.watch(() => {
        drawAgain({});
      }),
    [player],
  );
  const { view, status, projector, help, choosing } = player.state;
  const has = viewsOf(player.model);
  const shown = has.includes(view) ? view : 'all';
  const plan = planOf(has);
  const ready = status === 'ready';
  const names = Object.keys(panes) as Pane[];
  const turns = useTurns(ready, names.length);
  return (
    <div
      class={projector ? 'stage-frame projector' : 'stage-frame'}
      data-view={shown}
      data-status={ready && turns < names.length ? 'loading' : status}
    >
      <Head player={player} />
      <div class="panes">
        {!ready && <Waiting failed={status === 'failed'} player={player} />}
        {ready &&
          names.slice(0, turns).map((name) => {
            const place =
              shown === 'all' ? plan.get(name) : shown === name && 'alone';
            const Pane = panes[name];
            return place ? (
              <div key={name} class={`pane ${name} at-${place}`}>
                <Pane player={player} />
              </div>
            ) : null;
          })}
      </div>
      <Sentence player={player} />
      <Transport player={player} copy={copy} />
      {help && <Help player={player} />}
      {choosing && ready && <Filter player={player} />}
    </div>
  );
}

function Waiting({
  failed,
  player,
}: {
  readonly failed: boolean;
  readonly player: Player;
}) {
  const { scenario, progress } = player.state;
  const title =
    player.names.find(({ id }) => id === scenario)?.title ?? scenario;
  if (!failed && progress === 0)
    return <p class="empty">Fetching the recorded run “{title}”.</p>;
  if (!failed)
    return (
      <p class="empty">
        Opening the recorded run “{title}”, which is a long one.{' '}
        <progress value={progress} aria-label="How much is open">
          {Math.round(progress * 100)} %
        </progress>
      </p>
    );
  return (
    <p class="empty">
      The recorded run “{title}” cannot be shown. The text beside it is complete
      without it.{' '}
      <button
        type="button"
        class="plain"
        onClick={() => {
          player.send({ type: 'scenario', scenario });
        }}
      >
        Try again
      </button>
    </p>
  );
}
