/**
 * What students handed in: folders shaped like `workbook/`, one or many.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workFile } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import { largestFile } from './workbook.ts';

/** One student's file, or why it cannot be judged. */
export type HandedIn = { readonly text: string } | { readonly refused: string };

export interface Submission {
  readonly name: string;
  /** By exercise id; what is absent was not handed in. */
  readonly files: ReadonlyMap<string, HandedIn>;
}

/**
 * The submissions of a folder: the folder itself, or else those in it.
 *
 * A submission holds files as `workbook/` does, at its root or in a folder
 * `workbook` of its own. If one exercise alone is wanted, its file may lie at
 * the root.
 *
 * @param exercises those that are looked for
 */
export function findSubmissions(
  folder: string,
  exercises: readonly Exercise[],
): Submission[] {
  const own = submissionIn(folder, exercises);
  if (own.files.size > 0) return [own];
  return foldersIn(folder)
    .map((name) => submissionIn(join(folder, name), exercises))
    .filter(({ files }) => files.size > 0);
}

function submissionIn(
  folder: string,
  exercises: readonly Exercise[],
): Submission {
  const files = new Map<string, HandedIn>();
  for (const exercise of exercises) {
    const name = workFile(exercise);
    const places = [
      join(folder, exercise.id, name),
      join(folder, 'workbook', exercise.id, name),
      ...(exercises.length === 1 ? [join(folder, name)] : []),
    ];
    const found = places.map(read).find((one) => one !== undefined);
    if (found !== undefined) files.set(exercise.id, found);
  }
  return { name: basename(folder), files };
}

/** A link could lead anywhere, and a file may be of any size. */
function read(path: string): HandedIn | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile()) return { refused: 'What was handed in is not a file.' };
  if (stat.size > largestFile) {
    return {
      refused: `The file is too large: at most ${largestFile} bytes are read, found ${stat.size}.`,
    };
  }
  return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}
