/**
 * Files of the project, as pages need them.
 *
 * Pages are bundled before they run, so their own place says nothing: the
 * project is the folder that npm runs its scripts in.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const root = resolve(process.cwd());

/** A text file of the project, such as `runnable/ports.ts`. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths of all files below a folder of the project, sorted. */
export function projectFilesBelow(folder: string): string[] {
  const entries = readdirSync(join(root, folder), {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => relative(root, join(parentPath, name)))
    .map((path) => path.split(sep).join('/'))
    .sort();
}

let teaching: readonly string[] | undefined;

/** Paths of all files of `runnable/`, sorted. */
export function teachingFiles(): readonly string[] {
  teaching ??= projectFilesBelow('runnable').filter((path) =>
    path.endsWith('.ts'),
  );
  return teaching;
}
