/**
 * Cuts the fonts down to the characters that the site uses.
 *
 * They come from npm packages and go to `.cache/fonts`, where `fonts.css`
 * takes them from. A character that is missing is drawn in a font of the
 * reader's system.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subset from 'subset-font';

interface Face {
  /** File name in `.cache/fonts`, without its ending. */
  readonly name: string;
  /** File in the package, without its ending. */
  readonly from: string;
}

const serif = '@fontsource/source-serif-4/files/source-serif-4-latin';
const sans =
  '@fontsource/ibm-plex-sans-condensed/files/ibm-plex-sans-condensed-latin';
const mono = '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin';

const faces: readonly Face[] = [
  { name: 'serif-400', from: `${serif}-400-normal` },
  { name: 'serif-400-italic', from: `${serif}-400-italic` },
  { name: 'serif-700', from: `${serif}-700-normal` },
  { name: 'sans-400', from: `${sans}-400-normal` },
  { name: 'sans-700', from: `${sans}-700-normal` },
  { name: 'mono-400', from: `${mono}-400-normal` },
  { name: 'mono-700', from: `${mono}-700-normal` },
];

const ascii = String.fromCharCode(
  ...Array.from({ length: 95 }, (_, index) => index + 32),
);
const characters = `${ascii}\u00a0–—‘’“”…·×°±§©äéöü→←↑↓−≤≥≠•›‹✓✗`;

/**
 * Writes the fonts that are not there yet.
 *
 * @returns bytes of all fonts together
 */
export async function makeFonts(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { resolve } = createRequire(import.meta.url);
  const sizes = await Promise.all(
    faces.map(async ({ name, from }) => {
      const target = `${folder}/${name}.woff2`;
      const there = await stat(target).catch(() => undefined);
      if (there !== undefined) return there.size;
      const whole = await readFile(resolve(`${from}.woff2`));
      const small = await subset(whole, characters, {
        targetFormat: 'woff2',
        keepFeatures: ['kern', 'liga', 'mark', 'ccmp', 'locl'],
        noHinting: true,
      });
      await writeFile(target, small);
      return small.byteLength;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
