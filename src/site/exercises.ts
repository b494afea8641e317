/** The exercises of the chapters, as the pages show them. */
import { parseExercise } from '../exercise/exercise.ts';
import type { Exercise } from '../exercise/exercise.ts';
import { projectFilesBelow, readProjectFile } from './project.ts';

let found: readonly Exercise[] | undefined;

/** All of them, in the order of chapters and slugs. */
export function allExercises(): readonly Exercise[] {
  // While the site is served for writing, files change under it.
  if (import.meta.env.DEV) found = undefined;
  found ??= projectFilesBelow('content')
    .filter((path) => path.endsWith('/exercise.yaml'))
    .map((path) => parseExercise(readProjectFile(path), path));
  return found;
}

/** The exercises of a chapter, in the order of their slugs. */
export const exercisesOf = (chapter: string): readonly Exercise[] =>
  allExercises().filter((exercise) => exercise.chapter === chapter);
