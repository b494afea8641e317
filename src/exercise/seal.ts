/**
 * Keys to questions, as hashes: a students' copy can tell right from wrong
 * without saying what is right. This is hygiene and not a lock; whoever tries
 * all letters finds the right one.
 */
import { hashOf } from '../trace/hash.ts';
import type { Key } from './attempts.ts';
import type { Exercise, Question } from './exercise.ts';

/** What is known of one question. */
export interface SealedAnswer {
  readonly accept: readonly string[];
  readonly wrong: Readonly<Record<string, string>>;
  readonly otherwise: string;
}

export type SealedKey = Readonly<Record<string, SealedAnswer>>;

type Given = ReadonlyMap<string, string>;

/** Hashes the answers of a key. */
export function sealKey(
  exercise: Exercise,
  key: Readonly<Record<string, Key>>,
  given: Given,
): SealedKey {
  return Object.fromEntries(
    exercise.questions.map((question) => {
      const own = key[question.id];
      if (own === undefined) {
        throw new RangeError(
          `Cannot judge ${exercise.id}: its key says nothing of "${question.id}"`,
        );
      }
      const seal = (answer: string): string => {
        const plain =
          question.answer === 'line' ? lineOf(question, answer, given) : answer;
        return sealed(exercise, question, plain);
      };
      const { accept = [], wrong = {}, otherwise } = own;
      const because = Object.entries(wrong).map(
        ([answer, sentence]) => [seal(answer), sentence] as const,
      );
      const answer = {
        accept: accept.map(seal),
        wrong: Object.fromEntries(because),
        otherwise,
      };
      return [question.id, answer];
    }),
  );
}

/** The hash of an answer, written in one way. */
export const sealed = (
  { id }: Exercise,
  question: Question,
  answer: string,
): string => hashOf(`${id} ${question.id} ${canonical(question, answer)}`);

/** An answer as everybody would write it. */
export function canonical({ answer: kind }: Question, answer: string): string {
  const text = answer.trim().replace(/\s+/g, ' ');
  switch (kind) {
    case 'step':
      return text.replace(/ #1$/, '');
    case 'line':
      return /(\d+)$/.exec(text)?.[1] ?? text;
    case 'choice':
      return text.toLowerCase().replace(/[.)]$/, '');
  }
}

/**
 * The number of the line that holds a text.
 *
 * @throws {RangeError} when no line, or more than one, holds it
 */
export function lineOf(
  { file = '', id }: Question,
  text: string,
  given: Given,
): string {
  if (/^\d+$/.test(text)) return text;
  const lines = (given.get(file) ?? '').split('\n');
  const found = lines.flatMap((line, index) =>
    line.includes(text) ? [index + 1] : [],
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new RangeError(
      `Cannot find the line of question "${id}" in ${file}: ${found.length} lines hold ${JSON.stringify(text)}, wanted one`,
    );
  }
  return String(first);
}
