/**
 * Values as sentences have them: names in code style, objects by kind and
 * name, errors in their own words, durations with a unit.
 */
import type { ValueRef } from '../format.ts';
import { conditionText, isCondition } from '../index/documents.ts';
import { clipped, dataText, durationText, shortened } from '../index/texts.ts';
import { isRecord } from '../index/values.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import type { Piece } from './message.ts';

const nameWidth = 40;
/** Of texts that are words themselves. */
const wordsWidth = 80;
/** Enough for the API server's errors to come to their point. */
const errorWidth = 120;

/** A word of the sentence itself. */
export function wordPiece(text: string): Piece {
  return { text, code: false };
}

export function countPiece(count: number): Piece {
  return { text: String(count), code: false, count };
}

/** What conditions are said to be, as in "Ready is True". */
const conditionWords = new Set(['True', 'False', 'Unknown']);

/** A name, cut in the middle, or any other text, cut at its end. */
export function namePiece(text: string): Piece {
  if (conditionWords.has(text)) return wordPiece(text);
  const cut = /\s/u.test(text)
    ? cutAtWord(text, wordsWidth)
    : shortened(text, nameWidth);
  return { text: cut.replaceAll('`', "'"), code: true };
}

export function errorPiece(text: string): Piece {
  return wordPiece(cutAtWord(text, errorWidth));
}

/** At most `width` characters, cut behind a word if that keeps most of it. */
function cutAtWord(text: string, width: number): string {
  if (text.length <= width) return text;
  const cut = clipped(text, width);
  const end = cut.lastIndexOf(' ');
  return end < width / 2 ? cut : `${cut.slice(0, end).replace(/[,:;]$/u, '')}…`;
}

/** Kind and name; `core/Service` reads "Kubernetes Service". */
export function objectText(world: World, kind: string, id: string): string {
  const name = world.severalNamespaces ? id : id.slice(id.lastIndexOf('/') + 1);
  return `${kindText(kind)} \`${shortened(name, nameWidth)}\``;
}

export function kindText(kind: string): string {
  return kind === 'core/Service' ? 'Kubernetes Service' : kind;
}

/** Names of numbers that are milliseconds. */
const duration = /(?:delay|duration|took|waited|elapsed|interval|Ms|^ms)$/u;

/** What a value prints as, told apart by its path where it is a number. */
export function pieceOf(
  world: World,
  ref: ValueRef,
  row: Row,
  path = '',
): Piece {
  const value = world.values.value(ref);
  if (typeof value === 'number') {
    const count = { ...countPiece(value) };
    const last = path.slice(path.lastIndexOf('.') + 1);
    return duration.test(last)
      ? { ...count, text: durationText(value) }
      : count;
  }
  if (typeof value === 'string') return namePiece(value);
  if (value === null || typeof value === 'boolean') {
    return { text: String(value), code: true };
  }
  if ('bytes' in value) {
    const length = value.length ?? value.bytes.length / 2;
    return wordPiece(`${length} ${length === 1 ? 'byte' : 'bytes'}`);
  }
  if ('other' in value) return { text: value.other, code: true };
  return objectPiece(world, ref, value.object, row);
}

function objectPiece(
  world: World,
  ref: ValueRef,
  object: number,
  row: Row,
): Piece {
  const identity = world.objects.identify(ref, row);
  if (identity !== undefined) {
    return wordPiece(objectText(world, identity.kind, identity.id));
  }
  const name = world.values.className(object);
  const data = world.values.plain(ref, row, 3);
  if (name === 'Array' || name === 'Set') return listPiece(data);
  if (isRecord(data) && isErrorName(name, data)) {
    return errorPiece(String(data['message']));
  }
  if (isCondition(data)) {
    return wordPiece(`\`${data.type}\` is ${conditionText(data)}`);
  }
  return name === 'Object' || name === 'Map'
    ? namePiece(dataText(data))
    : namePiece(name);
}

function isErrorName(name: string, data: Readonly<Record<string, unknown>>) {
  return typeof data['message'] === 'string' && /Error|Exception/u.test(name);
}

function listPiece(data: unknown): Piece {
  const items: readonly unknown[] = Array.isArray(data) ? data : [];
  const shown = items.slice(0, 3).map((item) => `\`${itemText(item)}\``);
  const rest = items.length - shown.length;
  const words = rest > 0 ? [...shown, `${rest} more`] : shown;
  const text =
    words.length < 2
      ? (words[0] ?? 'none')
      : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
  return { text, code: false, count: items.length };
}

function itemText(item: unknown): string {
  if (isRecord(item)) {
    const { metadata, name, type } = item;
    const found = name ?? (isRecord(metadata) ? metadata['name'] : undefined);
    const label = found ?? type;
    if (typeof label === 'string') return shortened(label, nameWidth);
  }
  return shortened(dataText(item), nameWidth);
}
