/** The chapters that exist, in the order of the plan. */
import { getCollection } from 'astro:content';
import type { CollectionEntry } from 'astro:content';
import { parts } from './parts.ts';

export type Chapter = CollectionEntry<'chapters'>;

const planned = parts.flatMap(({ chapters }) => chapters.map(({ id }) => id));

/**
 * Every chapter that has a file.
 *
 * @throws {RangeError} when top matter and folder disagree, or the plan in
 *   `parts.ts` does not know the folder
 */
export async function writtenChapters(): Promise<Chapter[]> {
  const entries = await getCollection('chapters');
  for (const { id, data } of entries) {
    const file = `content/${id}/index.mdx`;
    if (data.chapter !== id) {
      throw new RangeError(
        `Cannot use ${file}: its top matter says chapter "${data.chapter}", wanted "${id}"`,
      );
    }
    if (!planned.includes(id)) {
      throw new RangeError(
        `Cannot use ${file}: src/site/parts.ts plans no chapter "${id}"`,
      );
    }
  }
  return entries.sort((a, b) => planned.indexOf(a.id) - planned.indexOf(b.id));
}

export interface Neighbours {
  readonly before: Chapter | undefined;
  readonly after: Chapter | undefined;
}

/** The chapters before and after one, among those that exist. */
export async function neighboursOf(id: string): Promise<Neighbours> {
  const all = await writtenChapters();
  const index = all.findIndex((chapter) => chapter.id === id);
  return { before: all[index - 1], after: all[index + 1] };
}

/** The short name of a chapter, such as "Service". */
export function nameOf(id: string): string {
  const chapters = parts.flatMap((part) => part.chapters);
  return chapters.find((chapter) => chapter.id === id)?.name ?? id;
}
