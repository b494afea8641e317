/**
 * A recording of the reader's own, made by `npm run chapter export`, put on
 * the stage as one more scenario. It is checked and never executed.
 */
import { openTrace } from '../trace/open.ts';
import { readTrace } from '../trace/read.ts';
import type { Player } from './player.ts';

/** The largest file that is looked at, in bytes. */
const largest = 128 * 1024 * 1024;

/** Opens a file, or tells on the stage why it cannot be opened. */
export async function openFile(player: Player, file: File): Promise<void> {
  try {
    if (file.size > largest)
      throw new RangeError(
        `Cannot open "${file.name}": it has ${String(file.size)} bytes, at most ${String(largest)} are allowed`,
      );
    const model = openTrace(readTrace(parsed(file.name, await file.text())));
    const { title, chapter } = model.trace;
    player.add(
      {
        id: `file ${file.name}`,
        title: `${title || file.name} (${chapter}, your file)`,
      },
      model,
    );
  } catch (error) {
    const notice = error instanceof Error ? error.message : String(error);
    player.send({ type: 'tell', notice });
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(
      `Cannot open "${name}": expected a recording in JSON`,
      { cause },
    );
  }
}

/** Opens a recording that is dropped on the stage. */
export function acceptDrops(
  host: HTMLElement,
  open: (file: File) => void,
): void {
  host.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  host.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    open(file);
  });
}
