/**
 * A table for spreadsheets: a line for each exercise of each submission.
 */
import type { Graded } from '../../exercise/grade.ts';
import type { ExerciseResult } from '../../exercise/result.ts';
import { firstLine } from './reason.ts';

const columns = [
  'submission',
  'exercise',
  'title',
  'score',
  'points',
  'passed',
  'checks passed',
  'checks',
  'reason',
];

/** The whole table, with the line ends of RFC 4180. */
export function csv({ submissions }: Graded): string {
  const rows = submissions.flatMap(({ name, exercises }) =>
    exercises.map((one) => [name, ...cellsOf(one)]),
  );
  return [columns, ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

function cellsOf(exercise: ExerciseResult): (string | number)[] {
  const { checks, id, passed, points, score, title } = exercise;
  const broken = checks.filter(({ status }) => status !== 'passed');
  const reasons = broken.map((check) => `${check.id}: ${firstLine(check)}`);
  const right = checks.length - broken.length;
  return [
    id,
    title,
    score,
    points,
    passed ? 'yes' : 'no',
    right,
    checks.length,
    reasons.join('; '),
  ];
}

/** A cell that begins like a formula would be one; a quote prevents it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
