/**
 * Gives every step its sentence: the function's own, or the default of its
 * kind.
 *
 * A function speaks for itself, and for events within it, by its `@story`
 * lines; the innermost frame that has one for a kind wins. Defaults come from
 * the catalogue. Of their variants the first is taken whose shape differs from
 * that of the sentence before.
 */
import { code } from '../index/rows.ts';
import type { Happening } from '../index/events.ts';
import type { World } from '../index/world.ts';
import type { Row, Spoken } from '../model.ts';
import { Detailer } from './details.ts';
import type { Details } from './details.ts';
import english from './en.json' with { type: 'json' };
import { argumentsOf, format } from './message.ts';
import type { Piece } from './message.ts';
import { wordPiece } from './pieces.ts';
import { Scope } from './scope.ts';
import { shapeOf } from './shape.ts';
import { tagsOf } from './tags.ts';
import type { Form, Tag } from './tags.ts';

/** Sentences by id: one, or variants that differ in shape only. */
export type Catalogue = Readonly<Record<string, readonly string[]>>;

interface Voice {
  readonly templates: readonly string[];
  readonly source: string;
  readonly lookup: Details;
}

export class Speaker {
  readonly #world: World;
  readonly #details: Detailer;
  readonly #catalogue: Catalogue;
  readonly #tags = new Map<number, readonly Tag[]>();

  constructor(world: World, catalogue: Catalogue = english) {
    this.#world = world;
    this.#details = new Detailer(world);
    this.#catalogue = catalogue;
  }

  /**
   * The sentence of a row.
   *
   * @param before the sentence before it in the story; '' for none
   */
  say(row: Row, before: string): Spoken {
    const voice = this.#voice(row);
    const { templates, source, lookup } = voice;
    const usable = templates.filter((template) =>
      argumentsOf(template).every(
        (name) => !optional.has(name) || lookup(name) !== undefined,
      ),
    );
    const shape = shapeOf(before);
    const all = (usable.length > 0 ? usable : templates).map((template) =>
      format(template, lookup),
    );
    const chosen = all.find(({ text }) => shapeOf(text) !== shape) ?? all[0];
    return {
      text: chosen?.text ?? source,
      source,
      missing: chosen?.missing ?? [],
    };
  }

  /** Whether a row's sentence depends on the one before it. */
  varies(row: Row): boolean {
    return this.#voice(row).templates.length > 1;
  }

  /**
   * What a function says of its own call, return or throw; undefined when it
   * has nothing to say.
   */
  own(row: Row): Spoken | undefined {
    const tag = this.#ownTag(row);
    if (tag === undefined) return undefined;
    const frame = this.#world.rows.frame(row);
    const lookup = this.#within(frame, this.#moment(row), undefined);
    return { ...format(tag.text, lookup), source: tag.text };
  }

  /** Whether a frame around an event has a sentence for its kind. */
  speaksFor(happening: Happening): boolean {
    return this.#spoken(happening) !== undefined;
  }

  /** The function's own key, as `@story as` says; '' without one. */
  key(frame: number): string {
    const { frames, values } = this.#world;
    const row = frames.begin(frame);
    const tags = tagsOf(frames.site(frame).story);
    const scope = new Scope(this.#world, frame, row);
    const tag = tags.find(
      ({ form, when }) => form === 'as' && scope.holds(when),
    );
    if (tag === undefined) return '';
    const paths = tag.text.match(/[\w$.]+/gu) ?? [];
    return paths
      .map((path) => {
        const ref = scope.resolve(path);
        const text = ref === undefined ? undefined : values.text(ref);
        return text ?? scope.piece(path)?.text.replaceAll('`', '') ?? '–';
      })
      .join(' ');
  }

  #voice(row: Row): Voice {
    const happening = this.#world.events.at(row);
    if (happening === undefined) return this.#codeVoice(row);
    const spoken = this.#spoken(happening);
    const own = this.#details.of(happening);
    if (spoken !== undefined) {
      const { tag, frame } = spoken;
      const lookup = this.#within(frame, row, own);
      return { templates: [tag.text], source: tag.text, lookup };
    }
    const why = this.#because(row);
    const lookup: Details = (name) => {
      if (name === 'why')
        return wordPiece(why === '' ? '' : `, because ${why}`);
      if (name === 'Why')
        return why === '' ? undefined : wordPiece(`Because ${why},`);
      return own(name);
    };
    return { ...this.#default(idOf(this.#world, happening)), lookup };
  }

  #codeVoice(row: Row): Voice {
    const tag = this.#ownTag(row);
    const details = this.#details.code(row);
    const frame = this.#world.rows.frame(row);
    if (tag !== undefined) {
      const lookup = this.#within(frame, this.#moment(row), details);
      return { templates: [tag.text], source: tag.text, lookup };
    }
    const kind = this.#world.rows.kind(row);
    if (kind === code.line)
      return { ...this.#default('line'), lookup: details };
    const id =
      kind === code.call ? 'call' : kind === code.throw ? 'throw' : 'return';
    const own = this.#crosses(frame) ? id : `${id}.inner`;
    return { ...this.#default(own), lookup: details };
  }

  #crosses(frame: number): boolean {
    const { lanes, frames } = this.#world;
    const task = frames.task(frame);
    const parent = frames.parent(frame);
    return lanes.ofFrame(frame, task) !== lanes.ofFrame(parent, task);
  }

  #default(id: string): Omit<Voice, 'lookup'> {
    for (let key = id; key !== ''; key = key.slice(0, key.lastIndexOf('.'))) {
      const templates = this.#catalogue[key];
      if (templates !== undefined) return { templates, source: key };
      if (!key.includes('.')) break;
    }
    return { templates: [], source: id };
  }

