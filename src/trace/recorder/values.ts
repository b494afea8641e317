/**
 * Values as numbers, objects with an identity and versions.
 *
 * Each sight of an object compares what it holds with its last version, and
 * only a difference is written; so structure is shared, and one object in two
 * places stays one. Looking never runs code of the object: accessors are
 * named, not called.
 */
import { integerRef } from '../format.ts';
import type { Value, ValueRef } from '../format.ts';
import { classOf } from './look.ts';
import type { SecretReaders } from './look.ts';
import { Scalars } from './scalars.ts';

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

/** What is known of an object from its last sight. */
interface Known {
  readonly object: number;
  readonly ref: ValueRef;
  /** Whether it is plain data: a list or a record, no instance of a class. */
  readonly plain: boolean;
  version: readonly ValueRef[] | undefined;
  /** The names of its own fields at the last sight. */
  names: readonly string[];
  /** Whether an accessor was among its own fields. */
  hasAccessor: boolean;
  /** Whether it, and all that it holds, was written and cannot change. */
  settled: boolean;
  /** The widest limits it was ever looked at with; they stay. */
  limits: Limits;
  /** The look that saw it last, and how deep it could go from there. */
  look: number;
  depth: number;
}

export class ValueTable {
  /** Class names, by object number. */
  readonly objects: string[] = [];
  readonly #scalars = new Scalars();
  readonly #known = new WeakMap<object, Known>();
  readonly #secrets: SecretReaders;
  readonly #changed: (object: number, fields: readonly ValueRef[]) => void;
  /** Keys and values of objects that are being looked at, inner ones last. */
  readonly #cells: ValueRef[] = [];
  #top = 0;
  #look = 0;
  /** Counts what may be different, or more, at the next sight. */
  #unsettled = 0;

  /** @param changed takes each new version of an object, inner ones first */
  constructor(
    secrets: SecretReaders,
    changed: (object: number, fields: readonly ValueRef[]) => void,
  ) {
    this.#secrets = secrets;
    this.#changed = changed;
  }

  get values(): readonly Value[] {
    return this.#scalars.values;
  }

  /** The number of a value; writes what changed of the objects in it. */
  encode(value: unknown, limits: Limits): ValueRef {
    if (typeof value === 'object' && value !== null) this.#look++;
    return this.#encode(value, limits, limits.depth);
  }

  /** Whether an object was written before. */
  knows(value: unknown): boolean {
    return (
      typeof value === 'object' && value !== null && this.#known.has(value)
    );
  }

