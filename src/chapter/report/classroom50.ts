/**
 * `result.json` of a Classroom 50 autograder, and what its environment says.
 */
import type { Graded } from '../../exercise/grade.ts';
import type { CheckResult } from '../../exercise/result.ts';
import { wrongInput } from '../failure.ts';
import { remark } from '../terminal.ts';
import { reasonText, shortened } from './reason.ts';

/** The fields that its runner gives, by the variables that hold them. */
const variables = {
  classroom: 'CLASSROOM',
  assignment: 'ASSIGNMENT',
  submission: 'SUBMISSION_TAG',
  commit: 'COMMIT_URL',
  release: 'RELEASE_URL',
  review: 'REVIEW_URL',
} as const;

/** The whole document. */
export function classroom50({ submissions }: Graded): string {
  const { env } = process;
  const tests = (submissions[0]?.exercises ?? []).flatMap(({ checks, id }) =>
    checks.map((check) => ({
      'test-name': nameOf(id, check),
      passed: check.status === 'passed',
      score: check.score,
      'max-score': check.points,
      ...(check.status === 'passed' ? {} : { message: reasonText(check) }),
    })),
  );
  const document = {
    schema: 'classroom50/result/v1',
    ...surroundings(env),
    datetime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    score: tests.reduce((sum, { score }) => sum + score, 0),
    'max-score': tests.reduce((sum, test) => sum + test['max-score'], 0),
    tests,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Its names have at most 100 bytes; what tells them apart stands first. */
function nameOf(id: string, check: CheckResult): string {
  const slug = id.slice(id.lastIndexOf('/') + 1);
  const ascii = check.title.replace(/[^ -~]/g, '?');
  return shortened(`${slug}/${check.id}: ${ascii}`, 98);
}

/** @throws {Failure} when there is more than one submission */
export function onlyOneSubmission(submissions: number): void {
  if (submissions === 1) return;
  throw wrongInput(
    `Cannot write report "classroom50": expected one submission, found ${submissions}`,
  );
}

/** Its fields must not be empty, so what is not set gets a word of ours. */
function surroundings(env: NodeJS.ProcessEnv): Record<string, string> {
  const missing: string[] = [];
  const fields = Object.entries(variables).map(([field, variable]) => {
    const value = env[variable] ?? '';
    if (value !== '') return [field, value];
    const commit = env[variables.commit] ?? '';
    if (field === 'review' && commit !== '') return [field, commit];
    missing.push(variable);
    return [field, 'local'];
  });
  if (missing.length > 0) {
    remark(`Not set, so "local" stands there: ${missing.join(', ')}`);
  }
  return Object.fromEntries(fields) as Record<string, string>;
}
