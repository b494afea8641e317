/** The sheet of keys, and the line at the foot of the screen. */
import { keyHelp } from '../../player/key-help.ts';
import { line, pad, width } from './text.ts';
import type { Line } from './text.ts';

/** What the terminal has beside the keys of the page. */
const own: readonly (readonly [keys: string, does: string])[] = [
  ['Tab', 'next view (Shift+Tab: the one before)'],
  ['/', 'find an address, or words of a step'],
  ['n N', 'find the next one, the one before'],
  ['s', 'choose a scenario'],
  ['t', 'the chapter’s text about this step'],
  ['x', 'where the two runs part (with --against)'],
  ['+ -', 'play faster, slower'],
  ['q', 'leave (also Ctrl+C)'],
];

/** Keys of the page that mean nothing here. */
const elsewhere = new Set(['d', 'f', 'p']);
/** Said in other words here. */
const reworded: Readonly<Record<string, string>> = {
  '↑ ↓': 'the same',
  c: 'the command that comes back to this step',
};

export function helpLines(): Line[] {
  const shared = keyHelp
    .filter(([keys]) => !elsewhere.has(keys))
    .map(([keys, does]) => [keys, reworded[keys] ?? does] as const);
  return [...shared, ...own].map(([keys, does]) =>
    line(`  ${pad(keys, 9)}  ${does}`),
  );
}

/** A reminder of the keys that matter most, as many as there is room for. */
export function hint(pair: boolean, columns: number): string {
  const always = ['? keys', 'q leave'];
  const more = [
    '→ step',
    '← back',
    ...(pair ? ['x difference'] : []),
    'b beat',
    '1 2 3 level',
    'Tab view',
    '/ find',
    's scenario',
  ];
  const joined = (count: number): string =>
    [...more.slice(0, count), ...always].join('  ');
  let count = more.length;
  while (count > 0 && width(joined(count)) > columns) count -= 1;
  return joined(count);
}
