/**
 * JUnit's XML, as continuous integration and learning platforms read it: a
 * suite for each exercise of each submission, a case for each check.
 */
import type { Graded } from '../../exercise/grade.ts';
import type { CheckResult, ExerciseResult } from '../../exercise/result.ts';
import { firstLine, reasonText } from './reason.ts';

/** The whole document. */
export function junit({ submissions }: Graded): string {
  const suites = submissions.flatMap(({ name, exercises }) =>
    exercises.map((one) => suite(name, one)),
  );
  const checks = submissions.flatMap(({ exercises }) =>
    exercises.flatMap((one) => one.checks),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts(checks)}>
${suites.join('\n')}
</testsuites>
`;
}

function suite(name: string, { checks, id }: ExerciseResult): string {
  const cases = checks.map((check) => testcase(`${name}/${id}`, check));
  return `  <testsuite name="${escaped(`${name}/${id}`)}" ${counts(checks)}>
${cases.join('\n')}
  </testsuite>`;
}

function counts(checks: readonly CheckResult[]): string {
  const of = (wanted: CheckResult['status']): number =>
    checks.filter(({ status }) => status === wanted).length;
  return `tests="${checks.length}" failures="${of('failed')}" errors="${of('error')}"`;
}

function testcase(owner: string, check: CheckResult): string {
  const { fault, id, output, points, score, status, title } = check;
  const head = `    <testcase classname="${escaped(owner)}" name="${escaped(`${id}: ${title}`)}">`;
  const properties = `      <properties>
        <property name="score" value="${score}"/>
        <property name="points" value="${points}"/>
      </properties>`;
  const printed =
    output === undefined
      ? []
      : [`      <system-out>${escaped(output)}</system-out>`];
  const tag = status === 'error' ? 'error' : 'failure';
  const outcome =
    status === 'passed'
      ? []
      : [
          `      <${tag} type="${fault ?? 'rule'}" message="${escaped(firstLine(check))}">${escaped(reasonText(check))}</${tag}>`,
        ];
  return [head, properties, ...outcome, ...printed, '    </testcase>'].join(
    '\n',
  );
}

/** XML has no place for most control characters, not even escaped. */
const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
