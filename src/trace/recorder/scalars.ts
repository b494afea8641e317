/**
 * Values without parts as numbers, each once in a table.
 */
import { integerRef } from '../format.ts';
import type { Value, ValueRef } from '../format.ts';
import { hexOf } from './look.ts';

const undefinedRef = 0;
const nullRef = 1;
const trueRef = 2;
const falseRef = 3;

/** The table of values, and where each stands in it. */
export class Scalars {
  readonly values: Value[] = [{ other: 'undefined' }, null, true, false];
  readonly #strings = new Map<string, ValueRef>();
  readonly #numbers = new Map<number, ValueRef>();
  readonly #others = new Map<string, ValueRef>();
  readonly #bytes = new Map<string, ValueRef>();

  /** The reference to a value that is no object; functions have a name only. */
  encode(value: unknown, longest: number): ValueRef {
    switch (typeof value) {
      case 'boolean':
        return value ? trueRef : falseRef;
      case 'number':
        return this.#number(value);
      case 'string':
        return this.string(value, longest);
      case 'bigint':
        return this.other(`${value}n`);
      case 'symbol':
        return this.other(String(value));
      case 'function':
        return this.other(`<function ${value.name}>`);
      default:
        return value === null ? nullRef : undefinedRef;
    }
  }

  string(value: string, longest: number): ValueRef {
    const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
    let ref = this.#strings.get(text);
    if (ref === undefined) {
      ref = this.values.push(text) - 1;
      this.#strings.set(text, ref);
    }
    return ref;
  }

  /** What JSON has no word for. */
  other(text: string): ValueRef {
    let ref = this.#others.get(text);
    if (ref === undefined) {
      ref = this.values.push({ other: text }) - 1;
      this.#others.set(text, ref);
    }
    return ref;
  }

  /** A byte array as it is now, at most its first `most` bytes. */
  bytes(value: ArrayBufferView, most: number): ValueRef {
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

  object(object: number): ValueRef {
    return this.values.push({ object }) - 1;
  }

  #number(value: number): ValueRef {
    const small = (value | 0) === value && value < 5e8 && value > -5e8;
    if (small && !Object.is(value, -0)) return integerRef(value);
    if (!Number.isFinite(value)) return this.other(String(value));
    if (value === 0) return this.other('-0');
    let ref = this.#numbers.get(value);
    if (ref === undefined) {
      ref = this.values.push(value) - 1;
      this.#numbers.set(value, ref);
    }
    return ref;
  }
}
