/** The picture of the lanes as a download of the browser. */
import type { Player } from './player.ts';
import { pictureFile } from './save-picture.ts';

/** Hands the picture to the browser as a download. */
export function downloadPicture(player: Player): void {
  const step = player.step;
  const { chapter } = player.setup;
  const { scenario } = player.state;
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
