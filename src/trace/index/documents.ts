/**
 * Documents compared: which fields of an API object two states differ in.
 *
 * Lists whose items have a type or a name are compared item by item, so a
 * condition keeps its place; the rules of an ingress go by their first host.
 * Bookkeeping that tells nothing is left out.
 */
import { isRecord } from './values.ts';

export interface Difference {
  readonly path: readonly string[];
  /** Undefined when there was, or is, no value. */
  readonly before: unknown;
  readonly after: unknown;
}

const bookkeeping = new Set([
  'metadata.resourceVersion',
  'metadata.uid',
  'metadata.creationTimestamp',
  'metadata.managedFields',
  'metadata.selfLink',
  'metadata.name',
  'metadata.namespace',
  'apiVersion',
  'kind',
]);

/** Parts of a status, in the order in which readers look for them. */
const firstLooks = [
  'conditions',
  'phase',
  'latestCreatedRevisionName',
  'latestReadyRevisionName',
  'domain',
  'traffic',
];

/**
 * Where two states of a document differ, in the order of the later one; in a
 * status the telling parts come first.
 *
 * @param whole tells a record that came to be as one, not by its fields
 */
export function differences(
  before: unknown,
  after: unknown,
  whole = false,
): Difference[] {
  const found: Difference[] = [];
  collect([], before, after, found, whole);
  const ranked = found.map((one) => ({ one, rank: rankOf(one.path) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

function rankOf(path: readonly string[]): number {
  const rank = firstLooks.findIndex((name) => path.slice(0, 2).includes(name));
  return rank < 0 ? firstLooks.length : rank;
}

function collect(
  path: readonly string[],
  before: unknown,
  after: unknown,
  found: Difference[],
  whole: boolean,
): void {
  if (bookkeeping.has(path.join('.'))) return;
  if (isCondition(before) || isCondition(after)) {
    if (conditionText(before) !== conditionText(after)) {
      found.push({ path, before, after });
    }
    return;
  }
  const opened = (one: unknown, other: unknown) =>
    asRecord(one) ?? (!whole && isNothing(one, other) ? {} : undefined);
  const left = opened(before, after);
  const right = opened(after, before);
  if (left !== undefined && right !== undefined) {
    for (const key of new Set([...Object.keys(right), ...Object.keys(left)])) {
      collect([...path, key], left[key], right[key], found, whole);
    }
    return;
  }
  const blank = isBlank(before) && isBlank(after);
  if (!blank && !same(before, after)) found.push({ path, before, after });
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Whether a whole record came to be, or went: its fields are told then. */
function isNothing(value: unknown, other: unknown): boolean {
  if (value !== undefined || !isRecord(other)) return false;
  return !('image' in other) && Object.keys(other).length > 0;
}

/** Fields of a record, or items of a list by their names. */
function asRecord(
  value: unknown,
): Readonly<Record<string, unknown>> | undefined {
  if (isRecord(value)) return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items: readonly unknown[] = value;
  const record: Record<string, unknown> = {};
  for (const item of items) {
    const name = itemName(item);
    if (name === undefined) return undefined;
    record[name] = item;
  }
  return record;
}

function itemName(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const name = item['type'] ?? item['name'] ?? ruleName(item);
  return typeof name === 'string' ? name : undefined;
}

/** A rule of an ingress by its first host, and in it a path by itself. */
function ruleName({
  hosts,
  path,
  splits,
  match,
}: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(splits)) return path ?? '/';
  if (Array.isArray(match)) return hostOfMatch((match as unknown[])[0]);
  return Array.isArray(hosts) ? (hosts as readonly unknown[])[0] : undefined;
}

/** The host that a regular expression for hosts and ports stands for. */
function hostOfMatch(match: unknown): string | undefined {
  const authority = isRecord(match) ? match['authority'] : undefined;
  const regex = isRecord(authority) ? authority['regex'] : undefined;
  if (typeof regex !== 'string') return undefined;
  return regex.replace(/^\^|\(\?:.*$/g, '').replaceAll('\\', '');
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: unknown;
}

/** A condition: a type and a status that is True, False or Unknown. */
export function isCondition(value: unknown): value is Condition {
  if (!isRecord(value) || typeof value['type'] !== 'string') return false;
  return ['True', 'False', 'Unknown'].includes(String(value['status']));
}

/** `Unknown RevisionMissing`; never a transition time. */
export function conditionText(value: unknown): string {
  if (!isRecord(value)) return '';
  const { status, reason } = value;
  const why = typeof reason === 'string' && reason !== '' ? ` ${reason}` : '';
  return `${String(status)}${why}`;
}

/** Whether two pieces of plain data are equal. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && same(a[key], b[key]))
  );
}

/** Follows a dotted path; list items go by type, name or number. */
export function follow(document: unknown, path: readonly string[]): unknown {
  let at = document;
  for (const key of path) {
    if (Array.isArray(at)) {
      const list: readonly unknown[] = at;
      at = list.find((item) => itemName(item) === key) ?? list[Number(key)];
    } else {
      at = isRecord(at) ? at[key] : undefined;
    }
  }
  return at;
}
