/**
 * Checks of data from outside: each says what it found where, and what it
 * wanted. For what a page or a tool is handed and must not trust.
 */

/** @throws {TypeError} or {RangeError} when `value` is not as it should be */
export type Check = (value: unknown, at: string) => void;

/** The number of entries, or of characters, that nothing honest exceeds. */
const most = 50_000_000;

export const isText =
  (longest = 10_000): Check =>
  (value, at) => {
    if (typeof value !== 'string') throw wrongKind(at, 'a string', value);
    if (value.length > longest) {
      throw new RangeError(
        `expected ${at} to have at most ${longest} characters, got ${value.length}`,
      );
    }
  };

export const isFlag: Check = (value, at) => {
  if (typeof value !== 'boolean') throw wrongKind(at, 'true or false', value);
};

export const isNumber: Check = (value, at) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw wrongKind(at, 'a number', value);
  }
};

export const isInteger =
  (least: number, last: number): Check =>
  (value, at) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw wrongKind(at, 'an integer', value);
    }
    if (value < least || value > last) {
      throw new RangeError(
        `expected ${at} to be from ${least} to ${last}, got ${value}`,
      );
    }
  };

export const isAnything: Check = () => undefined;

export const isList =
  (item: Check, longest = most): Check =>
  (value, at) => {
    if (!Array.isArray(value)) throw wrongKind(at, 'a list', value);
    if (value.length > longest) {
      throw new RangeError(
        `expected ${at} to have at most ${longest} entries, got ${value.length}`,
      );
    }
    let index = 0;
    try {
      for (; index < value.length; index++) item(value[index], at);
    } catch (error) {
      // Again, with its name: names are made only for what is wrong.
      item(value[index], `${at}[${index}]`);
      throw error;
    }
  };

/** A record with these fields and no others; `?` marks one that may lack. */
export const isRecord = (fields: Readonly<Record<string, Check>>): Check => {
  const checks = new Map(
    Object.entries(fields).map(([name, check]) => [
      name.replace(/\?$/, ''),
      { check, optional: name.endsWith('?') },
    ]),
  );
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrongKind(at, 'a record', value);
    }
    const within = (name: string): string =>
      at === 'the trace' ? `"${name}"` : `${at}.${name}`;
    for (const [name, { check, optional }] of checks) {
      if (Object.hasOwn(value, name)) {
        check((value as Record<string, unknown>)[name], within(name));
      } else if (!optional) {
        throw new TypeError(`expected ${at} to have "${name}", found nothing`);
      }
    }
    for (const name of Object.keys(value)) {
      if (!checks.has(name)) {
        throw new TypeError(`expected ${at} to have no "${name}", found one`);
      }
    }
  };
};

function wrongKind(at: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`expected ${at} to be ${wanted}, got ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a record';
  return JSON.stringify(value).slice(0, 60);
}
