/**
 * Every exercise: its starter fails for the stated reason, our solution and a
 * different one pass, and each mistake fails with a reason of its own.
 *
 * `EXERCISE=kubelet/02` limits it to the exercises whose ids begin so.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { isAnswered } from '../../src/exercise/exercise.ts';
import type { Exercise } from '../../src/exercise/exercise.ts';
import { Judge } from '../../src/exercise/judge.ts';
import {
  attemptsOf,
  attemptText,
  findExercises,
  solutionOf,
  starterOf,
  statementOf,
} from '../../src/exercise/materials.ts';
import { stumbled } from '../../src/exercise/result.ts';
import type { CheckResult, ExerciseResult } from '../../src/exercise/result.ts';

const wanted = process.env['EXERCISE'] ?? '';
const exercises = findExercises().filter(({ id }) => id.startsWith(wanted));

/** Two processes, each with the exercises of every other chapter. */
const judges = [new Judge(), new Judge()];
const chapters = [...new Set(exercises.map(({ chapter }) => chapter))];
const judgeOf = ({ chapter }: Exercise): Judge =>
  judges[chapters.indexOf(chapter) % judges.length]!;

async function judged(
  exercise: Exercise,
  text: string,
): Promise<ExerciseResult> {
  const judge = judgeOf(exercise);
  const { result } = await judge.judge(exercise, text, { hidden: true });
  return result;
}

/** A check as a message of this test shows it. */
const shown = ({ id, message }: CheckResult): string => `${id}: ${message}`;

async function failsFor(
  exercise: Exercise,
  text: string,
  { fails, because }: { readonly fails?: string; readonly because?: string },
): Promise<void> {
  const { checks, passed } = await judged(exercise, text);
  assert.ok(!passed, 'it passes');
  for (const { message } of checks)
    assert.ok(!message.includes(stumbled), message);
  const check = checks.find(
    ({ id, status }) => id === fails && status !== 'passed',
  );
  const found = checks.filter(({ status }) => status !== 'passed').map(shown);
  assert.ok(
    check?.message.includes(because ?? ''),
    `wanted ${String(fails)} to fail with "${String(because)}", found\n${found.join('\n')}`,
  );
}

after(() => {
  for (const judge of judges) judge.close();
});

describe('the exercises', { concurrency: 2 }, () => {
  for (const one of chapters) {
    describe(one, () => {
      for (const exercise of exercises.filter(
        ({ chapter }) => chapter === one,
      )) {
        describe(exercise.slug, () => examine(exercise));
      }
    });
  }
});

function examine(exercise: Exercise): void {
  const { alternative, starter, wrong } = attemptsOf(exercise);

  test('says what to do', () => {
    assert.ok(statementOf(exercise).trim().length > 80);
  });

  test('its starter fails for the stated reason', async () => {
    assert.ok(starter, 'attempts.yaml does not say why the starter fails');
    await failsFor(exercise, starterOf(exercise), starter);
  });

  test('our solution passes, and gets all points', async () => {
    const { checks } = await judged(exercise, solutionOf(exercise));
    const others = checks.filter(({ status }) => status !== 'passed');
    assert.deepEqual(others.map(shown), []);
    const open = checks.filter(({ hidden }) => !hidden);
    const points = open.reduce((sum, check) => sum + check.points, 0);
    assert.equal(exercise.points, points, 'of its checks');
    const ids = checks.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  test(`so does another: ${alternative.says}`, async () => {
    const text = attemptText(exercise, alternative);
    assert.notEqual(text, solutionOf(exercise));
    const { checks } = await judged(exercise, text);
    const others = checks.filter(({ status }) => status !== 'passed');
    assert.deepEqual(others.map(shown), []);
  });

  test('three mistakes or more are known', () => {
    assert.ok(wrong.length >= 3, `${wrong.length} are`);
    const reasons = wrong.map(({ because }) => because);
    assert.equal(new Set(reasons).size, reasons.length);
    if (isAnswered(exercise)) return;
    const checks = wrong.map(({ fails }) => fails);
    assert.ok(new Set(checks).size > 1, 'all fail the same check');
  });

  for (const mistake of wrong) {
    test(`a mistake: ${mistake.says}`, () =>
      failsFor(exercise, attemptText(exercise, mistake), mistake));
  }
}
