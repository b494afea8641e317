/**
 * Text in the cells of a terminal: what is shown is clean, as wide as it says,
 * and styled in a few ways that also make sense without colour.
 */

/** How a piece of text looks. */
export type Look = 'plain' | 'strong' | 'faint' | 'bar' | 'warning';

export interface Span {
  readonly text: string;
  readonly look: Look;
}

/** How much room there is, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** One line of the screen. */
export type Line = readonly Span[];

export const line = (text: string, look: Look = 'plain'): Line => [
  { text: clean(text), look },
];

/**
 * Text without control characters. A trace may come from anybody, and a
 * terminal obeys what it is sent.
 */
export function clean(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

const cellsOf = (sign: string): number =>
  /^\p{M}/u.test(sign) ? 0 : wide.test(sign) ? 2 : 1;

/** How many cells a text takes. */
export function width(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  let cells = 0;
  for (const sign of text) cells += cellsOf(sign);
  return cells;
}

/** A text cut to so many cells, with a sign that it was. */
export function fit(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (width(text) <= cells) return text;
  let kept = '';
  let left = cells - 1;
  for (const sign of text) {
    left -= cellsOf(sign);
    if (left < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** The same, keeping the end, which tells most of a path. */
export function fitEnd(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  let at = 0;
  while (at < text.length && width(text.slice(at)) >= cells) at += 1;
  return cells <= 0 ? '' : `…${text.slice(at)}`;
}

/** A text as wide as it should be. */
export const pad = (text: string, cells: number): string => {
  const fitted = fit(text, cells);
  return fitted + ' '.repeat(Math.max(0, cells - width(fitted)));
};

/** A text in lines of at most so many cells, broken between words. */
export function wrap(text: string, cells: number, most = Infinity): string[] {
  const lines: string[] = [];
  let current = '';
  const words = clean(text)
    .split(' ')
    .filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (width(joined) <= cells || current === '') {
      current = joined;
      continue;
    }
    if (lines.length === most - 1) {
      const rest = [current, ...words.slice(index)].join(' ');
      return [...lines, fit(rest, cells)];
    }
    lines.push(fit(current, cells));
    current = word;
  }
  return current === '' ? lines : [...lines, fit(current, cells)];
}

/** A text in pieces of so many cells, broken anywhere. */
export function broken(text: string, cells: number): string[] {
  const lines = [''];
  for (const sign of text) {
    const last = lines.at(-1) ?? '';
    if (width(last) + cellsOf(sign) > cells) lines.push(sign);
    else lines[lines.length - 1] = last + sign;
  }
  return lines;
}

/** A rule with a title. */
export function rule(title: string, cells: number): string {
  const head = fit(`── ${clean(title)} `, cells);
  return head + '─'.repeat(Math.max(0, cells - width(head)));
}

/** A line cut to so many cells. */
export function cut(spans: Line, cells: number): Line {
  let left = cells;
  return spans.flatMap((span) => {
    if (left <= 0) return [];
    const text = fit(span.text, left);
    left -= width(text);
    return [{ ...span, text }];
  });
}

const codes: Readonly<Record<Look, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  bar: '7',
  warning: '1;31',
};

/** A line as a terminal takes it. */
export function painted(spans: Line, colours: boolean): string {
  return spans
    .map(({ text, look }) =>
      colours && codes[look] !== ''
        ? `\u001b[${codes[look]}m${text}\u001b[0m`
        : text,
    )
    .join('');
}
