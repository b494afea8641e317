/**
 * What the words of a sentence may refer to: parameters, locals, `this`,
 * `result`, `error` and `took` of one frame at one row.
 */
import type { ValueRef } from '../format.ts';
import { code } from '../index/rows.ts';
import { durationText } from '../index/texts.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import type { Piece } from './message.ts';
import { pieceOf, wordPiece } from './pieces.ts';
import type { Condition } from './tags.ts';

export class Scope {
  readonly #world: World;
  readonly #frame: number;
  readonly #row: Row;
  readonly #fields: ReadonlyMap<string, ValueRef>;

  /** @param fields of the event that is told, for what the frame lacks */
  constructor(
    world: World,
    frame: number,
    row: Row,
    fields: ReadonlyMap<string, ValueRef> = new Map(),
  ) {
    this.#world = world;
    this.#frame = frame;
    this.#row = row;
    this.#fields = fields;
  }

  /** The value at a dotted path; undefined when there is none. */
  resolve(path: string): ValueRef | undefined {
    const [first = '', ...names] = path.split('.');
    const at = this.#world.values.follow(this.#named(first), names, this.#row);
    return at === undefined || this.#isUndefined(at) ? undefined : at;
  }

  #named(name: string): ValueRef | undefined {
    const { frames, rows } = this.#world;
    if (name === 'this') return frames.arguments(this.#frame)[0];
    if (name === 'result' || name === 'error') {
      const end = frames.end(this.#frame);
      const kind = name === 'result' ? code.return : code.throw;
      if (end >= 0 && end <= this.#row && rows.kind(end) === kind) {
        return rows.a(end);
      }
    }
    return (
      frames.variable(this.#frame, name, this.#row) ?? this.#fields.get(name)
    );
  }

  #isUndefined(ref: ValueRef): boolean {
    const value = this.#world.values.value(ref);
    if (value === null || typeof value !== 'object') return false;
    return 'other' in value && value.other === 'undefined';
  }

  /** A value as a name: uncut, without code style. */
  name(path: string): string | undefined {
    const ref = this.resolve(path);
    const text = ref === undefined ? undefined : this.#world.values.text(ref);
    return text ?? this.piece(path)?.text.replaceAll('`', '');
  }

  /** What a placeholder prints; undefined when its path leads nowhere. */
  piece(path: string): Piece | undefined {
    if (path === 'took') {
      const { frames, rows } = this.#world;
      const begin = frames.begin(this.#frame);
      return wordPiece(durationText(rows.time(this.#row) - rows.time(begin)));
    }
    const counted = /^(.*)\.(?:length|size)$/u.exec(path);
    const list = counted === null ? undefined : this.resolve(counted[1] ?? '');
    if (list !== undefined) return this.#count(list);
    const ref = this.resolve(path);
    return ref === undefined
      ? undefined
      : pieceOf(this.#world, ref, this.#row, path);
  }

  #count(ref: ValueRef): Piece | undefined {
    const { values } = this.#world;
    const object = values.object(ref);
    const count =
      object === undefined
        ? values.text(ref)?.length
        : values.fields(object, this.#row)?.length;
    return count === undefined
      ? undefined
      : { text: String(count), code: false, count };
  }

  /** Whether a guard lets its line speak. */
  holds(condition: Condition | undefined): boolean {
    if (condition === undefined) return true;
    const { path, negated, literal } = condition;
    if (literal === undefined) return this.#truthy(path) !== negated;
    const ref = this.resolve(path);
    const count = ref === undefined ? this.piece(path)?.count : undefined;
    const value =
      ref === undefined
        ? (count ?? 'undefined')
        : this.#world.values.value(ref);
    return (value === literal) !== negated;
  }

  #truthy(path: string): boolean {
    const ref = this.resolve(path);
    if (ref === undefined) return (this.piece(path)?.count ?? 0) > 0;
    const value = this.#world.values.value(ref);
    if (value !== null && typeof value === 'object') {
      return !('other' in value && ['NaN', '-0', '0n'].includes(value.other));
    }
    return Boolean(value);
  }
}
