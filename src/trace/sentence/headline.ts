/**
 * The most telling change of a write, as a verb phrase: "becomes Ready".
 *
 * A happy condition comes first, then another condition, a name or a list,
 * and the generation last.
 */
import { conditionText, isCondition } from '../index/documents.ts';
import type { Difference } from '../index/documents.ts';
import { isRecord } from '../index/values.ts';
import { shortened } from '../index/texts.ts';

const happy = new Set(['Ready', 'Available', 'Active', 'Succeeded']);

/** Undefined when nothing worth a headline changed. */
export function headlineOf(found: readonly Difference[]): string | undefined {
  const conditions = found.filter(({ after }) => isCondition(after));
  const settled = conditions.filter(
    ({ after }) => statusOf(after) !== 'Unknown',
  );
  const pick =
    settled.find(({ path }) => happy.has(path.at(-1) ?? '')) ??
    settled[0] ??
    undefined;
  if (pick !== undefined) return conditionPhrase(pick);
  return (
    firstConditions(found) ??
    named(found) ??
    pending(conditions) ??
    counted(found)
  );
}

function statusOf(condition: unknown): unknown {
  return isRecord(condition) ? condition['status'] : undefined;
}

function conditionPhrase({ path, before, after }: Difference): string {
  const type = path.at(-1) ?? '';
  const status = statusOf(after);
  if (status === 'True' && happy.has(type)) return `becomes ${type}`;
  if (status === 'True') return `now has \`${type}\` at True`;
  if (happy.has(type) && statusOf(before) === 'True') {
    return `is no longer ${type}`;
  }
  return `now has \`${type}\` at ${conditionText(after)}`;
}

/** A list of conditions that was not there before. */
function firstConditions(found: readonly Difference[]): string | undefined {
  for (const { path, before, after } of found) {
    if (path.at(-1) !== 'conditions' || !Array.isArray(after)) continue;
    if (before !== undefined) continue;
    const list: readonly unknown[] = after;
    const statuses = new Set(list.map(statusOf));
    const ready = list.find((one) => isCondition(one) && one.type === 'Ready');
    if (statusOf(ready) === 'True') return 'becomes Ready';
    const [only] = statuses;
    if (list.length === 1) return `gets its first condition, ${String(only)}`;
    const every = list.length === 2 ? 'both' : 'all';
    const all = statuses.size === 1 ? `, ${every} ${String(only)}` : '';
    return `gets its first ${list.length} conditions${all}`;
  }
  return undefined;
}

function named(found: readonly Difference[]): string | undefined {
  for (const { path, after } of found) {
    const field = path.at(-1) ?? '';
    if (isCondition(after) || field === 'observedGeneration') continue;
    if (typeof after === 'string' && after !== '') {
      const of = path.length > 3 ? ` of \`${path[2] ?? ''}\`` : '';
      return `now has \`${shortened(after, 40)}\` as \`${field}\`${of}`;
    }
    if (Array.isArray(after) && after.length > 0)
      return `now lists its \`${field}\``;
  }
  return undefined;
}

function pending(conditions: readonly Difference[]): string | undefined {
  const [first] = conditions;
  return first === undefined ? undefined : conditionPhrase(first);
}

function counted(found: readonly Difference[]): string | undefined {
  for (const { path, after } of found) {
    if (path.at(-1) === 'observedGeneration') {
      return `now says that generation ${String(after)} was observed`;
    }
    if (typeof after === 'number') {
      return `now has ${after} as \`${path.at(-1) ?? ''}\``;
    }
  }
  return found.length === 0
    ? undefined
    : `now has another \`${found[0]?.path.at(-1) ?? ''}\``;
}
