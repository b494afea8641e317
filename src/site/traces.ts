/**
 * The recordings that the build made, as pages need them.
 *
 * `npm run build` and `npm run dev` record every scenario of every chapter
 * into `.cache/traces` first; see `record.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTrace } from '../trace/open.ts';
import { readTrace } from '../trace/read.ts';
import { root } from './project.ts';
import type { Recorded } from './reading.ts';

const folder = join(root, '.cache', 'traces');
const opened = new Map<string, Recorded>();

/** The text of a recording. */
export function traceText(chapter: string, scenario: string): string {
  const file = join(folder, chapter, `${scenario}.json`);
  if (!existsSync(file)) {
    throw new Error(
      `Cannot find the recording of ${chapter} "${scenario}": run "npm run build", which records first`,
    );
  }
  return readFileSync(file, 'utf8');
}

/** A recording and the model that answers questions about it. */
export function recorded(chapter: string, scenario: string): Recorded {
  const key = `${chapter}/${scenario}`;
  const had = opened.get(key);
  if (had !== undefined) return had;
  const trace = readTrace(JSON.parse(traceText(chapter, scenario)));
  const made = { trace, model: openTrace(trace) };
  opened.set(key, made);
  return made;
}

/** All recordings of a chapter, by scenario. */
export function recordedAll(
  chapter: string,
  scenarios: readonly string[],
): ReadonlyMap<string, Recorded> {
  return new Map(scenarios.map((name) => [name, recorded(chapter, name)]));
}
