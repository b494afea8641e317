/**
 * What print does and a typewriter cannot: the apostrophe of a word is curly,
 * and a number stays on one line with its unit.
 */
export function typeset(text: string): string {
  return text
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replaceAll(/(?<=\d) (?=(?:ms|s|kB|MB)\b)/g, '\u00a0');
}
