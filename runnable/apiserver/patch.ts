/**
 * The three kinds of patch, applied to plain data.
 */
import { ApiError } from './api-error.ts';
import { deepCopy, deepEqual, isRecord } from './objects.ts';
import { strategicMerge } from './strategic-merge.ts';
import type { KObject, Patch } from './store.ts';

/** @throws {ApiError} Invalid when the patch does not fit the object */
export function applyPatch(object: KObject, patch: Patch): KObject {
  const copy: unknown = deepCopy(object);
  switch (patch.type) {
    case 'merge':
      return mergePatch(copy, patch.body) as KObject;
    case 'strategic':
      return strategicMerge(copy, patch.body) as KObject;
    case 'json':
      return patch.body.reduce(applyOperation, copy) as KObject;
  }
}

/** RFC 7386: null removes, a map is merged, anything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return deepCopy(patch);
  const merged = new Map(Object.entries(isRecord(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else if (value !== undefined) {
      merged.set(key, mergePatch(merged.get(key), value));
    }
  }
  return Object.fromEntries(merged);
}

/** RFC 6902, one operation. */
function applyOperation(document: unknown, operation: unknown): unknown {
  if (!isRecord(operation)) throw unfit();
  const path = pointer(operation['path']);
  switch (operation['op']) {
    case 'add':
      return add(document, path, deepCopy(operation['value']));
    case 'remove':
      return remove(document, path);
    case 'replace':
      remove(document, path);
      return add(document, path, deepCopy(operation['value']));
    case 'move': {
      const from = pointer(operation['from']);
      const value = read(document, from);
      return add(remove(document, from), path, value);
    }
    case 'copy': {
      const value = read(document, pointer(operation['from']));
      return add(document, path, deepCopy(value));
    }
    case 'test':
      if (!deepEqual(read(document, path), operation['value'])) throw unfit();
      return document;
    default:
      throw unfit();
  }
}

function pointer(path: unknown): string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) {
    throw unfit();
  }
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const part of path) {
    if (Array.isArray(value)) value = value[indexOf(value, part, 1)] as unknown;
    else if (isRecord(value) && Object.hasOwn(value, part)) value = value[part];
    else throw unfit();
  }
  return value;
}

function add(
  document: unknown,
  path: readonly string[],
  value: unknown,
): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) {
    const at = last === '-' ? parent.length : indexOf(parent, last, 0);
    parent.splice(at, 0, value);
  } else if (isRecord(parent)) {
    parent[last] = value;
  } else {
    throw unfit();
  }
  return document;
}

function remove(document: unknown, path: readonly string[]): unknown {
  read(document, path);
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const parent = read(document, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(indexOf(parent, last, 1), 1);
  else if (isRecord(parent)) delete parent[last];
  return document;
}

/** @param beyond 1 when the item must exist, 0 when it may come last */
function indexOf(
  list: readonly unknown[],
  part: string,
  beyond: 0 | 1,
): number {
  const index = Number(part);
  if (!/^\d+$/.test(part) || index > list.length - beyond) throw unfit();
  return index;
}

function unfit(): ApiError {
  const text = 'the server rejected our request due to an error in our request';
  return new ApiError(422, 'Invalid', text);
}
