/**
 * Marks submissions: every exercise of every student, in a few processes.
 */
import { availableParallelism } from 'node:os';
import type { Exercise } from './exercise.ts';
import { workFile } from './exercise.ts';
import { Judge } from './judge.ts';
import { starterOf } from './materials.ts';
import { stopped, summed } from './result.ts';
import type { CheckHead, ExerciseResult } from './result.ts';
import type { HandedIn, Submission } from './submissions.ts';

export const gradeSchema = 'inside-the-loop/grade/v1';

/** What became of everything that was handed in. */
export interface Graded {
  readonly schema: typeof gradeSchema;
  readonly submissions: readonly GradedSubmission[];
}

export interface GradedSubmission {
  readonly name: string;
  readonly score: number;
  readonly points: number;
  readonly exercises: readonly ExerciseResult[];
}

/** Marks submissions; the order of the results is that of what is given. */
export async function grade(
  submissions: readonly Submission[],
  exercises: readonly Exercise[],
): Promise<Graded> {
  const work = submissions.flatMap(({ files }) =>
    exercises.map((exercise) => ({ exercise, file: files.get(exercise.id) })),
  );
  const results = await judged(work);
  return {
    schema: gradeSchema,
    submissions: submissions.map(({ name }, index) => {
      const from = index * exercises.length;
      const own = results.slice(from, from + exercises.length);
      return {
        name,
        score: own.reduce((sum, { score }) => sum + score, 0),
        points: own.reduce((sum, { points }) => sum + points, 0),
        exercises: own,
      };
    }),
  };
}

interface Work {
  readonly exercise: Exercise;
  readonly file: HandedIn | undefined;
}

/** Each process takes the next piece of work when it has finished one. */
async function judged(work: readonly Work[]): Promise<ExerciseResult[]> {
  const results: ExerciseResult[] = [];
  const count = Math.min(work.length, availableParallelism(), 4);
  const judges = Array.from({ length: count }, () => new Judge());
  let next = 0;
  const labour = async (judge: Judge): Promise<void> => {
    while (next < work.length) {
      const index = next++;
      const piece = work[index];
      if (piece !== undefined) results[index] = await judgeOne(judge, piece);
    }
  };
  try {
    await Promise.all(judges.map(labour));
  } finally {
    for (const judge of judges) judge.close();
  }
  return results;
}

async function judgeOne(
  judge: Judge,
  { exercise, file }: Work,
): Promise<ExerciseResult> {
  if (file !== undefined && 'text' in file) {
    const { result } = await judge.judge(exercise, file.text, { hidden: true });
    return result;
  }
  const reason = file?.refused ?? `${workFile(exercise)} was not handed in.`;
  // The starter tells which checks there are.
  const { result } = await judge.judge(exercise, starterOf(exercise), {
    hidden: true,
  });
  const checks = result.checks.map((check) =>
    stopped(headOf(check), 'missing', reason),
  );
  return summed(exercise, checks);
}

const headOf = ({ id, title, rule, hidden, points }: CheckHead): CheckHead => ({
  id,
  title,
  rule,
  hidden,
  points,
});
