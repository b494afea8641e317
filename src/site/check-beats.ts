/**
 * A first look at the chapters, before anything is rendered: whether every
 * beat names a step that its scenario reaches. All mistakes are told at once.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChapters } from '../chapter/catalog.ts';
import { openTrace } from '../trace/open.ts';
import { readTrace } from '../trace/read.ts';
import { outlineOf } from './outline.ts';
import { readProjectFile, root } from './project.ts';
import { placeBeat } from './reading.ts';
import type { Reading, Recorded } from './reading.ts';
import { recordings } from './record-all.ts';
import { count } from './words.ts';

/**
 * Checks every chapter that has a text.
 *
 * @throws {Error} with all beats that lead nowhere
 */
export function checkBeats(): string {
  const all = recordings();
  let beats = 0;
  const problems = findChapters().flatMap(({ id, scenarios }) => {
    const file = `content/${id}/index.mdx`;
    if (!existsSync(join(root, file))) return [];
    const outline = outlineOf(readProjectFile(file), scenarios[0] ?? '');
    beats += outline.beats.length;
    const own = all.filter(({ chapter }) => chapter === id);
    const recorded = new Map(
      own.map(({ scenario, text }) => [scenario, opened(text)]),
    );
    const rendered = new Map<string, number>();
    const reading = { chapter: id, file, scenarios, outline };
    return problemsOf({ ...reading, recorded, rendered });
  });
  if (problems.length > 0) throw new Error(`failed\n${problems.join('\n')}`);
  return count(beats, 'beat');
}

function opened(text: string): Recorded {
  const trace = readTrace(JSON.parse(text));
  return { trace, model: openTrace(trace) };
}

function problemsOf(reading: Reading): string[] {
  return reading.outline.beats.flatMap(({ at }) => {
    try {
      placeBeat(reading, at);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}
