/**
 * What a trace says, as its readers ask for it: the one interface between a
 * recording and the page, the terminal, the exporters and the graders.
 *
 * `openTrace` (in `open.ts`) builds it once; every question after that costs
 * O(log n) in the length of the trace, forwards and backwards alike. Moments
 * are row numbers (`Row`); a step is a row at a level of detail, and `n` its
 * place among the steps of that level, from 1. Rows and `n` are for use in
 * memory: links, beats and files hold addresses.
 */
import type { Site, Trace, Value, ValueRef } from './format.ts';

/** The number of a row: a moment of the run. */
export type Row = number;

export const levels = ['story', 'calls', 'lines'] as const;
export type Level = (typeof levels)[number];

/** One line of "what changed": a field, old value, new value, as text. */
export interface Change {
  readonly field: string;
  /** Absent for a fact that is not a change. `–` stands for no value. */
  readonly before?: string;
  readonly after: string;
}

export interface Step {
  readonly row: Row;
  readonly n: number;
  readonly address: string;
  /** Milliseconds since the run's start. */
  readonly time: number;
  /** Index into `model.lanes`; -1 when it belongs to none. */
  readonly lane: number;
  /** `store.create`, `queue.add`, `call`, `state`, … */
  readonly kind: string;
  readonly case?: string;
  readonly subject: string;
  /** A few words for the diagram: "create Route", "updatePod kill". */
  readonly label: string;
  /** English, with `code` in backquotes. */
  readonly sentence: string;
  readonly changes: readonly Change[];
  /** Path and line of the teaching code, when the step has one. */
  readonly file?: string;
  readonly line?: number;
}

export interface LaneView {
  readonly id: string;
  readonly noun: string;
  readonly role: string;
  readonly played: boolean;
}

/** How an arrow is drawn; see the conventions of the diagrams. */
export type ArrowStyle = 'write' | 'call' | 'delivery' | 'return' | 'refused';

/** From a lane at a row to a lane at the same row or a later one. */
export interface Arrow {
  readonly style: ArrowStyle;
  readonly from: { readonly lane: number; readonly row: Row };
  readonly to: { readonly lane: number; readonly row: Row };
  readonly label: string;
}

export type Activity = 'running' | 'blocked' | 'sleeping';

/** What a lane does from row `from` up to, not including, row `to`. */
export interface Interval {
  readonly activity: Activity;
  readonly from: Row;
  readonly to: Row;
  /** What a blocked lane waits for. */
  readonly why?: string;
}

export interface FieldView {
  readonly name: string;
  readonly value: string;
  /** `condition` values are True, False or Unknown with a sign of their own. */
  readonly style: 'plain' | 'condition';
  /** Set when this row changed the field; `–` for no value. */
  readonly before?: string;
}

/** An object in the diagram of objects at one moment. */
export interface ThingView {
  /** `Kind/namespace/name`, stable over the run. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly owner?: string;
  readonly state: 'future' | 'present' | 'deleting' | 'gone';
  /** Made, changed or removed by exactly this row. */
  readonly touched: boolean;
  readonly fields: readonly FieldView[];
}

export interface MachineView {
  readonly name: string;
  /** Of several machines of one kind, which one; '' for a single one. */
  readonly object: string;
  readonly states: readonly string[];
  readonly current: string;
  /** Transitions up to this row, and in the whole run, counted. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly taken: number;
    readonly total: number;
    /** Taken by exactly this row. */
    readonly now: boolean;
    /** The next row that takes it, or the first one after a wrap. */
    readonly next: Row;
  }[];
}

export interface SlotView {
  readonly group: string;
  readonly name: string;
  readonly capacity?: number;
  readonly contents: readonly string[];
  /** Contents before this row, when this row changed them. */
  readonly before?: readonly string[];
  readonly note?: string;
  /** Who waits on it now. */
  readonly waiting: readonly string[];
}

/** Bytes that went over one side of a connection up to a row. */
export interface WireView {
  /** `client`, `server`. */
  readonly side: string;
  /** Each write of that side, in order. */
  readonly writes: readonly {
    readonly row: Row;
    readonly offset: number;
    readonly bytes: Uint8Array;
    /** Whether the peer has read all of it by now. */
    readonly read: boolean;
  }[];
}

export interface FrameView {
  readonly frame: number;
  readonly site: Site;
  readonly file: string;
  /** The line it stands at. */
  readonly line: number;
}

export interface VariableView {
  readonly name: string;
  readonly value: ValueRef;
  /** Written by exactly this row. */
  readonly now: boolean;
}

/** A sentence, and where it comes from. */
export interface Spoken {
  readonly text: string;
  /** An id of the catalogue, or a `@story` line. */
  readonly source: string;
  /** Placeholders that were undefined. */
  readonly missing: readonly string[];
}

export interface TraceModel {
  readonly trace: Trace;
  readonly lanes: readonly LaneView[];
  /** Rows in the trace; moments are 0 to rows - 1. */
  readonly rows: number;

  /** Where the sentence of a step comes from, and what it lacks. */
  spoken(level: Level, n: number): Spoken;
  /** How many steps a level has. */
  count(level: Level): number;
  /** The `n`th step of a level, from 1. */
  step(level: Level, n: number): Step;
  /** The last step of a level at or before a row; 0 when there is none. */
  at(level: Level, row: Row): number;
  /**
   * The step that an address leads to: its own, or the one it folded into.
   *
   * @param level whose steps; the story's by default
   */
  find(address: string, level?: Level): Row | undefined;
  /** Addresses that resemble a wrong one, nearest first. */
  nearest(address: string, count: number): readonly string[];
  /** The address of the step a row belongs to. */
  addressOf(row: Row): string;

  /** Arrows that touch steps `from` to `to` of a level. */
  arrows(level: Level, from: number, to: number): readonly Arrow[];
  /** What a lane does between two rows. */
  intervals(lane: number, from: Row, to: Row): readonly Interval[];

  /** All things of the whole run, in a stable order, as they are at a row. */
  things(row: Row): readonly ThingView[];
  /** A thing as it is at a row, whole; undefined while it is not there. */
  document(id: string, row: Row): unknown;
  /** The row that wrote what a field of a thing holds at `row`. */
  lastWriter(id: string, field: string, row: Row): Row | undefined;
  machines(row: Row): readonly MachineView[];
  slots(row: Row): readonly SlotView[];
  wires(row: Row): readonly WireView[];

  /** The call stack of the task that acts at a row, outermost first. */
  stack(row: Row): readonly FrameView[];
  variables(frame: number, row: Row): readonly VariableView[];
  /** A value as text, objects in it as they are at a row. */
  show(value: ValueRef, row: Row, width?: number): string;
  /** The structure of a value; objects stay references. */
  value(value: ValueRef): Value;

  /** Rows at which a line of a file ran. */
  visits(file: string, line: number): readonly Row[];
  /** Rows that changed a thing. */
  changesOf(id: string): readonly Row[];
  /** Rows at which a lane acted, at a level. */
  stepsOf(lane: number, level: Level): readonly Row[];
}
