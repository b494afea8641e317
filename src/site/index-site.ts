/**
 * The search index: the pages, and every sentence of every recorded run with
 * a link to its step.
 */
import { createIndex } from 'pagefind';
import { openTrace } from '../trace/open.ts';
import { readTrace } from '../trace/read.ts';
import { encodePage } from '../player/link.ts';
import { recordings } from './record-all.ts';
import { count } from './words.ts';

/** Writes the index beside the pages. */
export async function indexSite(dist: string): Promise<string> {
  const { index } = await createIndex({ excludeSelectors: ['.vh', '.no'] });
  if (index === undefined) throw new Error('Cannot start Pagefind');
  const { page_count: pages } = await index.addDirectory({
    path: dist,
    glob: '**/index.html',
  });
  let sentences = 0;
  for (const { chapter, scenario, text } of recordings()) {
    const model = openTrace(readTrace(JSON.parse(text)));
    const steps = Array.from({ length: model.count('story') }, (_, at) =>
      model.step('story', at + 1),
    );
    sentences += steps.length;
    for (const { address, n, sentence } of steps) {
      await index.addCustomRecord({
        url: encodePage(chapter, {
          scenario,
          address,
          level: 'story',
          view: 'all',
        }),
        content: sentence.replaceAll('`', ''),
        language: 'en',
        meta: {
          title: `${model.trace.title}, step ${String(n)}`,
          kind: `run of ${chapter}`,
        },
      });
    }
  }
  await index.writeFiles({ outputPath: `${dist}/pagefind` });
  return `${count(pages, 'page')}, ${count(sentences, 'sentence')}`;
}
