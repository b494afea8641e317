/**
 * The headers of a request or a response: in order, with repetitions, and
 * found whatever the case of their names.
 */
import {
  IllegalArgumentException,
  IllegalStateException,
} from '../../java/exceptions.ts';

export interface MimeHeader {
  readonly name: string;
  readonly value: string;
}

export class MimeHeaders {
  #fields: MimeHeader[] = [];
  readonly #limit: number;

  /** @param limit how many there may be; -1 for any number */
  constructor(limit = -1) {
    this.#limit = limit;
  }

  get fields(): readonly MimeHeader[] {
    return this.#fields;
  }

  /** @throws {IllegalStateException} when there are enough already */
  addValue(name: string, value: string): void {
    if (this.#limit > -1 && this.#fields.length >= this.#limit) {
      throw new IllegalStateException(
        `More than the maximum allowed number of headers, [${String(this.#limit)}], were detected.`,
      );
    }
    this.#fields.push({ name, value });
  }

  /** Replaces the first value of a header, and drops the others. */
  setValue(name: string, value: string): void {
    const first = this.#fields.findIndex((field) => isNamed(field, name));
    if (first < 0) {
      this.addValue(name, value);
      return;
    }
    this.#fields = this.#fields
      .map((field, place) => (place === first ? { name, value } : field))
      .filter((field, place) => place === first || !isNamed(field, name));
  }

  getValue(name: string): string | undefined {
    return this.#fields.find((field) => isNamed(field, name))?.value;
  }

  values(name: string): string[] {
    return this.#fields
      .filter((field) => isNamed(field, name))
      .map(({ value }) => value);
  }

  /** @throws {IllegalArgumentException} when the header is repeated */
  getUniqueValue(name: string): string | undefined {
    const [value, second] = this.values(name);
    if (second !== undefined) throw new IllegalArgumentException();
    return value;
  }

  /** Each name once, as it came first. */
  names(): string[] {
    const seen = new Map<string, string>();
    for (const { name } of this.#fields) {
      const key = name.toLowerCase();
      if (!seen.has(key)) seen.set(key, name);
    }
    return [...seen.values()];
  }

  removeHeader(name: string): void {
    this.#fields = this.#fields.filter((field) => !isNamed(field, name));
  }

  clear(): void {
    this.#fields = [];
  }
}

const isNamed = (field: MimeHeader, name: string): boolean =>
  field.name.toLowerCase() === name.toLowerCase();
