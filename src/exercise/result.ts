/**
 * What became of an exercise: the one internal result, which terminal, page
 * and reporters show each in their way.
 */
import type { Fault, Spot } from './broken.ts';
import type { Kind } from './exercise.ts';

/** How a check ended that neither passed nor broke its rule. */
export type CheckFault = Fault | 'timeout' | 'memory' | 'crash';

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** The rule that is broken when it fails, one sentence. */
  readonly rule: string;
  readonly hidden: boolean;
  /** `error`: the code did not come to an answer; `fault` says how. */
  readonly status: 'passed' | 'failed' | 'error';
  readonly fault?: CheckFault;
  readonly score: number;
  readonly points: number;
  /** Why it did not pass, in one sentence or two; '' when it passed. */
  readonly message: string;
  readonly expected?: string;
  readonly seen?: string;
  /** The first step to look at, in the student's own run. */
  readonly at?: Spot;
  /** A line of the student's file. */
  readonly line?: { readonly file: string; readonly line: number };
  /** What the code printed meanwhile, its beginning. */
  readonly output?: string;
}

export interface ExerciseResult {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly passed: boolean;
  readonly score: number;
  readonly points: number;
  readonly checks: readonly CheckResult[];
}

/** A check, as it is announced before it is judged. */
export type CheckHead = Pick<
  CheckResult,
  'id' | 'title' | 'rule' | 'hidden' | 'points'
>;

/** A check that passed. */
export const passed = (head: CheckHead): CheckResult => ({
  ...head,
  status: 'passed',
  score: head.points,
  message: '',
});

/** A check that could not be judged, because the code was stopped. */
export const stopped = (
  head: CheckHead,
  fault: CheckFault,
  message: string,
): CheckResult => ({ ...head, status: 'error', fault, score: 0, message });

/** The sum of the checks. */
export function summed(
  head: Pick<ExerciseResult, 'id' | 'title' | 'kind'>,
  checks: readonly CheckResult[],
): ExerciseResult {
  const { id, title, kind } = head;
  return {
    id,
    title,
    kind,
    passed: checks.every(({ status }) => status === 'passed'),
    score: checks.reduce((sum, { score }) => sum + score, 0),
    points: checks.reduce((sum, { points }) => sum + points, 0),
    checks,
  };
}

/** What a test looks for: a check must cope with whatever code does. */
export const stumbled = 'The check could not make sense of what the code did';
