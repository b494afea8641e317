/**
 * Where exercises, their starters and their keys come from: `content/`, the
 * real code, and `content/solutions/`. In a students' copy the last two are
 * replaced by `reference.pack`.
 */
import { existsSync } from 'node:fs';
import { parseYaml } from '../ports/yaml.ts';
import { pathsBelow, projectRoot, readSource } from '../source/files.ts';
import type { Attempts } from './attempts.ts';
import { exerciseId, parseExercise } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import { originalOf, referencePack } from './pack.ts';
import { lineOf, sealKey } from './seal.ts';
import type { SealedKey } from './seal.ts';
import { cut, edited, unhide, withBody } from './surgery.ts';

/** An exercise whose `exercise.yaml` cannot be used, and why. */
export interface Unusable {
  readonly id: string;
  readonly slug: string;
  readonly fault: string;
}

/** Every exercise, and those that cannot be used, by chapter and slug. */
export function lookForExercises(): (Exercise | Unusable)[] {
  return pathsBelow('content', ['/exercise.yaml'])
    .filter((path) => path.includes('/exercises/'))
    .map((path) => {
      try {
        return parseExercise(readSource(path).text, path);
      } catch (error) {
        const id = exerciseId(path);
        const slug = id.slice(id.lastIndexOf('/') + 1);
        return { id, slug, fault: (error as Error).message };
      }
    });
}

/** Whether it can be worked on. */
export const isUsable = (one: Exercise | Unusable): one is Exercise =>
  !('fault' in one);

/**
 * Every exercise, in the order of chapters and slugs.
 *
 * @throws {SyntaxError} when one of them cannot be used
 */
export function findExercises(): Exercise[] {
  return lookForExercises().map((one) => {
    if (isUsable(one)) return one;
    throw new SyntaxError(one.fault);
  });
}

/** The folder of an exercise's public half. */
export const folderOf = ({ chapter, slug }: Exercise): string =>
  `content/${chapter}/exercises/${slug}`;

const solutionsOf = ({ chapter, slug }: Exercise): string =>
  `content/solutions/${chapter}/${slug}`;

/** What the student is asked to do, in Markdown. */
export const statementOf = (exercise: Exercise): string =>
  readSource(`${folderOf(exercise)}/statement.md`).text;

/** The module of an exercise's checks; undefined when it has no such one. */
export function checksPath(
  exercise: Exercise,
  which: 'own' | 'hidden',
): string | undefined {
  const path =
    which === 'own'
      ? `${folderOf(exercise)}/check.ts`
      : `${solutionsOf(exercise)}/hidden.ts`;
  return existsSync(new URL(path, projectRoot)) ? path : undefined;
}

/** The file of a scenario: the exercise's own, or its chapter's. */
export function scenarioPath(exercise: Exercise, name: string): string {
  const own = `${folderOf(exercise)}/${name}.ts`;
  return existsSync(new URL(own, projectRoot))
    ? own
    : `runnable/scenarios/${exercise.chapter}/${name}.ts`;
}

/**
 * Solutions and mistakes.
 *
 * @throws {Error} in a students' copy, which has none
 */
export function attemptsOf(exercise: Exercise): Attempts {
  const path = `${solutionsOf(exercise)}/attempts.yaml`;
  return parseYaml(readSource(path).text) as Attempts;
}

/** Whether solutions are here: they are not in a students' copy. */
export const hasSolutions = (exercise: Exercise): boolean =>
  existsSync(new URL(`${solutionsOf(exercise)}/attempts.yaml`, projectRoot));

/** What the student's file holds at the beginning. */
export function starterOf(exercise: Exercise): string {
  const packed = referencePack()?.starters[exercise.id];
  if (packed !== undefined) return packed;
  const { file = '', kind, questions, symbol = '' } = exercise;
  if (questions.length > 0) return answerSheet(exercise);
  const text = originalOf(file);
  if (kind === 'fill') return cut(text, file, symbol);
  return edited(text, file, attemptsOf(exercise).starter?.edits ?? []);
}

/** Our solution, as the student's file would hold it. */
export function solutionOf(exercise: Exercise): string {
  const { solution = {} } = attemptsOf(exercise);
  const { file } = exercise;
  const base = file === undefined ? '' : originalOf(file);
  return attemptText(exercise, solution, base);
}

/** The student's file as an attempt leaves it; edits change our solution. */
export function attemptText(
  exercise: Exercise,
  { body, edits = [], answers }: Partial<Attempts['alternative']>,
  base?: string,
): string {
  if (answers !== undefined) return JSON.stringify(answered(exercise, answers));
  const whole = base ?? solutionOf(exercise);
  const { file = '', symbol = '' } = exercise;
  const text = body === undefined ? whole : withBody(whole, file, symbol, body);
  return edited(text, file, edits);
}

/** Attempts name a line by its text. */
function answered(
  exercise: Exercise,
  answers: Readonly<Record<string, string>>,
): unknown {
  const given = sourcesFor(exercise);
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      const question = exercise.questions.find((one) => one.id === id);
      if (question?.answer !== 'line') return [id, answer];
      return [id, lineOf(question, answer, given)];
    }),
  );
}

/** The code whose trace the questions are about, where it is not the real. */
export function givenOf(exercise: Exercise): ReadonlyMap<string, string> {
  const packed = referencePack()?.given[exercise.id];
  if (packed !== undefined) return new Map(Object.entries(packed));
  const { kind, file } = exercise;
  if (kind !== 'diagnose' || file === undefined) return new Map();
  const { edits = [] } = attemptsOf(exercise).starter ?? {};
  return new Map([[file, edited(originalOf(file), file, edits)]]);
}

/**
 * The student's file as it runs: what belongs to other exercises, and was
 * hidden from the student, is put back.
 */
export function runnableText({ file = '' }: Exercise, text: string): string {
  const symbols = referencePack()?.hidden[file] ?? [];
  return symbols.reduce(
    (whole, symbol) => unhide(whole, originalOf(file), file, symbol),
    text,
  );
}

/** What the answers are compared with. */
export function keyOf(exercise: Exercise): SealedKey {
  const packed = referencePack()?.keys[exercise.id];
  if (packed !== undefined) return packed;
  return sealKey(
    exercise,
    attemptsOf(exercise).key ?? {},
    sourcesFor(exercise),
  );
}

/** The files that questions ask for lines of. */
function sourcesFor(exercise: Exercise): ReadonlyMap<string, string> {
  const files = exercise.questions.flatMap(({ file }) => file ?? []);
  return new Map([
    ...files.map((file) => [file, originalOf(file)] as const),
    ...givenOf(exercise),
  ]);
}

/** The sheet on which questions are answered. */
function answerSheet({ id, title, questions }: Exercise): string {
  const blocks = questions.map(
    ({ answer, ask, file = '', id: name, options = {} }) => {
      const how = {
        step: 'An address, such as "call Thing.method #2", between quotes.',
        line: `The number of a line of ${file}.`,
        choice: 'A letter:',
      }[answer];
      const choices = Object.entries(options).map(
        ([letter, text]) => `#   ${letter}  ${text}`,
      );
      return [`# ${ask}`, `# ${how}`, ...choices, `${name}: ''`, ''].join('\n');
    },
  );
  return `# ${id}: ${title}\n\n${blocks.join('\n')}`;
}
