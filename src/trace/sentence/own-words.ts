/**
 * What functions say of themselves: the one `@story` line that applies to a
 * call, its end, or an event within it.
 *
 * Lines are tried in order, and the first whose guard holds speaks. For an
 * event the innermost function wins that has a line for its kind; a callback
 * also speaks with the lines of the function it is written in.
 */
import type { Happening } from '../index/events.ts';
import { code } from '../index/rows.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import { Scope } from './scope.ts';
import { tagsOf } from './tags.ts';
import type { Form, Tag } from './tags.ts';

/** A line, and where its words get their meaning. */
export interface Words {
  readonly tag: Tag;
  readonly scope: Scope;
}

const forms: Readonly<Record<number, Form>> = {
  [code.call]: 'call',
  [code.return]: 'returns',
  [code.throw]: 'throws',
};

export class OwnWords {
  readonly #world: World;
  readonly #byCall = new Map<number, readonly Tag[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What a function says of its call, return or throw. */
  ofCall(row: Row): Words | undefined {
    const { frames, rows } = this.#world;
    const frame = rows.frame(row);
    const form = forms[rows.kind(row)];
    const tags = tagsOf(frames.site(frame).story);
    if (form === undefined || tags.length === 0) return undefined;
    return this.#first(
      tags.filter((tag) => tag.form === form),
      new Scope(this.#world, frame, this.#moment(row)),
    );
  }

  /** What the functions around an event say of it. */
  ofEvent(happening: Happening): Words | undefined {
    const { kind } = happening;
    const full = happening.case === '' ? kind : `${kind}.${happening.case}`;
    return this.#innermost(
      happening,
      (tag) =>
        tag.form === 'on' &&
        (tag.kind === kind || tag.kind === full) &&
        `${happening.subject} `.startsWith(`${tag.subject} `.trimStart()),
    );
  }

  /** Why an event happened, as the functions around it say. */
  reason(happening: Happening): Words | undefined {
    return this.#innermost(happening, ({ form }) => form === 'because');
  }

  /** A function's own key in its address: the paths it names. */
  key(frame: number): string {
    const { frames, rows } = this.#world;
    const begin = frames.begin(frame);
    const end = frames.end(frame);
    const last = end < 0 ? rows.count - 1 : end;
    const early = new Scope(this.#world, frame, this.#moment(begin));
    const late = new Scope(this.#world, frame, last);
    const found = this.#first(
      tagsOf(frames.site(frame).story).filter(({ form }) => form === 'as'),
      early,
    );
    const paths = found?.tag.text.match(/[\w$.]+/gu) ?? [];
    // A name that is found only later, such as a new id, is a key all the same.
    return paths
      .map((path) => early.name(path) ?? late.name(path) ?? '–')
      .join(' ');
  }

  #first(tags: readonly Tag[], scope: Scope): Words | undefined {
    const tag = tags.find(({ when }) => scope.holds(when));
    return tag === undefined ? undefined : { tag, scope };
  }

  #innermost(
    happening: Happening,
    wanted: (tag: Tag) => boolean,
  ): Words | undefined {
    for (const frame of this.#around(happening)) {
      const tags = this.#tagsAround(frame).filter(wanted);
      if (tags.length === 0) continue;
      const { row, fields } = happening;
      const words = this.#first(
        tags,
        new Scope(this.#world, frame, row, fields),
      );
      if (words !== undefined) return words;
    }
    return undefined;
  }

  /** Values are those at the end, or at the call of one that waits. */
  #moment(row: Row): Row {
    const { frames, rows } = this.#world;
    const frame = rows.frame(row);
    if (rows.kind(row) !== code.call || frames.site(frame).async) return row;
    const end = frames.end(frame);
    return end < 0 ? row : end;
  }

  /** The frames around an event; at a task's end, those that just ended. */
  #around({ row, kind }: Happening): readonly number[] {
    const { frames, rows } = this.#world;
    const chain = frames.chain(rows.frame(row));
    if (chain.length > 0 || kind !== 'task.end') return chain;
    const ended: number[] = [];
    for (let at = row - 1; at >= 0; at--) {
      if (rows.task(at) !== rows.task(row)) continue;
      if (rows.kind(at) === code.return) ended.unshift(rows.frame(at));
      else if (rows.kind(at) !== code.heap) break;
    }
    return ended;
  }

  /** The lines of a function, then of those it is written in. */
  #tagsAround(frame: number): readonly Tag[] {
    const { frames, trace } = this.#world;
    const index = frames.siteIndex(frame);
    const known = this.#byCall.get(index);
    if (known !== undefined) return known;
    const { file, line, end } = frames.site(frame);
    const outer = trace.sites
      .filter((one) => one.file === file && one.line <= line && one.end >= end)
      .sort((a, b) => a.end - a.line - (b.end - b.line));
    const tags = outer.flatMap(({ story }) => tagsOf(story));
    this.#byCall.set(index, tags);
    return tags;
  }
}
