/**
 * What the reader has done so far, in the form that the page and the terminal
 * share.
 *
 * The terminal keeps it in `workbook/progress.json`, which git ignores. The
 * variable `WORKBOOK` names another folder.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { workbookRoot } from '../exercise/workbook-root.ts';
import { joined, parseProgress } from '../site/client/progress.ts';
import type { Attempted } from '../site/client/progress.ts';

/** By chapter id: the scenarios that were run, in the order of first runs. */
export type Progress = ReturnType<typeof parseProgress>;

const empty = parseProgress(
  '{"format":"inside-the-loop/progress","version":1,"chapters":{}}',
);

/** Progress with one more scenario run. */
function withRun(
  progress: Progress,
  chapter: string,
  scenario: string,
): Progress {
  const before = progress.chapters[chapter]?.scenarios ?? [];
  if (before.includes(scenario)) return progress;
  const scenarios = [...before, scenario];
  return {
    ...progress,
    chapters: { ...progress.chapters, [chapter]: { scenarios } },
  };
}

/** What is on disk; nothing done when there is none, or it is unreadable. */
export function readProgress(): Progress {
  try {
    return parseProgress(readFileSync(progressFile(), 'utf8'));
  } catch {
    return empty;
  }
}

/** Notes a run on disk. A folder that cannot be written to is no failure. */
export function noteRun(chapter: string, scenario: string): void {
  const before = readProgress();
  const after = withRun(before, chapter, scenario);
  if (after !== before) write(after);
}

/** Notes how far an exercise got; the best of all times counts. */
export function noteExercise(id: string, now: Partial<Attempted>): Attempted {
  const before = readProgress();
  const { score = 0, points = 0, hints = 0 } = before.exercises?.[id] ?? {};
  const own = { score, points, hints, ...now };
  const after = joined(before, { ...empty, exercises: { [id]: own } });
  write(after);
  return after.exercises?.[id] ?? own;
}

/** Takes progress in that was made elsewhere; nothing here is lost. */
export function importProgress(text: string): void {
  write(joined(readProgress(), parseProgress(text)));
}

/** Progress as the page and other machines take it in. */
export const exportProgress = (): string =>
  `${JSON.stringify(readProgress(), undefined, 2)}\n`;

function write(progress: Progress): void {
  try {
    mkdirSync(workbookRoot(), { recursive: true });
    const text = `${JSON.stringify(progress, undefined, 2)}\n`;
    writeFileSync(progressFile(), text);
  } catch {
    // What was done succeeded, and that is what was asked for.
  }
}

const progressFile = (): URL => new URL('progress.json', workbookRoot());
