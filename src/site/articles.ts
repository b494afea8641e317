/**
 * What the two articles say that the project grew from, and the steps that
 * show it, kept in `content/articles.yaml`.
 */
import { z } from 'astro/zod';
import { parse } from 'yaml';
import text from '../../content/articles.yaml?raw';
import { encodePage } from '../player/link.ts';
import { nameOf } from './chapters.ts';
import { recorded } from './traces.ts';

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

/**
 * Finds a step in the recording of its run.
 *
 * @throws {RangeError} when the run never reaches it, with the nearest steps
 */
export function shown({ chapter, scenario, at }: z.infer<typeof step>): Shown {
  const { model } = recorded(chapter, scenario);
  const row = model.find(at);
  if (row === undefined) {
    const near = model.nearest(at, 3).map((address) => `"${address}"`);
    throw new RangeError(
      `Cannot place a statement of content/articles.yaml: scenario "${scenario}" of ${chapter} never reaches "${at}"; nearest are ${near.join(', ')}`,
    );
  }
  const number = model.at('story', row);
  const wish = {
    scenario,
    address: at,
    level: 'story',
    view: 'all',
  } as const;
  const [part = '', slug = ''] = chapter.split('/');
  return {
    href: `/${encodePage(chapter, wish)}`,
    place: `${part} ${slug.slice(0, 2)} ${nameOf(chapter)}, step ${String(number)}`,
    sentence: model.step('story', number).sentence,
  };
}
