/**
 * Values as numbers: small integers in the number itself, everything else in
 * a table.
 *
 * Objects have an identity and versions. Each sight of an object compares
 * what it holds with its last version, and only a difference is written; so
 * structure is shared, and one object in two places stays one. Looking never
 * runs code of the object: accessors are named, not called.
 */
import { integerRef } from '../format.ts';
import type { Value, ValueRef } from '../format.ts';
import { classOf, hexOf } from './look.ts';
import type { SecretReaders } from './look.ts';

/** How much of a value is kept. */
export interface Limits {
  /** How many objects below the value are followed. */
  readonly depth: number;
  /** Entries of a list or a map. */
  readonly items: number;
  /** Characters of a string. */
  readonly text: number;
  /** Bytes of a byte array. */
  readonly bytes: number;
}

interface Known {
  readonly object: number;
  readonly ref: ValueRef;
  version: readonly ValueRef[] | undefined;
  /** The widest limits it was ever looked at with; they stay. */
  limits: Limits;
  /** The look that saw it last, and how deep it could go from there. */
  look: number;
  depth: number;
}

const undefinedRef = 0;
const nullRef = 1;
const trueRef = 2;
const falseRef = 3;

export class ValueTable {
  readonly values: Value[] = [{ other: 'undefined' }, null, true, false];
  /** Class names, by object number. */
  readonly objects: string[] = [];
  readonly #strings = new Map<string, ValueRef>();
  readonly #numbers = new Map<number, ValueRef>();
  readonly #others = new Map<string, ValueRef>();
  readonly #bytes = new Map<string, ValueRef>();
  readonly #known = new WeakMap<object, Known>();
  readonly #secrets: SecretReaders;
  readonly #changed: (object: number, fields: readonly ValueRef[]) => void;
  #look = 0;

  /** @param changed takes each new version of an object, inner ones first */
  constructor(
    secrets: SecretReaders,
    changed: (object: number, fields: readonly ValueRef[]) => void,
  ) {
    this.#secrets = secrets;
    this.#changed = changed;
  }

  /** The number of a value; writes what changed of the objects in it. */
  encode(value: unknown, limits: Limits): ValueRef {
    if (typeof value === 'object' && value !== null) this.#look++;
    return this.#encode(value, limits, limits.depth);
  }

  #encode(value: unknown, limits: Limits, depth: number): ValueRef {
    switch (typeof value) {
      case 'undefined':
        return undefinedRef;
      case 'boolean':
        return value ? trueRef : falseRef;
      case 'number':
        return this.#number(value);
      case 'string':
        return this.#string(value, limits.text);
      case 'bigint':
        return this.#other(`${value}n`);
      case 'symbol':
        return this.#other(String(value));
      case 'function':
        return this.#other(`<function ${value.name}>`);
      case 'object':
        return value === null ? nullRef : this.#object(value, limits, depth);
    }
  }

  #number(value: number): ValueRef {
    const small = (value | 0) === value && value < 5e8 && value > -5e8;
    if (small && !Object.is(value, -0)) return integerRef(value);
    if (!Number.isFinite(value)) return this.#other(String(value));
    if (value === 0) return this.#other('-0');
    let ref = this.#numbers.get(value);
    if (ref === undefined) {
      ref = this.values.push(value) - 1;
      this.#numbers.set(value, ref);
    }
    return ref;
  }

  #string(value: string, longest: number): ValueRef {
    const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
    let ref = this.#strings.get(text);
    if (ref === undefined) {
      ref = this.values.push(text) - 1;
      this.#strings.set(text, ref);
    }
    return ref;
  }

  #other(text: string): ValueRef {
    let ref = this.#others.get(text);
    if (ref === undefined) {
      ref = this.values.push({ other: text }) - 1;
      this.#others.set(text, ref);
    }
    return ref;
  }

  #byteArray(value: ArrayBufferView, most: number): ValueRef {
    const length = value.byteLength;
    const kept = Math.min(length, most);
    const bytes = hexOf(new Uint8Array(value.buffer, value.byteOffset, kept));
    const key = kept < length ? `${bytes} ${length}` : bytes;
    let ref = this.#bytes.get(key);
    if (ref === undefined) {
      const whole = kept < length ? { bytes, length } : { bytes };
      ref = this.values.push(whole) - 1;
      this.#bytes.set(key, ref);
    }
    return ref;
  }

  #object(value: object, limits: Limits, depth: number): ValueRef {
    let known = this.#known.get(value);
    if (known === undefined) {
      if (value instanceof Promise) return this.#other('<promise>');
      if (ArrayBuffer.isView(value)) {
        return this.#byteArray(value, limits.bytes);
      }
      const object = this.objects.push(classOf(value)) - 1;
      const ref = this.values.push({ object }) - 1;
      const none = { version: undefined, look: -1, depth: -1 };
      known = { object, ref, limits, ...none };
      this.#known.set(value, known);
    }
    if (depth === 0) return known.ref;
    if (limits.items > known.limits.items) known.limits = limits;
    if (known.look !== this.#look || known.depth < depth) {
      known.look = this.#look;
      known.depth = depth;
      this.#compare(value, known, depth - 1);
    }
    return known.ref;
  }

  #compare(value: object, known: Known, depth: number): void {
    const fields = this.#fieldsOf(value, known.limits, depth);
    if (known.version !== undefined && isSame(known.version, fields)) return;
    known.version = fields;
    this.#changed(known.object, fields);
  }

  #fieldsOf(value: object, limits: Limits, depth: number): ValueRef[] {
    const fields: ValueRef[] = [];
    const put = (key: unknown, inner: unknown): void => {
      fields.push(
        this.#encode(key, limits, depth),
        this.#encode(inner, limits, depth),
      );
    };
    if (Array.isArray(value)) {
      const { length } = value;
      for (let at = 0; at < length && at < limits.items; at++) {
        fields.push(integerRef(at), this.#encode(value[at], limits, depth));
      }
      this.#more(fields, length, limits);
    } else if (value instanceof Map) {
      let left = limits.items;
      for (const [key, inner] of value) {
        if (left-- === 0) break;
        put(key, inner);
      }
      this.#more(fields, value.size, limits);
    } else if (value instanceof Set) {
      let at = 0;
      for (const inner of value) {
        if (at === limits.items) break;
        put(at++, inner);
      }
      this.#more(fields, value.size, limits);
    } else {
      if (value instanceof Error) {
        put('name', value.name);
        put('message', value.message);
        if ('cause' in value) put('cause', value.cause);
      }
      this.#ownFields(value, fields, limits, depth);
    }
    return fields;
  }

  /** Says how many entries there are when not all were kept. */
  #more(fields: ValueRef[], size: number, limits: Limits): void {
    if (size <= limits.items) return;
    fields.push(this.#other('…'), this.#number(size));
  }

  #ownFields(
    value: object,
    fields: ValueRef[],
    limits: Limits,
    depth: number,
  ): void {
    let left = limits.items;
    for (const key of Object.keys(value)) {
      if (left-- === 0) break;
      const property = Object.getOwnPropertyDescriptor(value, key);
      const inner =
        property === undefined || property.get !== undefined
          ? this.#other('<getter>')
          : this.#encode(property.value, limits, depth);
      fields.push(this.#string(key, limits.text), inner);
    }
    this.#secrets.each(value, (name, secret) => {
      fields.push(
        this.#string(name, limits.text),
        this.#encode(secret, limits, depth),
      );
    });
  }
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
