/**
 * The Test Anything Protocol, version 14.
 */
import type { Graded } from '../../exercise/grade.ts';
import type { CheckResult } from '../../exercise/result.ts';
import { reasonText } from './reason.ts';

/** The whole stream: a test point for each check. */
export function tap({ submissions }: Graded): string {
  const points = submissions.flatMap(({ name, exercises }) =>
    exercises.flatMap(({ checks, id }) =>
      checks.map((check) => ({ owner: `${name}/${id}`, check })),
    ),
  );
  const lines = points.flatMap(({ owner, check }, index) => [
    pointLine(index + 1, owner, check),
    ...diagnostic(check),
  ]);
  return `TAP version 14\n1..${points.length}\n${lines.join('\n')}\n`;
}

function pointLine(number: number, owner: string, check: CheckResult): string {
  const { id, status, title } = check;
  const word = status === 'passed' ? 'ok' : 'not ok';
  return `${word} ${number} - ${escaped(`${owner}/${id}: ${title}`)}`;
}

/** A description may not hold a sign that begins a directive. */
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replace(/\s+/g, ' ');

/** YAML whose values are JSON, which YAML understands too. */
function diagnostic(check: CheckResult): string[] {
  const { fault, points, score, status } = check;
  const fields = {
    score,
    points,
    ...(status === 'passed'
      ? {}
      : { severity: fault ?? 'fail', message: reasonText(check) }),
  };
  return [
    '  ---',
    ...Object.entries(fields).map(
      ([name, value]) => `  ${name}: ${JSON.stringify(value)}`,
    ),
    '  ...',
  ];
}
