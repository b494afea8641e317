/**
 * A run of the reader's own exercise, opened by a link that the terminal
 * prints: `#workbook=kubelet/02-pod-workers/parking/trace.json&step=…`.
 *
 * Only the server of `npm start` has such files; anywhere else the stage says
 * which file to drop on it.
 */
import { openFile } from './open-file.ts';
import type { Player } from './player.ts';

const path =
  /^[a-z]+\/\d\d-[a-z0-9-]+\/[a-z0-9-]+\/(?:trace|reference)(?:-[a-z0-9-]+)?\.json$/;

/** The file of a workbook that a fragment asks for, and the step in it. */
export function workbookWish(
  fragment: string,
): { readonly file: string; readonly address: string } | undefined {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const file = parts.get('workbook') ?? '';
  if (!path.test(file)) return undefined;
  return { file, address: parts.get('step') ?? '' };
}

/** Opens the run that the page's address asks for, if it asks for one. */
export async function openWorkbook(
  player: Player,
  urlOf: (path: string) => URL,
): Promise<void> {
  const wish = workbookWish(location.hash);
  if (wish === undefined) return;
  const { address, file } = wish;
  const response = await fetch(urlOf(`workbook/${file}`)).catch(
    () => undefined,
  );
  if (response?.ok !== true) {
    const notice = `This copy of the site has no workbook: drop workbook/${file} on the stage`;
    player.send({ type: 'tell', notice });
    return;
  }
  await openFile(player, new File([await response.blob()], file));
  if (address !== '') player.send({ type: 'address', address });
}
