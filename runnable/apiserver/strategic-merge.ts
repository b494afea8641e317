/**
 * Strategic merge patches: a merge patch that knows which lists are really
 * maps, by the field that names their items.
 *
 * @omits `$setElementOrder`: items keep the order of the object, new ones last
 */
import { deepCopy, isRecord } from './objects.ts';

/** Lists of blocks and the field that tells their items apart. */
const mergeKeys: Readonly<Record<string, string>> = {
  conditions: 'type',
  containers: 'name',
  env: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  podIPs: 'ip',
  ports: 'containerPort',
  secrets: 'name',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Lists of plain values that are sets. */
const sets = new Set(['finalizers']);

/** `target` with `patch` merged into it. */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return deepCopy(patch);
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  const merged = new Map(Object.entries(isRecord(target) ? target : {}));
  retainKeys(merged, patch['$retainKeys']);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice(key.indexOf('/') + 1);
      merged.set(field, without(merged.get(field), value));
    } else if (key.startsWith('$')) {
      continue;
    } else if (value === null || isDeletion(value)) {
      merged.delete(key);
    } else if (Array.isArray(value)) {
      merged.set(key, mergeList(key, merged.get(key), value));
    } else {
      merged.set(key, strategicMerge(merged.get(key), value));
    }
  }
  return Object.fromEntries(merged);
}

function mergeList(
  field: string,
  target: unknown,
  patch: readonly unknown[],
): unknown[] {
  const present: unknown[] = Array.isArray(target) ? target : [];
  if (sets.has(field)) return [...new Set([...present, ...patch])];
  const key = mergeKeyOf(field, [...present, ...patch]);
  const replaces = patch.some(
    (item) => isRecord(item) && item['$patch'] === 'replace',
  );
  if (key === undefined || replaces) {
    return patch.filter((item) => !hasDirective(item)).map(copyItem);
  }
  const merged = [...present];
  for (const item of patch) mergeItem(merged, key, item);
  return merged;
}

/** A Service's ports are told apart by `port`, a container's by its own. */
function mergeKeyOf(
  field: string,
  items: readonly unknown[],
): string | undefined {
  const key = mergeKeys[field];
  const hasKey = (name: string): boolean =>
    items.every((item) => isRecord(item) && (name in item || '$patch' in item));
  if (key !== undefined && hasKey(key)) return key;
  return field === 'ports' && hasKey('port') ? 'port' : undefined;
}

function mergeItem(list: unknown[], key: string, item: unknown): void {
  if (!isRecord(item)) return;
  const at = list.findIndex(
    (other) => isRecord(other) && other[key] === item[key],
  );
  if (isDeletion(item)) {
    if (at >= 0) list.splice(at, 1);
  } else if (at >= 0) {
    list[at] = strategicMerge(list[at], item);
  } else {
    list.push(strategicMerge({}, item));
  }
}

function retainKeys(target: Map<string, unknown>, keys: unknown): void {
  if (!Array.isArray(keys)) return;
  for (const key of [...target.keys()]) {
    if (!keys.includes(key)) target.delete(key);
  }
}

function without(list: unknown, removed: unknown): unknown[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return Array.isArray(removed)
    ? items.filter((item) => !removed.includes(item))
    : items;
}

function isDeletion(value: unknown): boolean {
  return isRecord(value) && value['$patch'] === 'delete';
}

function hasDirective(value: unknown): boolean {
  return isRecord(value) && '$patch' in value;
}

function withoutDirectives(value: Record<string, unknown>): unknown {
  const { $patch: _, ...rest } = value;
  return deepCopy(rest);
}

function copyItem(item: unknown): unknown {
  return isRecord(item) ? strategicMerge({}, item) : deepCopy(item);
}