  #encode(value: unknown, limits: Limits, depth: number): ValueRef {
    if (typeof value === 'object' && value !== null) {
      return this.#object(value, limits, depth);
    }
    if (typeof value === 'string' && value.length > limits.text) {
      this.#unsettled++;
    }
    return this.#scalars.encode(value, limits.text);
  }

  #object(value: object, limits: Limits, depth: number): ValueRef {
    let known = this.#known.get(value);
    if (known === undefined) {
      if (ArrayBuffer.isView(value)) {
        this.#unsettled++;
        return this.#scalars.bytes(value, limits.bytes);
      }
      if (value instanceof Promise) return this.#scalars.other('<promise>');
      known = this.#meet(value, limits);
    }
    if (known.settled) return known.ref;
    if (limits.items > known.limits.items) known.limits = limits;
    const isNew = known.look !== this.#look || known.depth < depth;
    if (depth > 0 && isNew) {
      known.look = this.#look;
      known.depth = depth;
      known.settled = this.#compare(value, known, depth - 1);
      if (known.settled) return known.ref;
    }
    this.#unsettled++;
    return known.ref;
  }

  #meet(value: object, limits: Limits): Known {
    const object = this.objects.push(classOf(value)) - 1;
    const prototype: unknown = Object.getPrototypeOf(value);
    const known: Known = {
      object,
      ref: this.#scalars.object(object),
      plain:
        prototype === Object.prototype ||
        prototype === Array.prototype ||
        prototype === null,
      version: undefined,
      names: [],
      hasAccessor: false,
      settled: false,
      limits,
      look: -1,
      depth: -1,
    };
    this.#known.set(value, known);
    return known;
  }

  /** Writes a new version if there is one; whether it is the last. */
  #compare(value: object, known: Known, depth: number): boolean {
    const unsettled = this.#unsettled;
    const from = this.#top;
    this.#putFields(value, known, depth);
    if (!this.#isSame(known.version, from)) {
      known.version = this.#cells.slice(from, this.#top);
      this.#changed(known.object, known.version);
    }
    this.#top = from;
    const isWhole = this.#unsettled === unsettled;
    return isWhole && known.plain && Object.isFrozen(value);
  }

  #isSame(version: readonly ValueRef[] | undefined, from: number): boolean {
    if (version?.length !== this.#top - from) return false;
    const cells = this.#cells;
    for (let at = 0; at < version.length; at++) {
      if (version[at] !== cells[from + at]) return false;
    }
    return true;
  }

  #put(key: ValueRef, value: unknown, limits: Limits, depth: number): void {
    this.#cells[this.#top++] = key;
    const ref = this.#encode(value, limits, depth);
    this.#cells[this.#top++] = ref;
  }

  #putFields(value: object, known: Known, depth: number): void {
    const { limits } = known;
    if (Array.isArray(value)) {
      const count = Math.min(value.length, limits.items);
      for (let at = 0; at < count; at++) {
        this.#put(integerRef(at), value[at], limits, depth);
      }
      this.#more(value.length, limits);
    } else if (value instanceof Map) {
      let left = limits.items;
      for (const [key, inner] of value) {
        if (left-- === 0) break;
        this.#put(this.#encode(key, limits, depth), inner, limits, depth);
      }
      this.#more(value.size, limits);
    } else if (value instanceof Set) {
      let at = 0;
      for (const inner of value) {
        if (at === limits.items) break;
        this.#put(integerRef(at++), inner, limits, depth);
      }
      this.#more(value.size, limits);
    } else {
      if (value instanceof Error) {
        this.#putNamed('name', value.name, limits, depth);
        this.#putNamed('message', value.message, limits, depth);
        if ('cause' in value) {
          this.#putNamed('cause', value.cause, limits, depth);
        }
      }
      this.#putOwn(value, known, depth);
    }
  }

  #putNamed(name: string, value: unknown, limits: Limits, depth: number): void {
    this.#put(this.#scalars.string(name, limits.text), value, limits, depth);
  }

  /** Says how many entries there are when not all were kept. */
  #more(size: number, limits: Limits): void {
    if (size <= limits.items) return;
    this.#unsettled++;
    this.#put(this.#scalars.other('…'), size, limits, 0);
  }

  #putOwn(value: object, known: Known, depth: number): void {
    const { limits, names, version } = known;
    const from = this.#top;
    const keys = Object.keys(value);
    const count = Math.min(keys.length, limits.items);
    for (let at = 0; at < count; at++) {
      const key = keys[at] ?? '';
      const last = names[at] === key ? version?.[this.#top - from] : undefined;
      const name = last ?? this.#scalars.string(key, limits.text);
      if (this.#isAccessor(value, key, known)) {
        this.#cells[this.#top++] = name;
        this.#cells[this.#top++] = this.#scalars.other('<getter>');
      } else {
        const inner = (value as Record<string, unknown>)[key];
        this.#put(name, inner, limits, depth);
      }
    }
    // Of an error, other fields stand before its own ones.
    if (!(value instanceof Error)) known.names = keys;
    if (known.plain) return;
    this.#secrets.each(value, (name, secret) => {
      this.#putNamed(name, secret, limits, depth);
    });
  }

  /** Fields do not turn into accessors; asking each time would be slow. */
  #isAccessor(value: object, key: string, known: Known): boolean {
    if (known.version !== undefined && !known.hasAccessor) return false;
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property !== undefined && 'value' in property) return false;
    known.hasAccessor = true;
    return true;
  }
}
