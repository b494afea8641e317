/**
 * The trace format, version 1: everything recorded from one run, as columns.
 *
 * A trace is JSON. Repeated text and values live in tables and are named by
 * index; the events are columns of equal length, so that gzip finds their
 * regularity. `schema.json` is the same as JSON Schema and is published with
 * the site; `readTrace` checks a file against both before anybody uses it.
 */

export const formatName = 'inside-the-loop/trace';
export const formatVersion = 1;

/** Index into `values`; or, below 0, a small integer: see `decodeValue`. */
export type ValueRef = number;

/**
 * Structure of a value in `values`. Objects are referred to by number and
 * have versions of their own, so one object in two places stays one.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | { readonly object: number }
  /** What JSON has no word for: `undefined`, `NaN`, `-0`, `10n`, `<getter>`. */
  | { readonly other: string };

/** One function of the recorded code. */
export interface Site {
  /** `Class.method`, `function`, or `<module>`. */
  readonly symbol: string;
  /** Index into `files`. */
  readonly file: number;
  /** First and last line, from 1. */
  readonly line: number;
  readonly end: number;
  readonly params: readonly string[];
  readonly async: boolean;
  /** Its `@story` lines, in order; absent when it has none. */
  readonly story?: readonly string[];
}

export interface TraceLane {
  readonly id: string;
  readonly noun: string;
  readonly role?: string;
  readonly played?: boolean;
  readonly tasks?: readonly string[];
  readonly symbols?: readonly string[];
}

/**
 * Kinds of rows. `event` rows carry meaning (`kind` of samples and stories);
 * the others carry the run itself.
 */
export const rowKinds = [
  'call', // a: site; b: pool of [this, ...arguments]; parent, callLine set
  'return', // a: value
  'throw', // a: value
  'line', // a: line about to run
  'await', // a: line
  'resume', // a: line; b: value; c: the row that woke it, or -1
  'yield', // a: line; b: value
  'var', // a: string (name); b: value; frame: the declaring one
  'heap', // a: object; b: pool of its fields, keys and values in turn
  'spawn', // a: task
  'end', // a: task
  'event', // a: index into eventKinds; b: pool, see EventRow; c: cause, or -1
] as const;

export type RowKind = (typeof rowKinds)[number];

export interface Columns {
  /** Milliseconds since the run's start. */
  readonly time: readonly number[];
  /** Index into `tasks`; -1 for none (a timer). */
  readonly task: readonly number[];
  /** Index into `rowKinds`. */
  readonly kind: readonly number[];
  /** Number of the frame; -1 for none. */
  readonly frame: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly c: readonly number[];
}

export interface Trace {
  readonly format: typeof formatName;
  readonly version: typeof formatVersion;
  /** `knative/02-service`. */
  readonly chapter: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  /** Milliseconds since 1970 at the run's start. */
  readonly start: number;
  readonly notes: readonly string[];
  readonly lanes: readonly TraceLane[];
  readonly keep: readonly string[];
  readonly fold: readonly string[];
  readonly machines: readonly {
    readonly name: string;
    readonly states: readonly string[];
    readonly initial: string;
  }[];
  /** Path below the project, and a hash of the text it was recorded from. */
  readonly files: readonly {
    readonly path: string;
    readonly hash: string;
    /** Left out of the steps. */
    readonly folded: boolean;
  }[];
  readonly tasks: readonly string[];
  readonly sites: readonly Site[];
  /** Kinds of events, such as `store.create`, in the order of first use. */
  readonly eventKinds: readonly string[];
  /** Class names of objects, by object number. */
  readonly objects: readonly string[];
  readonly strings: readonly string[];
  readonly values: readonly Value[];
  /** Lists: a length, then that many numbers. */
  readonly pool: readonly number[];
  readonly events: Columns;
  /** What the scenario's `main` returned, or the error that ended it. */
  readonly result: unknown;
  readonly error?: string;
}
