/**
 * Records every scenario of every chapter into `.cache/traces`, where the
 * pages find them.
 */
import {
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { findChapters } from '../chapter/catalog.ts';
import { recordScenario } from '../chapter/record.ts';
import { root } from './project.ts';
import { writeTrace } from '../trace/pack.ts';
import type { PackedTrace } from '../trace/pack.ts';
import { isRecorded, markRecorded, recordingHash } from './stamp.ts';

const folder = join(root, '.cache', 'traces');

export interface Recording {
  readonly chapter: string;
  readonly scenario: string;
  readonly text: string;
}

/** The chapters that have a page, with the scenarios their pages name. */
function wanted(): { readonly chapter: string; readonly scenario: string }[] {
  return findChapters()
    .filter(({ minutes }) => minutes !== undefined)
    .flatMap(({ id, scenarios }) =>
      scenarios.map((scenario) => ({ chapter: id, scenario })),
    );
}

const fileOf = (chapter: string, scenario: string): string =>
  join(folder, chapter, `${scenario}.json`);

/**
 * Records what is not recorded yet.
 *
 * @returns how many scenarios there are, and how many events they hold
 */
export async function recordAll(): Promise<{
  scenarios: number;
  events: number;
}> {
  const all = wanted();
  if (!isRecorded()) {
    const hash = recordingHash();
    rmSync(folder, { recursive: true, force: true });
    for (const { chapter, scenario } of all) await keep(chapter, scenario);
    markRecorded(hash);
  }
  const events = recordings().reduce((sum, one) => sum + eventsIn(one), 0);
  return { scenarios: all.length, events };
}

async function keep(chapter: string, scenario: string): Promise<void> {
  const trace = await recordScenario({ chapter, scenario });
  const file = fileOf(chapter, scenario);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, writeTrace(trace));
}

/** How many events a recording holds; its rows need not be put back for that. */
export function eventsIn({ text }: Recording): number {
  const { streams } = JSON.parse(text) as PackedTrace;
  return streams['kind']?.length ?? 0;
}

/** What `recordAll` recorded. */
export function recordings(): Recording[] {
  return globSync('*/*/*.json', { cwd: folder })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => ({
      chapter: path.slice(0, path.lastIndexOf('/')),
      scenario: path.slice(path.lastIndexOf('/') + 1, -'.json'.length),
      text: readFileSync(join(folder, path), 'utf8'),
    }));
}
