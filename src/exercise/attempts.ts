/**
 * Solutions and mistakes, as `content/solutions/<id>/attempts.yaml` holds
 * them. They are bodies and edits, not whole files, so that the code around
 * them is always the real one.
 */
import type { Edit } from './surgery.ts';

/** One way to do the exercise. */
export interface Attempt {
  /** What it does differently, for people. */
  readonly says: string;
  /** The body of the exercise's function, from the first column. */
  readonly body?: string;
  /** Changes of our solution. */
  readonly edits?: readonly Edit[];
  /** Of questions; a line is named by its text. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** What must become of a mistake. */
export interface Expectation {
  /** The id of a check that it fails. */
  readonly fails: string;
  /** A part of the message that it gets. */
  readonly because: string;
}

/** What a question accepts; a line is named by its text. */
export interface Key {
  readonly accept?: readonly string[];
  /** What is wrong with an answer, by the answer. */
  readonly wrong?: Readonly<Record<string, string>>;
  /** And with all others. */
  readonly otherwise: string;
}

export interface Attempts {
  /** What makes the starter of the real code, and what it fails. */
  readonly starter?: Partial<Expectation> & {
    readonly edits?: readonly Edit[];
  };
  /** The real code, where absent. */
  readonly solution?: Omit<Attempt, 'says'>;
  readonly alternative: Attempt;
  readonly wrong: readonly (Attempt & Expectation)[];
  readonly key?: Readonly<Record<string, Key>>;
}
