/** The answers to the questions on the teachers' pages. */
import { globSync, readFileSync } from 'node:fs';

/** A file of answers: a heading that is the question, and what follows it. */
interface AnswerKey {
  readonly part: string;
  readonly questions: readonly string[];
  /** What would give an answer away: its words, without code and quotes. */
  readonly telling: readonly string[];
}

/** All of them, in the order of the parts' names. */
export function answerKeys(): AnswerKey[] {
  const paths = globSync('content/solutions/*/answers.md').sort();
  return paths.map((path) => {
    const [, , part = ''] = path.split(/[\\/]/);
    const blocks = readFileSync(path, 'utf8').split(/\n{2,}/);
    const flat = blocks.map((block) => block.replace(/\s+/g, ' ').trim());
    return {
      part,
      questions: flat.flatMap((one) => /^## (.+)$/.exec(one)?.[1] ?? []),
      telling: flat
        .filter((one) => !one.startsWith('#'))
        .flatMap((one) => one.split(/`[^`]*`|["']/))
        .map((words) => words.trim())
        .filter((words) => words.length > 40),
    };
  });
}
