/**
 * One activation of a function: what the recorder remembers of it.
 */
import type { ValueRef } from '../format.ts';

export class Frame {
  /** Its number in the trace; -1 while it is in no row. */
  id: number;
  readonly site: number;
  /** The task it acts for; -1 for none. */
  readonly task: number;
  /** Who called it, if that is known. */
  readonly parent: Frame | undefined;
  readonly depth: number;
  /** Whether its file is left out of the steps. */
  readonly folded: boolean;
  /**
   * Whether it is in no row, being within a folded file; then `id` is that of
   * the caller whose frame is.
   */
  readonly silent: boolean;
  /** Who acts again when this frame waits, yields or ends. */
  back: Frame | undefined;
  /** The line it stands at. */
  line = 0;
  /** What it is about to return. */
  value: ValueRef = 0;
  done = false;
  /** Whether it waits in `yield*`; then its caller is who resumes the inner. */
  delegating = false;
  isWaiting = false;
  /** The row that ended its wait, as far as is known, or -1. */
  woken = -1;
  /** The last value written to each variable, by the number of its name. */
  variables: Map<number, ValueRef> | undefined;

  constructor(
    id: number,
    site: number,
    task: number,
    parent?: Frame,
    folded = false,
    silent = false,
  ) {
    this.id = id;
    this.site = site;
    this.task = task;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.folded = folded;
    this.silent = silent;
    this.back = parent;
  }
}

/**
 * Who really acts: a generator in `yield*` only passes on what its inner
 * generator does, so its own caller does. Chains of them are short.
 */
export function undelegated(frame: Frame | undefined): Frame | undefined {
  let at = frame;
  for (let hops = 0; at?.delegating === true; hops++) {
    if (hops === 1000) return undefined;
    at = at.back;
  }
  return at;
}
