/**
 * Reads the sources of the project from disk, for builds and checks.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './ledger.ts';

/** The project's folder, with a slash at its end. */
export const projectRoot = new URL('../../', import.meta.url);

/** The text of one file of the project, such as `runnable/ports.ts`. */
export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(new URL(path, projectRoot), 'utf8') };
}

/** Paths of the files below a folder that end in one of `endings`, sorted. */
export function pathsBelow(
  folder: string,
  endings: readonly string[],
): string[] {
  const base = fileURLToPath(new URL(folder, projectRoot));
  if (!existsSync(base)) return [];
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(base, join(parentPath, name)))
    .map((below) => `${folder}/${below.replaceAll('\\', '/')}`)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

/** All files of `pathsBelow`, read. */
export function sourcesBelow(
  folder: string,
  endings: readonly string[] = ['.ts'],
): SourceFile[] {
  return pathsBelow(folder, endings).map(readSource);
}
