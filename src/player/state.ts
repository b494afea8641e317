/**
 * What the player is, and what it can be told: types and their few constants.
 *
 * `core.ts` says how a command changes the state.
 */
import type { Level, Row, TraceModel } from '../trace/model.ts';

export const views = [
  'all',
  'lanes',
  'objects',
  'states',
  'queues',
  'wire',
  'source',
] as const;
export type View = (typeof views)[number];

/** Times the usual pace of two seconds a step. */
export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** A passage of prose and the step it speaks of. */
export interface Beat {
  readonly id: string;
  readonly scenario: string;
  readonly address: string;
}

export interface State {
  readonly scenario: string;
  readonly status: 'loading' | 'ready' | 'failed';
  /** While loading: how much of the recording is open, from 0 to 1. */
  readonly progress: number;
  readonly level: Level;
  readonly view: View;
  readonly n: number;
  readonly row: Row;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly driver: 'prose' | 'reader';
  /** The lane, thing and line the reader chose; undefined for none. */
  readonly lane: number | undefined;
  readonly thing: string | undefined;
  readonly line: { readonly file: string; readonly line: number } | undefined;
  /** Where to go as soon as the trace is open; '' for its first step. */
  readonly wanted: string;
  /** Something to tell the reader once; '' for nothing. */
  readonly notice: string;
  readonly help: boolean;
  /** Whether the reader is choosing what the lanes show. */
  readonly choosing: boolean;
  /** Whether letters and digits act on the whole page, or on the stage alone. */
  readonly letters: boolean;
  /** Large type and no page around it. */
  readonly projector: boolean;
}

/** Direction of a jump: to the next one, or to the one before. */
export type Way = 1 | -1;

export type Command =
  | { readonly type: 'open' }
  | { readonly type: 'fail'; readonly why: string }
  | { readonly type: 'progress'; readonly part: number }
  | { readonly type: 'tell'; readonly notice: string }
  | { readonly type: 'step' | 'back' | 'first' | 'last' }
  | { readonly type: 'play' | 'pause' | 'tick' }
  | { readonly type: 'help' | 'choose' | 'letters' | 'projector' | 'close' }
  | { readonly type: 'seek'; readonly n: number }
  | { readonly type: 'row' | 'moment'; readonly row: Row }
  | { readonly type: 'address'; readonly address: string }
  | { readonly type: 'speed'; readonly speed: Speed }
  | { readonly type: 'level'; readonly level: Level }
  | { readonly type: 'view'; readonly view: View }
  | {
      readonly type: 'scenario';
      readonly scenario: string;
      readonly address?: string;
    }
  | { readonly type: 'beat' | 'prose'; readonly beat: Beat }
  | {
      readonly type: 'toBeat' | 'toVisit' | 'toChange' | 'toOwn';
      readonly way: Way;
    }
  | { readonly type: 'lane'; readonly lane: number | undefined }
  | { readonly type: 'thing'; readonly thing: string | undefined }
  | { readonly type: 'line'; readonly file: string; readonly line: number };

/** What `update` may look at beside the state. */
export interface World {
  /** The open trace of `state.scenario`; undefined until it is here. */
  readonly model: TraceModel | undefined;
  /** The beats of the whole page, in the order of the text. */
  readonly beats: readonly Beat[];
}
