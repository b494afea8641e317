/**
 * `results.json` of an Exercism test runner, version 3.
 */
import type { Graded } from '../../exercise/grade.ts';
import type { CheckResult } from '../../exercise/result.ts';
import { wrongInput } from '../failure.ts';
import { reasonText, shortened } from './reason.ts';

/** The most that is shown of what code printed. */
const longestOutput = 500;
const longestMessage = 65_535;

const words = { passed: 'pass', failed: 'fail', error: 'error' } as const;

/** The whole document. */
export function exercism({ submissions }: Graded): string {
  const checks =
    submissions[0]?.exercises.flatMap((exercise) => exercise.checks) ?? [];
  return `${JSON.stringify(resultOf(checks), undefined, 2)}\n`;
}

/** @throws {Failure} when there is more than one solution */
export function onlyOneSolution(submissions: number, exercises: number): void {
  if (submissions === 1 && exercises === 1) return;
  throw wrongInput(
    `Cannot write report "exercism": expected one solution of one exercise, found ${submissions} of ${exercises}; use --only`,
  );
}

function resultOf(checks: readonly CheckResult[]): unknown {
  const tests = checks.map((check, index) => ({
    name: check.title,
    test_code: check.rule,
    task_id: index + 1,
    status: words[check.status],
    ...(check.status === 'passed' ? {} : { message: message(check) }),
    ...(check.output === undefined
      ? {}
      : { output: shortened(check.output, longestOutput) }),
  }));
  const [first] = checks;
  // It means that nothing could be judged, as when the text is no TypeScript.
  const isUnread =
    first !== undefined && checks.every(({ fault }) => fault === 'syntax');
  if (isUnread) {
    return { version: 3, status: 'error', message: message(first), tests };
  }
  const isRight = checks.every(({ status }) => status === 'passed');
  return { version: 3, status: isRight ? 'pass' : 'fail', tests };
}

const message = (check: CheckResult): string =>
  shortened(reasonText(check), longestMessage);
