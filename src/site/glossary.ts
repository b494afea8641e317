/**
 * The glossary: one meaning for each word, kept in `content/glossary.yaml`.
 */
import { parse } from 'yaml';
import text from '../../content/glossary.yaml?raw';
import { didYouMean } from '../source/nearest.ts';

export interface GlossaryEntry {
  readonly id: string;
  readonly word: string;
  readonly meaning: string;
}

/** All entries by word. */
export const glossary: readonly GlossaryEntry[] = Object.entries(
  parse(text) as Record<string, unknown>,
)
  .map(([word, meaning]) => entryOf(word, meaning))
  .sort((a, b) => a.word.localeCompare(b.word, 'en'));

function entryOf(word: string, meaning: unknown): GlossaryEntry {
  if (typeof meaning !== 'string' || meaning.trim() === '') {
    throw new TypeError(
      `Cannot read "${word}" in content/glossary.yaml: wanted its meaning as text`,
    );
  }
  const id = word.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { id, word, meaning: meaning.trim() };
}

/**
 * The entry of a word, in any case, singular or a plain plural.
 *
 * @throws {RangeError} when the glossary has no such word, with the nearest
 */
export function glossaryEntry(word: string): GlossaryEntry {
  const wanted = word.toLowerCase();
  const forms = [wanted, wanted.replace(/s$/, ''), wanted.replace(/ies$/, 'y')];
  const found = glossary.find((entry) =>
    forms.includes(entry.word.toLowerCase()),
  );
  if (found !== undefined) return found;
  const words = glossary.map((entry) => entry.word);
  throw new RangeError(
    `Cannot explain <Term> "${word}": content/glossary.yaml has no such word${didYouMean(word, words)}`,
  );
}
