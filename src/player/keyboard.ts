/**
 * Which key means what.
 *
 * A key is named as the browser names it. Keys with Ctrl, Alt or Meta belong
 * to the browser and are never taken.
 */
import type { Command, View } from './state.ts';

/** What a key asks for: a command, or something only the page can do. */
export type KeyWish =
  | Command
  | { readonly type: 'copy' }
  | { readonly type: 'dark' }
  | { readonly type: 'playOrPause' };

const table: Readonly<Record<string, KeyWish>> = {
  ArrowRight: { type: 'step' },
  ArrowDown: { type: 'step' },
  j: { type: 'step' },
  PageDown: { type: 'step' },
  ArrowLeft: { type: 'back' },
  ArrowUp: { type: 'back' },
  k: { type: 'back' },
  PageUp: { type: 'back' },
  Home: { type: 'first' },
  End: { type: 'last' },
  ' ': { type: 'playOrPause' },
  b: { type: 'toBeat', way: 1 },
  B: { type: 'toBeat', way: -1 },
  v: { type: 'toVisit', way: 1 },
  V: { type: 'toVisit', way: -1 },
  o: { type: 'toChange', way: 1 },
  O: { type: 'toChange', way: -1 },
  a: { type: 'toOwn', way: 1 },
  A: { type: 'toOwn', way: -1 },
  '1': { type: 'level', level: 'story' },
  '2': { type: 'level', level: 'calls' },
  '3': { type: 'level', level: 'lines' },
  p: { type: 'projector' },
  f: { type: 'choose' },
  d: { type: 'dark' },
  c: { type: 'copy' },
  '?': { type: 'help' },
  Escape: { type: 'close' },
};

/** Keys that scroll a page, a pane or a list when they are not the player's. */
const scrolling = new Set([
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  ' ',
]);

/** Where the key was pressed. */
export interface KeyPlace {
  /** In the stage, or on a page that is all stage. */
  readonly inStage: boolean;
  /** A field, a list or a slider that has keys of its own. */
  readonly inField: boolean;
  /** A button or link, which the space bar presses. */
  readonly onControl: boolean;
  /** Whether letters and digits act wherever the reader is. */
  readonly letters: boolean;
  /** A pane with its own scroll bar, which arrows move. */
  readonly inScroller: boolean;
}

/**
 * What a key asks for at a place; undefined when it is not the player's.
 *
 * Left and right step from anywhere on the page. Keys that scroll stay with
 * the page unless the stage has the focus; so do letters and digits when the
 * reader wants them so, as those who speak to their machine do.
 */
export function wishOf(
  key: string,
  place: KeyPlace,
  views: readonly View[],
): KeyWish | undefined {
  if (place.inField && key !== 'Escape' && key !== '?') return undefined;
  if (key === ' ' && place.onControl) return undefined;
  if (
    scrolling.has(key) &&
    (!place.inStage || (place.inScroller && key.startsWith('Arrow')))
  )
    return undefined;
  const isLetter = key.length === 1 && key !== ' ';
  if (isLetter && !place.letters && !place.inStage) return undefined;
  const digit = '4567890'.indexOf(key);
  const view = digit >= 0 && key.length === 1 ? views[digit] : undefined;
  if (view) return { type: 'view', view };
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
