/**
 * `npm run stories [-- PREFIX]`: records every scenario, or those below a
 * prefix such as `knative/04`, and accepts their stories.
 *
 * A story is what a scenario does, a sentence a step. The texts are committed,
 * so a change of behaviour is a change that can be read and reviewed.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pathsBelow, projectRoot } from '../source/files.ts';
import { openTrace } from '../trace/open.ts';
import { storyText } from '../trace/story.ts';
import { findChapters } from './catalog.ts';
import { recordScenario } from './record.ts';
import { say } from './terminal.ts';

/** The text of a story, and where it is kept. */
export interface Story {
  readonly path: string;
  readonly text: string;
}

/**
 * The stories of scenarios as they are now, in the order of chapters.
 *
 * @param prefix of the ids `<chapter>/<scenario>` that are wanted; all if empty
 */
export async function* currentStories(prefix = ''): AsyncGenerator<Story> {
  for (const { id, scenarios } of findChapters()) {
    for (const scenario of scenarios) {
      if (!`${id}/${scenario}`.startsWith(prefix)) continue;
      const trace = await recordScenario({ chapter: id, scenario });
      const text = storyText(openTrace(trace));
      yield { path: `tests/stories/${id}/${scenario}.txt`, text };
    }
  }
}

/** Paths of the stories that were accepted. */
export const acceptedStories = (): string[] =>
  pathsBelow('tests/stories', ['.txt']);

/** An accepted story; undefined when there is none. */
export function acceptedStory(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, projectRoot), 'utf8');
  } catch {
    return undefined;
  }
}

async function accept(prefix: string): Promise<void> {
  const kept = new Set<string>();
  for await (const { path, text } of currentStories(prefix)) {
    kept.add(path);
    const before = acceptedStory(path);
    if (before === text) continue;
    const url = new URL(path, projectRoot);
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, text);
    say(`${before === undefined ? 'new' : 'changed'}  ${path}`);
  }
  for (const path of acceptedStories()) {
    if (kept.has(path) || !path.startsWith(`tests/stories/${prefix}`)) continue;
    rmSync(new URL(path, projectRoot));
    say(`gone  ${path}`);
  }
  say(`${kept.size} stories are as the scenarios tell them.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await accept(process.argv[2] ?? '');
