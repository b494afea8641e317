/**
 * Frames: who called whom, where each one stands at a row, and what its
 * variables hold.
 */
import type { Site, ValueRef } from '../format.ts';
import type { FrameView, Row, VariableView } from '../model.ts';
import { each } from '../slices.ts';
import type { Work } from '../slices.ts';
import { lastTo, RowLists } from './lists.ts';
import { code } from './rows.ts';
import type { Rows } from './rows.ts';

const nowhere: Site = {
  symbol: '',
  file: -1,
  line: 0,
  end: 0,
  params: [],
  async: false,
};

export class Frames {
  readonly #rows: Rows;
  readonly #begin: Row[] = [];
  readonly #end: Row[] = [];
  readonly #parent: number[] = [];
  /** Rows that say at which line a frame stands. */
  readonly #lines = new RowLists();
  /** Rows that wrote a variable, by frame and name. */
  readonly #writes = new RowLists();
  /** Names of the variables of a frame, in the order of first writing. */
  readonly #names = new RowLists();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  read(): Work {
    return each(this.#rows.count, (row) => {
      this.#read(row);
    });
  }

  #read(row: Row): void {
    const rows = this.#rows;
    const frame = rows.frame(row);
    switch (rows.kind(row)) {
      case code.call:
        this.#begin[frame] = row;
        this.#parent[frame] = rows.c(row);
        break;
      case code.return:
      case code.throw:
        this.#end[frame] = row;
        break;
      case code.line:
      case code.await:
      case code.resume:
      case code.yield:
        this.#lines.add(frame, row);
        break;
      case code.var: {
        const key = this.#key(frame, rows.a(row));
        if (this.#writes.get(key).length === 0) {
          this.#names.add(frame, rows.a(row));
        }
        this.#writes.add(key, row);
        break;
      }
    }
  }

  #key(frame: number, name: number): number {
    return frame * this.#rows.trace.strings.length + name;
  }

  /** How many frames there are. */
  get count(): number {
    return this.#begin.length;
  }

  siteIndex(frame: number): number {
    const begin = this.#begin[frame];
    return begin === undefined ? -1 : this.#rows.a(begin);
  }

  site(frame: number): Site {
    return this.#rows.trace.sites[this.siteIndex(frame)] ?? nowhere;
  }

  /** The row of its call; -1 for no frame. */
  begin(frame: number): Row {
    return this.#begin[frame] ?? -1;
  }

  /** The row of its return or throw; -1 when it never ended. */
  end(frame: number): Row {
    return this.#end[frame] ?? -1;
  }

  task(frame: number): number {
    return this.#rows.task(this.begin(frame));
  }

  /** The frame that called it, within the same task; -1 for none. */
  parent(frame: number): number {
    const parent = this.#parent[frame] ?? -1;
    // A parent is older than its child, or following it might never end.
    const known = parent >= 0 && parent < frame;
    return known && this.task(parent) === this.task(frame) ? parent : -1;
  }

  /** A frame and its callers, innermost first. */
  chain(frame: number): number[] {
    const chain: number[] = [];
    for (let at = frame; at >= 0; at = this.parent(at)) {
      if (this.#begin[at] !== undefined) chain.push(at);
    }
    return chain;
  }

  /** Whether `outer` is `frame` itself or one of its callers. */
  within(frame: number, outer: number): boolean {
    for (let at = frame; at >= outer && at >= 0; at = this.parent(at)) {
      if (at === outer) return true;
    }
    return false;
  }

  line(frame: number, row: Row): number {
    const last = lastTo(this.#lines.get(frame), row);
    return last === undefined ? this.site(frame).line : this.#rows.a(last);
  }

  stack(row: Row): FrameView[] {
    const { files } = this.#rows.trace;
    return this.chain(this.#rows.frame(row))
      .reverse()
      .map((frame) => {
        const site = this.site(frame);
        const file = files[site.file]?.path ?? '';
        return { frame, site, file, line: this.line(frame, row) };
      });
  }

  /** `this` first, then the arguments, as they were at the call. */
  arguments(frame: number): readonly ValueRef[] {
    return this.#rows.list(this.#rows.b(this.begin(frame)));
  }

  /** What a variable held at a row; undefined when it was not yet written. */
  variable(frame: number, name: string, row: Row): ValueRef | undefined {
    const last = lastTo(this.writes(frame, name), row);
    if (last !== undefined) return this.#rows.b(last);
    const place = this.site(frame).params.indexOf(name);
    return place < 0 ? undefined : this.arguments(frame)[place + 1];
  }

  /** Parameters first, then locals in the order of their first writing. */
  variables(frame: number, row: Row): VariableView[] {
    const begin = this.begin(frame);
    const { params } = this.site(frame);
    const names = this.#names.get(frame).map((one) => this.#rows.string(one));
    const locals = names.filter((name) => !params.includes(name));
    return [...params, ...locals].flatMap((name) => {
      const value = this.variable(frame, name, row);
      if (value === undefined) return [];
      const written = this.writes(frame, name);
      const last = lastTo(written, row) ?? begin;
      return [{ name, value, now: last === row }];
    });
  }

  /** Rows that wrote a local variable. */
  writes(frame: number, name: string): readonly Row[] {
    const index = this.#names
      .get(frame)
      .find((one) => this.#rows.string(one) === name);
    return index === undefined ? [] : this.#writes.get(this.#key(frame, index));
  }
}
