/**
 * Why a check did not pass, as one text: its first line is a whole sentence
 * that most tools show, and no longer than they show.
 */
import type { CheckResult } from '../../exercise/result.ts';
import { reasons } from './human.ts';

const longest = 500;

/** The reason, line by line. */
export const reasonText = (check: CheckResult): string =>
  reasons(check).join('\n');

/** Its first line, shortened if need be. */
export function firstLine(check: CheckResult): string {
  const [first = ''] = reasons(check);
  return shortened(first, longest);
}

/** At most so many characters, with a sign that there were more. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