  /** Values are those at the end, or at the call of one that waits. */
  #moment(row: Row): Row {
    const { frames, rows } = this.#world;
    const frame = rows.frame(row);
    if (rows.kind(row) !== code.call || frames.site(frame).async) return row;
    const end = frames.end(frame);
    return end < 0 ? row : end;
  }

  #ownTag(row: Row): Tag | undefined {
    const { frames, rows } = this.#world;
    const frame = rows.frame(row);
    const forms: Readonly<Record<number, Form>> = {
      [code.call]: 'call',
      [code.return]: 'returns',
      [code.throw]: 'throws',
    };
    const wanted = forms[rows.kind(row)];
    const tags = tagsOf(frames.site(frame).story);
    if (wanted === undefined || tags.length === 0) return undefined;
    const scope = new Scope(this.#world, frame, this.#moment(row));
    return tags.find(({ form, when }) => form === wanted && scope.holds(when));
  }

  /** The innermost `on` line for an event. */
  #spoken(happening: Happening): { tag: Tag; frame: number } | undefined {
    const { kind, row } = happening;
    const full = happening.case === '' ? kind : `${kind}.${happening.case}`;
    return this.#innermost(row, (tag) => {
      return tag.form === 'on' && (tag.kind === kind || tag.kind === full);
    });
  }

  #because(row: Row): string {
    const found = this.#innermost(row, (tag) => tag.form === 'because');
    if (found === undefined) return '';
    const lookup = this.#within(found.frame, row, undefined);
    const { text } = format(`x${found.tag.text}`, lookup);
    return text.slice(1).replace(/\.$/u, '');
  }

  #innermost(
    row: Row,
    wanted: (tag: Tag) => boolean,
  ): { tag: Tag; frame: number } | undefined {
    for (const frame of this.#around(row)) {
      const tags = this.#tagsAround(frame).filter(wanted);
      if (tags.length === 0) continue;
      const scope = new Scope(this.#world, frame, row);
      const tag = tags.find(({ when }) => scope.holds(when));
      if (tag !== undefined) return { tag, frame };
    }
    return undefined;
  }

  /** The frames around an event; at a task's end, those that just ended. */
  #around(row: Row): readonly number[] {
    const { frames, rows, events } = this.#world;
    const chain = frames.chain(rows.frame(row));
    if (chain.length > 0 || events.at(row)?.kind !== 'task.end') return chain;
    const ended: number[] = [];
    for (let at = row - 1; at >= 0; at--) {
      if (rows.task(at) !== rows.task(row)) continue;
      if (rows.kind(at) === code.return) ended.unshift(rows.frame(at));
      else if (rows.kind(at) !== code.heap) break;
    }
    return ended;
  }

  /** The tags of a function, and of those it is written in. */
  #tagsAround(frame: number): readonly Tag[] {
    const { frames, trace } = this.#world;
    const index = frames.siteIndex(frame);
    const known = this.#tags.get(index);
    if (known !== undefined) return known;
    const { file, line, end } = frames.site(frame);
    const outer = trace.sites
      .filter((one) => one.file === file && one.line <= line && one.end >= end)
      .sort((a, b) => a.end - a.line - (b.end - b.line));
    const tags = outer.flatMap(({ story }) => tagsOf(story));
    this.#tags.set(index, tags);
    return tags;
  }

  /** Words of a frame first, then those of the event. */
  #within(frame: number, row: Row, own: Details | undefined): Details {
    const scope = new Scope(this.#world, frame, row);
    return (name): Piece | undefined => {
      const piece = scope.piece(name) ?? own?.(name);
      if (piece !== undefined) return piece;
      return name === 'actor' ? this.#details.actor(row) : undefined;
    };
  }
}

/** Arguments without which a variant cannot be used. */
const optional = new Set(['Why', 'After', 'waited', 'why']);

/** The message of a happening: its kind, and its case where that has one. */
function idOf(world: World, happening: Happening): string {
  const { kind, row } = happening;
  if (kind.startsWith('store.') && happening.case === 'refused') {
    return 'store.refused';
  }
  if (kind === 'change') {
    const after = happening.fields.get('after');
    const value =
      after === undefined ? undefined : world.values.plain(after, row);
    return value === undefined ? 'change.gone' : 'change';
  }
  return happening.case === '' ? kind : `${kind}.${happening.case}`;
}
