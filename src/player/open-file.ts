/**
 * A recording of the reader's own, made by `npm run chapter export`, put on
 * the stage as one more scenario. It is checked and never executed.
 */
import { openForeign } from './open-slowly.ts';
import type { Player } from './player.ts';

/** The largest file that is looked at, in bytes. */
const largest = 128 * 1024 * 1024;

/** Opens a file, or tells on the stage why it cannot be opened. */
export async function openFile(player: Player, file: File): Promise<void> {
  const tell = (notice: string): void => {
    player.send({ type: 'tell', notice });
  };
  try {
    if (file.size > largest)
      throw new RangeError(
        `Cannot open "${file.name}": it has ${file.size} bytes, at most ${largest} are allowed`,
      );
    let told = -1;
    const model = await openForeign(file, (part) => {
      const tenths = Math.floor(part * 10);
      // The notice is read aloud, so it changes seldom.
      if (tenths > told) tell(`Opening “${file.name}”: ${tenths * 10} %`);
      told = tenths;
    });
    const { title, chapter } = model.trace;
    player.add(
      {
        id: `file ${file.name}`,
        title: `${title || file.name} (${chapter}, your file)`,
      },
      model,
    );
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}
