/**
 * What a check is written with: `import { … } from '#exercise'`.
 *
 * A check judges what code does: what a run wrote and in which order, which
 * calls overlapped, what a function answers to inputs of the check's own. It
 * never looks at the text of the code, so that any way of being right is.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Sim } from '../../runnable/sim/sim.ts';
import { BrokenRule } from './broken.ts';
import type { Finding } from './broken.ts';
import type { Run } from './run.ts';

export type { Call, Moment, Run, Write } from './run.ts';

/** What a run may be asked for. */
export interface RunOptions {
  readonly seed?: number;
  readonly input?: unknown;
  /** Whether the check wants to see the run however it ended. */
  readonly mayFail?: boolean;
}

/** What a check works at. */
export interface Bench {
  /**
   * Records a scenario with the student's code; the exercise's by default.
   * The same run is recorded once, however many checks ask for it.
   *
   * A run that others ended with an error, because of what the student's code
   * did, is returned like any other; see `Run.error`.
   *
   * @throws {RunFailed} when an error of the student's own code ended the run,
   *   or it did not come to an end
   */
  readonly run: (scenario?: string, options?: RunOptions) => Promise<Run>;
  /** The same run with the real code. */
  readonly reference: (scenario?: string, options?: RunOptions) => Promise<Run>;
  /** Loads a module, and with it the student's code. */
  readonly load: <T>(path: string) => Promise<T>;
  /** Runs something in a world of its own, to the end. */
  readonly inWorld: <T>(body: (sim: Sim) => Promise<T>) => Promise<T>;
}

export interface Check {
  /** Stable, in kebab-case; unique within the exercise. */
  readonly id: string;
  /** What is right when it passes, in a few words. */
  readonly title: string;
  readonly points: number;
  /** One sentence: the rule that is broken when it fails. */
  readonly rule: string;
  /** Returns when the rule holds; throws when it does not. */
  readonly judge: (bench: Bench) => Promise<void>;
}

/** Fails with a finding of the check's own. */
export function fail(finding: Finding): never {
  throw new BrokenRule(finding);
}

/**
 * Fails unless two plain values are equal.
 *
 * @param more.what what is compared, such as "the labels wanted"
 */
export function expectSame(
  seen: unknown,
  expected: unknown,
  more: { readonly what?: string; readonly at?: Finding['at'] } = {},
): void {
  if (isDeepStrictEqual(plain(seen), plain(expected))) return;
  const lead = more.what === undefined ? '' : `${more.what} to be `;
  fail({
    expected: `${lead}${shown(expected)}`,
    seen: shown(seen),
    at: more.at,
  });
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
