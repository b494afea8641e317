/** Chapters live in `content/<part>/NN-slug/index.mdx`; this is their top matter. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const text = (what: string) =>
  z
    .string({ error: `Wanted ${what}` })
    .trim()
    .min(1, `Wanted ${what}`);

const chapters = defineCollection({
  loader: glob({
    base: './content',
    pattern: '{knative,kubelet,tomcat,whole}/*/index.mdx',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: text('a title that is a sentence or a phrase'),
    chapter: z
      .string()
      .regex(
        /^(knative|kubelet|tomcat|whole)\/\d\d-[a-z0-9-]+$/,
        'Wanted the folder of the chapter, such as "knative/02-service"',
      ),
    /** Of reading, with the stage stepped through once. */
    minutes: z
      .int('Wanted a whole number of minutes')
      .min(1, 'Wanted at least one minute')
      .max(90, 'Wanted at most 90 minutes: split the chapter'),
    /** What to know first. A chapter is named by its folder. */
    before: z.array(text('what to know first, one sentence an item')).min(1),
    /** What the reader will be able to do; each continues "You will be able to". */
    able: z.array(text('an ability that starts with a verb')).min(1),
    /** Files in `runnable/scenarios/<chapter>/`; the first one is the default. */
    scenarios: z
      .array(
        z.string().regex(/^[a-z0-9-]+$/, 'Wanted a file name in kebab-case'),
      )
      .min(1, 'Wanted at least one scenario'),
    /** The puzzle under the title; the chapter's text answers it. */
    question: text('a question that a reader can guess at').optional(),
    /** One sentence for search engines and lists. */
    summary: text('one sentence').optional(),
  }),
});

/** What an exercise asks for; `exercise.yaml` beside it says the rest. */
const statements = defineCollection({
  loader: glob({
    base: './content',
    pattern: '{knative,kubelet,tomcat,whole}/*/exercises/*/statement.md',
    generateId: ({ entry }) =>
      entry.replace('/exercises/', '/').replace(/\/statement\.md$/, ''),
  }),
  schema: z.strictObject({}),
});

/** The teacher's pages, one a part. */
const classroom = defineCollection({
  loader: glob({
    base: './content/classroom',
    pattern: '{knative,kubelet,tomcat,whole}.mdx',
  }),
  schema: z.strictObject({
    title: text('a title that is a phrase'),
    /** One sentence for lists and search engines. */
    summary: text('one sentence'),
  }),
});

export const collections = { chapters, statements, classroom };
