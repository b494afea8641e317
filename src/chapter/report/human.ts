/**
 * What became of an exercise, for people: what passed, which rule is broken,
 * and where to look.
 */
import type {
  CheckFault,
  CheckResult,
  ExerciseResult,
} from '../../exercise/result.ts';
import type { Paint } from '../terminal.ts';

/** How the reader gets to a step, line by line; nothing when there is none. */
export type Ways = (check: CheckResult) => readonly string[];

const noWays: Ways = () => [];

/** One exercise, check by check. */
export function exerciseText(
  result: ExerciseResult,
  paint: Paint,
  ways: Ways = noWays,
): string {
  const { checks, id, points, score, title } = result;
  const head = `${paint.strong(id)}  ${title}: ${score} of ${points} points`;
  const width = Math.max(...checks.map((check) => check.id.length), 0);
  const blocks = checks.map((check, index) =>
    isSame(check, checks[index - 1])
      ? [headLine(check, width, paint), indented('for the same reason')]
      : checkLines(check, width, paint, ways),
  );
  return [head, ...blocks.flat()].join('\n');
}

/** Whether what stopped this check stopped the one before. */
function isSame(check: CheckResult, before: CheckResult | undefined): boolean {
  const { fault, line, message } = check;
  return (
    fault !== undefined &&
    fault === before?.fault &&
    message === before.message &&
    line?.line === before.line?.line
  );
}

const words = { passed: 'passed', failed: 'FAILED', error: 'FAILED' };

function headLine(check: CheckResult, width: number, paint: Paint): string {
  const { id, points, score, status, title } = check;
  const lead = `  ${words[status]}  ${id.padEnd(width)}  ${title}`;
  const shown = status === 'passed' ? lead : paint.strong(lead);
  return `${shown}  ${paint.faint(`${score} of ${points}`)}`;
}

function checkLines(
  check: CheckResult,
  width: number,
  paint: Paint,
  ways: Ways,
): string[] {
  const head = headLine(check, width, paint);
  if (check.status === 'passed') return [head];
  return [head, ...[...reasons(check), ...ways(check)].map(indented)];
}

const indented = (line: string): string =>
  line === '' ? '' : `          ${line}`;

/** What went wrong, in a line or a few. */
export function reasons(check: CheckResult): string[] {
  const { expected, fault, line, message, output, rule, seen } = check;
  const printed =
    output === undefined
      ? []
      : ['your code printed:', ...output.split('\n').slice(0, 5)];
  if (fault !== undefined) {
    const place = line === undefined ? '' : `${line.file}:${line.line}: `;
    const [first = '', ...rest] = message.split('\n');
    const words = faultWords(fault, first, line?.file);
    return [`${place}${words}${first}`, ...rest, ...printed];
  }
  const why = message.startsWith('Expected ') ? [] : [message];
  return [
    rule,
    ...why,
    `expected  ${expected ?? ''}`,
    `seen      ${seen ?? ''}`,
    ...printed,
  ];
}

/** What kind of failure it is, before what it says. */
function faultWords(fault: CheckFault, message: string, file = ''): string {
  if (fault !== 'syntax') return wordsOf[fault];
  if (message.startsWith('Cannot ')) return '';
  const language = file.endsWith('.yaml') ? 'YAML' : 'TypeScript';
  return `this cannot be read as ${language}: `;
}

const wordsOf: Readonly<Record<Exclude<CheckFault, 'syntax'>, string>> = {
  error: 'an error ended the run: ',
  rejection: 'a promise was rejected, and nobody listened: ',
  deadlock: 'the run came to a standstill: ',
  endless: 'the run does not end: ',
  timeout: '',
  memory: '',
  crash: '',
  missing: '',
};
