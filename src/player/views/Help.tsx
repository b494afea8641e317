/** The sheet of keys; `?` opens it, Esc closes it. */
import { useEffect, useRef } from 'preact/hooks';
import { keyHelp } from '../key-help.ts';
import { openFile } from '../open-file.ts';
import type { Player } from '../player.ts';
import { pictureFile } from '../save-picture.ts';

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
      <p class="help-more">
        <button
          type="button"
          class="plain"
          onClick={() => {
            player.send({ type: 'projector' });
          }}
        >
          {player.state.value.projector ? 'Leave the projector' : 'Projector'}
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => {
            savePicture(player);
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

/** Hands the picture to the browser as a download. */
function savePicture(player: Player): void {
  const step = player.step.peek();
  const { chapter } = player;
  const { scenario } = player.state.peek();
  const svg = pictureFile(
    document,
    step?.sentence ?? '',
    `${chapter}, ${scenario}, step ${step?.n ?? 0}`,
  );
  if (!svg) {
    player.send({
      type: 'tell',
      notice: 'Cannot save a picture: the lanes are not in view',
    });
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = `${chapter.replaceAll('/', '-')}-${scenario}-${step?.n ?? 0}.svg`;
  link.click();
  // The browser reads it after this task.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
