/** The sheet of keys; `?` opens it, Esc closes it. */
import { useEffect, useRef } from 'preact/hooks';
import { keyHelp } from '../key-help.ts';
import type { Player } from '../player.ts';

export function Help({ player }: { readonly player: Player }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div class="help" role="dialog" aria-label="Keys" tabIndex={-1}>
      <div class="help-head">
        <h2>Keys</h2>
        <button
          ref={close}
          type="button"
          class="plain"
          onClick={() => {
            player.send({ type: 'help' });
          }}
        >
          Close
        </button>
      </div>
      <dl>
        {keyHelp.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        The text moves the pictures as you read, until you move them yourself.
        Press the number beside a passage to follow the text again.
      </p>
      <p>
        <button
          type="button"
          class="plain"
          onClick={() => {
            player.send({ type: 'projector' });
          }}
        >
          {player.state.value.projector
            ? 'Leave the projector'
            : 'Projector: large type, only the stage'}
        </button>
      </p>
    </div>
  );
}
