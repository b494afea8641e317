/**
 * Ways to look at an object without running any code of its own.
 */

/** Reads the private fields of the objects of one class. */
interface Reader {
  readonly names: readonly string[];
  readonly read: Read;
}

/** Gives the fields in order, and `absent` for one that is not there. */
type Read = (object: object, absent: object) => readonly unknown[];

const absent = {};

const none: readonly Reader[] = [];

/** Private fields, as each class told how to read its own. */
export class SecretReaders {
  readonly #readers = new Map<object, Reader>();
  /** The readers for objects of a prototype. */
  readonly #above = new WeakMap<object, readonly Reader[]>();

  keep(type: object, names: Reader['names'], read: Read): void {
    this.#readers.set(type, { names, read });
  }

  each(object: object, visit: (name: string, value: unknown) => void): void {
    for (const { names, read } of this.#of(object)) {
      const values = read(object, absent);
      for (let at = 0; at < names.length; at++) {
        if (values[at] !== absent) visit(names[at] ?? '', values[at]);
      }
    }
  }

  #of(object: object): readonly Reader[] {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype || !isObject(prototype)) return none;
    let found = this.#above.get(prototype);
    if (found === undefined) {
      found = this.#find(prototype);
      this.#above.set(prototype, found);
    }
    return found;
  }

  #find(prototype: object): Reader[] {
    const found: Reader[] = [];
    for (let at: unknown = prototype; isObject(at);) {
      const reader = this.#readers.get(constructorOf(at) ?? at);
      if (reader !== undefined) found.push(reader);
      at = Object.getPrototypeOf(at);
    }
    return found;
  }
}

/** The name of the class an object is of. */
export function classOf(object: object): string {
  if (Array.isArray(object)) return 'Array';
  for (let at: unknown = Object.getPrototypeOf(object); isObject(at);) {
    const type = constructorOf(at);
    if (type !== undefined) return type.name;
    at = Object.getPrototypeOf(at);
  }
  return 'Object';
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/** A class, as far as it matters here. */
interface Type {
  readonly name: string;
}

function constructorOf(prototype: object): Type | undefined {
  const property = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  const value: unknown = property?.value;
  return typeof value === 'function' ? value : undefined;
}

const digits = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += digits[byte] ?? '';
  return text;
}
