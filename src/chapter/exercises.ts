/**
 * Names of exercises, as people write them.
 */
import type { Exercise } from '../exercise/exercise.ts';
import { isUsable } from '../exercise/materials.ts';
import type { Unusable } from '../exercise/materials.ts';
import { nearest } from '../source/nearest.ts';
import { unknownName } from './catalog.ts';
import { Failure, wrongInput } from './failure.ts';
import { remark } from './terminal.ts';

type Named = Pick<Exercise, 'id' | 'slug'>;

/** Those that can be used; each of the others gets a remark. */
export function usable(all: readonly (Exercise | Unusable)[]): Exercise[] {
  for (const one of all) if (!isUsable(one)) remark(one.fault);
  return all.filter(isUsable);
}

/**
 * The exercise that a word names: its id, with or without the chapter's number
 * or slug, any end of it, or a beginning that no other shares.
 *
 * @throws {Failure} when it names none, or several, or one that cannot be used
 */
export function exerciseNamed(
  all: readonly (Exercise | Unusable)[],
  word: string,
): Exercise {
  const one = named(all, word);
  if (isUsable(one)) return one;
  throw new Failure(3, one.fault);
}

function named<T extends Named>(exercises: readonly T[], word: string): T {
  const plain = word.replace(/\/$/, '');
  const exact = exercises.filter((one) => namesOf(one).includes(plain));
  const found =
    exact.length > 0
      ? exact
      : exercises.filter((one) =>
          namesOf(one).some((name) => name.startsWith(plain)),
        );
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one;
  if (one !== undefined) {
    const names = found.map(({ id }) => `"${id}"`).join(', ');
    throw wrongInput(
      `Cannot choose an exercise by "${word}": expected one, found ${names}`,
    );
  }
  if (exercises.length === 0) throw wrongInput('There is no exercise yet');
  const names = exercises.flatMap(namesOf);
  if (nearest(plain, names).length > 0) {
    throw unknownName('exercise', word, names);
  }
  throw wrongInput(
    `Cannot find exercise "${word}": "npm run chapter exercise" lists those there are`,
  );
}

/** `kubelet/02-pod-workers/parking`, `kubelet/02/parking`, `parking`, … */
function namesOf({ id, slug }: Named): string[] {
  const [part = '', chapter = ''] = id.split('/');
  const number = chapter.slice(0, 2);
  const name = chapter.slice(3);
  return [
    id,
    `${part}/${number}/${slug}`,
    `${part}/${name}/${slug}`,
    `${chapter}/${slug}`,
    `${name}/${slug}`,
    `${part}/${slug}`,
    slug,
  ];
}
