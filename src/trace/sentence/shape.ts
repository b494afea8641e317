/**
 * The shape of a sentence: its first word and its main verb.
 *
 * Neighbours of one shape tire the reader, so a default with variants takes
 * the next one, and the check reports what is left.
 */

/** Words that end like a verb and are none. */
const noVerbs = new Set(
  'this its is as us was thus always less does perhaps unless towards besides across status plus class process address bytes events'.split(
    ' ',
  ),
);

/** First word, lower case; a code span counts as one word. */
export function firstWord(sentence: string): string {
  const [word = ''] = /^(?:`[^`]*`|[^\s,;:.]+)/u.exec(sentence) ?? [];
  return word.toLowerCase();
}

/** The first word that looks like a verb of the third person. */
function mainVerb(sentence: string): string {
  const words = sentence.replace(/`[^`]*`/gu, '').match(/[a-z]+/gu) ?? [];
  const verb = words.find((word) => /[^s]s$/u.test(word) && !noVerbs.has(word));
  return verb ?? words.find((word) => word === 'is' || word === 'has') ?? '';
}

export function shapeOf(sentence: string): string {
  return `${firstWord(sentence)} ${mainVerb(sentence)}`;
}

/** How many words a sentence has, a code span counting as one. */
export function wordCount(sentence: string): number {
  const words = sentence.replace(/`[^`]*`/gu, 'code').match(/\S+/gu) ?? [];
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
