/**
 * Values as they were at a row: objects by their versions, followed by path,
 * or made whole again as plain data.
 */
import { smallInteger } from '../format.ts';
import type { Value, ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import type { Work } from '../slices.ts';
import { lastTo, RowLists } from './lists.ts';
import type { Rows } from './rows.ts';

/** Stands in plain data for what is too deep, or inside itself. */
export const cut = Symbol('cut');

export type Field = readonly [key: ValueRef, value: ValueRef];

const undefinedValue: Value = { other: 'undefined' };

export class Values {
  readonly #rows: Rows;
  readonly #versions = new RowLists();
  readonly #fields = new Map<Row, readonly Field[]>();
  readonly #written: Row[] = [];

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  read(): Work {
    return this.#rows.each('heap', (row) => {
      this.#versions.add(this.#rows.a(row), row);
      this.#written.push(row);
    });
  }

  /** Rows that wrote a version of any object. */
  get written(): readonly Row[] {
    return this.#written;
  }

  /** The structure of a value; objects stay references. */
  value(ref: ValueRef): Value {
    if (ref < 0) return smallInteger(ref);
    return this.#rows.trace.values[ref] ?? (ref === 0 ? null : undefinedValue);
  }

  /** The number of the object a reference leads to. */
  object(ref: ValueRef): number | undefined {
    const value = this.value(ref);
    return isObject(value) ? value.object : undefined;
  }

  className(object: number): string {
    return this.#rows.trace.objects[object] ?? 'Object';
  }

  /** Rows that wrote a version of an object. */
  versions(object: number): readonly Row[] {
    return this.#versions.get(object);
  }

  /** What an object held at a row; undefined before it was first seen. */
  fields(object: number, row: Row): readonly Field[] | undefined {
    const version = lastTo(this.#versions.get(object), row);
    if (version === undefined) return undefined;
    const known = this.#fields.get(version);
    if (known !== undefined) return known;
    const list = this.#rows.list(this.#rows.b(version));
    const fields: Field[] = [];
    for (let index = 0; index + 1 < list.length; index += 2) {
      fields.push([list[index] ?? 0, list[index + 1] ?? 0]);
    }
    this.#fields.set(version, fields);
    return fields;
  }

  /** One field of an object; a private one may be asked for without `#`. */
  get(ref: ValueRef, name: string, row: Row): ValueRef | undefined {
    const object = this.object(ref);
    if (object === undefined) return undefined;
    const fields = this.fields(object, row) ?? [];
    const named = (wanted: string): ValueRef | undefined =>
      fields.find(([key]) => this.value(key) === wanted)?.[1];
    return named(name) ?? named(`#${name}`);
  }

  /** Follows names from a value; list items go by type, name or number. */
  follow(
    from: ValueRef | undefined,
    names: readonly string[],
    row: Row,
  ): ValueRef | undefined {
    let at = from;
    for (const name of names) {
      if (at === undefined) return undefined;
      at = this.get(at, name, row) ?? this.#item(at, name, row);
    }
    return at;
  }

  #item(list: ValueRef, name: string, row: Row): ValueRef | undefined {
    const object = this.object(list);
    if (object === undefined || this.className(object) !== 'Array') {
      return undefined;
    }
    const items = this.fields(object, row) ?? [];
    const found = items.find(([, item]) => {
      const label = this.get(item, 'type', row) ?? this.get(item, 'name', row);
      return this.text(label) === name;
    });
    return found?.[1] ?? items[Number(name)]?.[1];
  }

  /** A string, if the reference is one. */
  text(ref: ValueRef | undefined): string | undefined {
    const value = ref === undefined ? undefined : this.value(ref);
    return typeof value === 'string' ? value : undefined;
  }

  /**
   * A value as plain data: records, lists, strings and numbers. Maps become
   * records and sets lists; `undefined` stays itself. What is too deep, too
   * much, or inside itself is `cut`.
   *
   * @param depth how far to follow
   * @param most how many objects to follow
   */
  plain(ref: ValueRef, row: Row, depth = 24, most = 20_000): unknown {
    return this.#copy(ref, depth, { row, left: most, within: new Set() });
  }

  #copy(ref: ValueRef, depth: number, budget: Budget): unknown {
    const value = this.value(ref);
    if (value === null || typeof value !== 'object') return value;
    if ('bytes' in value) return value.bytes;
    if ('other' in value) {
      return value.other === 'undefined' ? undefined : value.other;
    }
    const { object } = value;
    const fields = this.fields(object, budget.row);
    if (fields === undefined || depth === 0) return cut;
    if (budget.left === 0 || budget.within.has(object)) return cut;
    budget.left -= 1;
    budget.within.add(object);
    const copied = fields.map(([key, inner]) => {
      return [key, this.#copy(inner, depth - 1, budget)] as const;
    });
    budget.within.delete(object);
    const name = this.className(object);
    if (name === 'Array' || name === 'Set') return copied.map(([, one]) => one);
    return Object.fromEntries(
      copied.map(([key, one]) => [this.#key(key, budget.row), one]),
    );
  }

  /** The key of a map need not be a string. */
  #key(ref: ValueRef, row: Row): string {
    const value = this.value(ref);
    if (value === null || typeof value !== 'object') return String(value);
    return JSON.stringify([this.plain(ref, row, 2)]).slice(1, -1);
  }
}

/** What a copy may still use. */
interface Budget {
  readonly row: Row;
  left: number;
  /** Objects that the copy is inside of. */
  readonly within: Set<number>;
}

export function isObject(value: Value): value is { readonly object: number } {
  return value !== null && typeof value === 'object' && 'object' in value;
}

/** Plain data with fields, not a list. */
export function isRecord(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
