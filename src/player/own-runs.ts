/**
 * Runs of the reader's own: dropped on the stage, or named by the address of
 * the page. What opens them is fetched when there is one.
 */
import type { Player } from './player.ts';

/** Waits for files, and opens the run that the page's address asks for. */
export function acceptRuns(
  player: Player,
  host: HTMLElement,
  urlOf: (path: string) => URL,
): void {
  host.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  host.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    opened(player, async () => {
      const { openFile } = await import('./open-file.ts');
      await openFile(player, file);
    });
  });
  if (location.hash.includes('workbook='))
    opened(player, async () => {
      const { openWorkbook } = await import('./workbook.ts');
      await openWorkbook(player, urlOf);
    });
}

function opened(player: Player, open: () => Promise<void>): void {
  open().catch(() => {
    const notice =
      'Cannot open the run: what reads it could not be fetched from the site';
    player.send({ type: 'tell', notice });
  });
}
