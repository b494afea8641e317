/**
 * The trace format, version 2: everything recorded from one run, as columns.
 *
 * A trace is JSON. Repeated text and values live in tables and are named by
 * index; the events are columns of equal length. A file may hold them as
 * streams instead, see `transcript.ts`. `schema.json` is the same as JSON Schema and is published with
 * the site; `readTrace` checks a file against both before anybody uses it.
 */

export const formatName = 'inside-the-loop/trace';
export const formatVersion = 2;

/** Index into `values`; or, below 0, a small integer: see `smallInteger`. */
export type ValueRef = number;

/** The reference that stands for an integer of at most 30 bits. */
export function integerRef(value: number): ValueRef {
  return value >= 0 ? -(2 * value + 1) : 2 * value;
}

/** The integer that a reference below 0 stands for. */
export function smallInteger(ref: ValueRef): number {
  return ref % 2 === 0 ? ref / 2 : (-1 - ref) / 2;
}

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
  /** A `Uint8Array` as it was, in hex; `length` when only its start is kept. */
  | { readonly bytes: string; readonly length?: number }
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
  'call', // a: site; b: pool of [this, ...arguments]; c: the parent frame, or -1
  'return', // a: value
  'throw', // a: value
  'line', // a: line about to run
  'await', // a: line
  'resume', // a: line; b: value; c: the row that woke it, or -1
  'yield', // a: line; b: value
  'var', // a: string (name); b: value; frame: the declaring one
  'heap', // a: object; b: pool of its fields, keys and values in turn, see below
  'spawn', // a: task
  'end', // a: task
  'event', // a: index into eventKinds; b: pool, see below; c: the row of its cause, or -1
] as const;

/*
 * The pool of a `heap` row is `[key, value, key, value, …]`, all of them
 * `ValueRef`s: names for plain objects (private ones with their `#`), indices
 * for arrays and sets, keys of any kind for maps. An error has `name`,
 * `message` and `cause`. The whole object is written, so the latest row is
 * what it holds. Equal rows in a row are not written. A list or map that was
 * not kept whole ends with the key `{other: '…'}` and its size; a string ends
 * with `…`.
 *
 * Frames are numbered in the order of their `call` rows. Of a folded file
 * there are the calls and waits at its border, what it calls within itself
 * only if that has `@story` lines; no lines, and variables only of functions
 * with `@story` lines. A frame that began before the recording, such as that
 * of a module, has its `call` where a variable of it is first written. Task -1
 * sets the scenario up, or is a timer's of the simulator; what code asks a
 * timer to call acts for the task of that code.
 *
 * The pool of an `event` row is `[subject, case, name, value, name, value, …]`:
 * indices into `strings` (`case` -1 for none), and a `ValueRef` after each
 * name. What the fields of `store.*`, `watch.*` and of the four kinds below
 * refer to is recorded to any depth, and `bytes` of `bytes.*` whole, since
 * documents, diagrams and the wire are drawn from them.
 *
 * Four kinds come from the scenario's view, read after each event:
 * `state`   subject `Machine` or `Machine object`; machine, object ('' for a
 *           single one), from, to
 * `change`  subject: the watched name; before, after
 * `thing`   subject `Kind/name`; kind, name, owner, fields; case `gone` when
 *           the view no longer has it
 * `slot`    subject `group/name`; group, name, capacity, contents, note; case
 *           `gone` likewise
 * They are written when they differ from what was written before.
 */

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
