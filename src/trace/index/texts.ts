/**
 * Values as text for second lines and diagrams: short, and the same in every
 * engine.
 */
import type { Change } from '../model.ts';
import { conditionText, isCondition } from './documents.ts';
import type { Difference } from './documents.ts';
import { cut, isRecord } from './values.ts';

/** Stands for no value. */
export const absent = '–';

/** At most `width` characters, cut in the middle. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const keep = width - 1;
  const head = Math.ceil(keep / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (keep - head))}`;
}

/** At most `width` characters, cut at the end. */
export function clipped(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Plain data on one line. */
export function dataText(value: unknown, width = 120): string {
  return clipped(flat(value), width);
}

function flat(value: unknown): string {
  if (value === undefined || value === null) return absent;
  if (value === cut) return '…';
  if (Array.isArray(value)) return listText(value);
  if (isRecord(value)) return recordText(value);
  return typeof value === 'string' && value !== ''
    ? value
    : JSON.stringify(value);
}

function listText(list: readonly unknown[]): string {
  if (list.length > 0 && list.every(isCondition)) {
    return list.map((item) => `${item.type} ${conditionText(item)}`).join(', ');
  }
  const shown = list.slice(0, 3).map(flat).join(', ');
  const rest = list.length - 3;
  return `[${shown}${rest > 0 ? ` and ${rest} more` : ''}]`;
}

function recordText(record: Readonly<Record<string, unknown>>): string {
  if (isCondition(record)) return conditionText(record);
  const { image, env, percent, name, value, message, ...others } = record;
  if (typeof image === 'string') return containerText(image, env);
  if (typeof percent === 'number' && 'serviceName' in others) {
    return `${flat(others['serviceName'])} ${percent} %`;
  }
  if ('destination' in others && typeof others['weight'] === 'number') {
    return destinationText(others['destination'], others['weight']);
  }
  if (typeof percent === 'number') {
    const target = others['configurationName'] ?? others['revisionName'];
    const by = others['configurationName']
      ? 'configurationName'
      : 'revisionName';
    return `${by} ${flat(target)}, ${percent} %`;
  }
  if (typeof name === 'string' && typeof value === 'string') {
    return `${name}=${JSON.stringify(value)}`;
  }
  if (typeof message === 'string' && 'stack' in others) return message;
  const parts = Object.entries(record).flatMap(([key, one]) =>
    one === undefined || isEmpty(one) ? [] : [`${key}: ${flat(one)}`],
  );
  return `{${parts.join(', ')}}`;
}

function containerText(image: string, env: unknown): string {
  const variables = Array.isArray(env) ? env.map(flat).join(', ') : '';
  return variables === '' ? image : `${image}, env ${variables}`;
}

/** Whether a record or list holds nothing. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

/** Where a share of requests goes: `a-service.default.svc… 100 %`. */
function destinationText(destination: unknown, weight: number): string {
  const host = isRecord(destination) ? destination['host'] : undefined;
  return `${flat(host)} ${weight} %`;
}

/** Field names that say little without the one above them. */
const vague = new Set(['value', 'name', 'type', 'status', 'version']);

/**
 * `spec.runLatest…container`: a long path without its middle, but for a host
 * that tells one rule from another.
 */
export function pathText(path: readonly string[]): string {
  if (path.length <= 4) return path.join('.');
  const last = path.at(-1) ?? '';
  const tail = vague.has(last) ? path.slice(-2).join('.') : last;
  const host = ['rules', 'http'].includes(path[1] ?? '') ? (path[2] ?? '') : '';
  const middle = host === '' ? '' : `${host.slice(0, 24)}…`;
  return `${path.slice(0, 2).join('.')}…${middle}${tail}`;
}

/** Second lines from differences; at most `limit`, then how many more. */
export function changesOf(found: readonly Difference[], limit = 4): Change[] {
  const changes = merged(found);
  if (changes.length <= limit) return changes;
  const rest = changes.length - limit;
  const more = `+${rest} ${rest === 1 ? 'field' : 'fields'}`;
  return [...changes.slice(0, limit), { field: more, after: '' }];
}

/** A field without text holds nothing worth a pair of quotes. */
function fieldText(value: unknown): string {
  return value === '' ? absent : dataText(value);
}

/** Neighbours in one record with equal values share a line. */
function merged(found: readonly Difference[]): Change[] {
  const changes: { field: string; before: string; after: string }[] = [];
  let parent = '';
  for (const { path, before, after } of found) {
    const change = { before: fieldText(before), after: fieldText(after) };
    if (change.before === change.after) continue;
    const above = path.slice(0, -1).join('.');
    const last = changes.at(-1);
    if (
      last !== undefined &&
      above === parent &&
      last.before === change.before &&
      last.after === change.after
    ) {
      last.field += `, .${path.at(-1) ?? ''}`;
    } else {
      changes.push({ field: pathText(path), ...change });
    }
    parent = above;
  }
  return changes;
}

/** `4 s`, `500 ms`, `1.6 s`: a duration as a sentence has it. */
export function durationText(ms: number): string {
  if (Math.abs(ms) < 1000) return `${ms} ms`;
  return `${Math.round(ms / 100) / 10} s`;
}

/** `4.500s`: a moment since the run's start. */
export function timeText(ms: number): string {
  return `${(ms / 1000).toFixed(3)}s`;
}

/** A value in a message: an error by its words, text as it is. */
export function messageText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isRecord(value) && typeof value['message'] === 'string') {
    return value['message'];
  }
  return JSON.stringify(value);
}
