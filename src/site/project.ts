/**
 * Files of the project, as pages need them.
 *
 * Pages are bundled before they run, so their own place says nothing: the
 * project is the folder that npm runs its scripts in.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

export const root = resolve(process.cwd());

/** A text file of the project, such as `runnable/ports.ts`. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

let teaching: readonly string[] | undefined;

/** Paths of all files of `runnable/`, sorted. */
export function teachingFiles(): readonly string[] {
  teaching ??= readdirSync(join(root, 'runnable'), { recursive: true })
    .map((path) => `runnable/${String(path).split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts'))
    .sort();
  return teaching;
}
