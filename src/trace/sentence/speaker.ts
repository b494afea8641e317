/**
 * Gives every step its sentence: the function's own, or the default of its
 * kind from the catalogue.
 *
 * Of a default's variants the first is taken whose shape differs from that of
 * the sentence before; nothing else decides.
 */
import type { Happening } from '../index/events.ts';
import { code } from '../index/rows.ts';
import { bytesOf } from '../index/wires.ts';
import type { World } from '../index/world.ts';
import type { Row, Spoken } from '../model.ts';
import { isMessage } from './bytes.ts';
import { Detailer } from './details.ts';
import type { Details } from './details.ts';
import english from './en.json' with { type: 'json' };
import { argumentsOf, format } from './message.ts';
import type { Message } from './message.ts';
import { OwnWords } from './own-words.ts';
import type { Words } from './own-words.ts';
import { wordPiece } from './pieces.ts';
import { shapeOf } from './shape.ts';

/** Sentences by id: variants that differ in shape only. */
export type Catalogue = Readonly<Record<string, readonly string[]>>;

interface Voice {
  readonly templates: readonly string[];
  readonly source: string;
  readonly lookup: Details;
}

/** Arguments without which a variant cannot be used. */
const optional = new Set(['Why', 'After', 'waited']);

export class Speaker {
  readonly #world: World;
  readonly #own: OwnWords;
  readonly #details: Detailer;
  readonly #catalogue: Catalogue;

  constructor(world: World, catalogue: Catalogue = english) {
    this.#world = world;
    this.#own = new OwnWords(world);
    this.#details = new Detailer(world);
    this.#catalogue = catalogue;
  }

  /**
   * The sentence of a row.
   *
   * @param before the sentence before it in the story; '' for none
   */
  say(row: Row, before: string): Spoken {
    const { templates, source, lookup } = this.#voice(row);
    const usable = templates.filter((template) =>
      argumentsOf(template).every(
        (name) => !optional.has(name) || lookup(name) !== undefined,
      ),
    );
    const shape = shapeOf(before);
    let first: Message | undefined;
    for (const template of usable.length > 0 ? usable : templates) {
      const message = format(template, lookup);
      if (shapeOf(message.text) !== shape) return { ...message, source };
      first ??= message;
    }
    return { text: source, missing: [], ...first, source };
  }

  /** Whether a row's sentence depends on the one before it. */
  varies(row: Row): boolean {
    return this.#voice(row).templates.length > 1;
  }

  /** What a function says of its own call, return or throw, if anything. */
  own(row: Row): Spoken | undefined {
    const words = this.#own.ofCall(row);
    if (words === undefined) return undefined;
    const { templates, source, lookup } = this.#spoken(words, () => undefined);
    return { ...format(templates[0] ?? '', lookup), source };
  }

  /** Whether a function around an event has a sentence for it. */
  speaksFor(happening: Happening): boolean {
    return this.#own.ofEvent(happening) !== undefined;
  }

  /** The function's own key in its address; '' without one. */
  key(frame: number): string {
    return this.#own.key(frame);
  }

  #voice(row: Row): Voice {
    const happening = this.#world.events.at(row);
    if (happening === undefined) return this.#ofCode(row);
    const details = this.#details.of(happening);
    const words = this.#own.ofEvent(happening);
    if (words !== undefined) return this.#spoken(words, details);
    const why = this.#reason(happening);
    return this.#default(idOf(this.#world, happening), (name) => {
      if (name === 'why') return wordPiece(why && `, because ${why}`);
      if (name !== 'Why') return details(name);
      return why === '' ? undefined : wordPiece(`Because ${why},`);
    });
  }

  #ofCode(row: Row): Voice {
    const { frames, lanes, rows } = this.#world;
    const details = this.#details.code(row);
    const words = this.#own.ofCall(row);
    if (words !== undefined) return this.#spoken(words, details);
    const kind = rows.kind(row);
    if (kind === code.line) return this.#default('line', details);
    const id = { [code.call]: 'call', [code.throw]: 'throw' }[kind] ?? 'return';
    const frame = rows.frame(row);
    const lane = lanes.ofFrame(frame, rows.task(row));
    const caller = lanes.ofFrame(frames.parent(frame), rows.task(row));
    return this.#default(lane === caller ? `${id}.inner` : id, details);
  }

  /** A function's words; what they do not know, the event does. */
  #spoken({ tag, scope }: Words, details: Details): Voice {
    return {
      templates: [tag.text],
      source: tag.text,
      lookup: (name) => scope.piece(name) ?? details(name),
    };
  }

  #default(id: string, lookup: Details): Voice {
    const [family = ''] = id.split('.');
    const kind = id.slice(0, id.lastIndexOf('.'));
    const source =
      [id, kind, family].find((one) => this.#catalogue[one]) ?? family;
    return { templates: this.#catalogue[source] ?? [], source, lookup };
  }

  #reason(happening: Happening): string {
    const words = this.#own.reason(happening);
    if (words === undefined) return '';
    // A clause keeps its small letter behind a mark that is taken off again.
    const { text } = format(`·${words.tag.text}`, (name) =>
      words.scope.piece(name),
    );
    return text.slice(1).replace(/\.$/u, '');
  }
}

/** The message of a happening: its kind, and its case where that has one. */
function idOf(world: World, happening: Happening): string {
  const { facts, fields, kind, row } = happening;
  if (kind === 'queue.add' && /known|dirty/u.test(happening.case)) {
    const { due, from } = facts;
    if (from === undefined) {
      return `${kind}.${happening.case}.${due === undefined ? 'plain' : 'due'}`;
    }
  }
  if (kind.startsWith('store.') && happening.case === 'refused') {
    return 'store.refused';
  }
  if (kind === 'store.patch' && happening.case === '') {
    // Some patch what others write as a whole.
    const found = world.things.changed(
      happening.subject.replace(' ', '/'),
      row,
    );
    const inStatus = found.every(({ path }) => path[0] === 'status');
    if (inStatus && found.length > 0) return 'store.updateStatus';
  }
  if (kind === 'bytes.read' && happening.case === '') {
    const bytes = bytesOf(world.values, fields.get('bytes') ?? 0);
    if (!isMessage(bytes)) return 'bytes.read.plain';
  }
  const after = kind === 'change' ? fields.get('after') : undefined;
  if (after !== undefined) {
    const value = world.values.plain(after, row);
    if (value === undefined) return 'change.gone';
    if (typeof value === 'number') return 'change.number';
  }
  return happening.case === '' ? kind : `${kind}.${happening.case}`;
}
