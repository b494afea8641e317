/**
 * Plain data handled as values: copied, compared, frozen.
 *
 * API objects are JSON. Go code copies them before it changes them, because
 * everybody who reads a cache shares what is in it; the same holds here.
 */
import type { KObject } from './store.ts';

/** What `deepCopy` gives back: the same shape, free to be changed. */
export type Mutable<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends readonly unknown[]
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;

/** A copy that shares nothing with `value`, and may be changed. */
export function deepCopy<T>(value: T): Mutable<T> {
  return copyOf(value) as Mutable<T>;
}

/**
 * Fields that hold a map or a plain struct in the Go types. An empty one says
 * the same as an absent one; elsewhere (`manual: {}`, `emptyDir: {}`) a block
 * that is there means something, for Go has a pointer to it.
 */
const maps = new Set([
  'annotations',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'metadata',
  'nodeSelector',
  'requests',
  'resources',
  'selector',
  'spec',
  'status',
  'strategy',
]);

/**
 * Whether two values say the same, as `equality.Semantic.DeepEqual` sees it:
 * null and an empty list are nothing, and so is an empty map.
 *
 * @differs quantities compare as text: who needs their values compares them
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isEmpty(a) && isEmpty(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => deepEqual(item, b[index]))
    );
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    if (!fieldEqual(key, a[key], b[key])) return false;
  }
  return true;
}

function fieldEqual(field: string, a: unknown, b: unknown): boolean {
  const aIsBlock = isRecord(a);
  if (aIsBlock !== isRecord(b) && !maps.has(field)) {
    // A block on one side alone.
    return false;
  }
  return deepEqual(a, b);
}

/** Freezes `value` and all that is in it, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) {
    return value;
  }
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

/** A map of names to values, and not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `namespace/name`, or the name alone for a cluster-scoped object. */
export function keyOf({ metadata }: KObject): string {
  const { namespace = '', name } = metadata;
  return joinKey(namespace, name);
}

/** The key of the object with that namespace and name. */
export function joinKey(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isRecord(value)) return value;
  // JSON has no undefined: a field without a value is not there.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, copyOf(inner)]),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
