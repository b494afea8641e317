/** The sheet of keys; `?` opens it, Esc closes it. */
import { useEffect, useRef } from 'preact/hooks';
import { downloadPicture } from '../download-picture.ts';
import { keyHelp } from '../key-help.ts';
import { openFile } from '../open-file.ts';
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
        {keyHelp.map(([keys, does, press]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>
              {press ? (
                <button
                  type="button"
                  class="link"
                  onClick={(event) => {
                    pressFor(press, event.currentTarget);
                  }}
                >
                  {does}
                </button>
              ) : (
                does
              )}
            </dd>
          </div>
        ))}
      </dl>
      <label class="letters">
        <input
          type="checkbox"
          checked={player.state.letters}
          onChange={() => {
            player.send({ type: 'letters' });
          }}
        />
        Letters and digits work on the whole page, not on the stage alone.
      </label>
      <p>
        The text moves the pictures as you read, until you move them yourself.
        Press the number beside a passage to follow the text again.
      </p>
      <p class="help-more">
        <button
          type="button"
          class="plain"
          onClick={() => {
            downloadPicture(player);
          }}
        >
          Save the lanes as SVG
        </button>
        <label class="plain">
          Open a recording
          <input
            type="file"
            accept=".json,application/json"
            class="vh"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void openFile(player, file);
            }}
          />
        </label>
      </p>
    </div>
  );
}

/** A press of a row is a press of its key, for whoever has no keyboard. */
function pressFor(key: string, from: HTMLElement): void {
  from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}
