/**
 * Names in results: the student's file where the real code's path would stand.
 */
import { isAnswered, workFile } from '../../exercise/exercise.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import type { Graded } from '../../exercise/grade.ts';
import type { CheckResult, ExerciseResult } from '../../exercise/result.ts';

/** A result that names files as they lie below the student's folder. */
export function withFileNamed(
  result: ExerciseResult,
  exercise: Exercise,
  name = `${exercise.id}/${workFile(exercise)}`,
): ExerciseResult {
  const own = workFile(exercise);
  // Who answers questions writes no code: the real code keeps its names.
  const file = isAnswered(exercise) ? own : (exercise.file ?? own);
  const rename = (text: string): string => text.replaceAll(file, name);
  const checks = result.checks.map((check): CheckResult => {
    const { line } = check;
    return {
      ...check,
      message: rename(check.message),
      ...(line === undefined
        ? {}
        : { line: { file: rename(line.file), line: line.line } }),
    };
  });
  return { ...result, checks };
}

/** The same for all that was graded. */
export function ownNames(
  graded: Graded,
  exercises: readonly Exercise[],
): Graded {
  return {
    ...graded,
    submissions: graded.submissions.map((submission) => ({
      ...submission,
      exercises: submission.exercises.map((result) => {
        const exercise = exercises.find(({ id }) => id === result.id);
        return exercise === undefined
          ? result
          : withFileNamed(result, exercise);
      }),
    })),
  };
}
