/**
 * What the two articles say that the project grew from, and the steps that
 * show it, kept in `content/articles.yaml`.
 */
import { z } from 'astro/zod';
import { parse } from 'yaml';
import text from '../../content/articles.yaml?raw';
import { nameOf } from './chapters.ts';
import { linkedStep, type StepAddress } from './steps.ts';

const step = z.strictObject({
  chapter: z.string(),
  scenario: z.string(),
  at: z.string(),
});
const statement = z.strictObject({
  says: z.string(),
  /** Where the statement is not, or not quite, what the release does. */
  but: z.string().optional(),
  steps: z.array(step).min(1),
});
const file = z.array(
  z.strictObject({ part: z.string(), statements: z.array(statement) }),
);

/** All statements, by part. */
export const articles = file.parse(parse(text));

/** A step as a page shows it. */
export interface Shown {
  readonly href: string;
  /** "Kubelet 03 Sync pod, step 4". */
  readonly place: string;
  readonly sentence: string;
}

/** A step that shows a statement, found in the recording of its run. */
export function shown(step: StepAddress): Shown {
  const { href, number, sentence } = linkedStep(step);
  const [part = '', slug = ''] = step.chapter.split('/');
  const place = `${part} ${slug.slice(0, 2)} ${nameOf(step.chapter)}, step ${String(number)}`;
  return { href, place, sentence };
}
