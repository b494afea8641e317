/**
 * What the reader has done so far, in the form that the page and the terminal
 * share.
 *
 * The terminal keeps it in `workbook/progress.json`, which git ignores. The
 * variable `WORKBOOK` names another folder.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseProgress } from '../site/client/progress.ts';
import { projectRoot } from '../source/files.ts';

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
  if (after === before) return;
  try {
    mkdirSync(new URL('.', progressFile()), { recursive: true });
    writeFileSync(progressFile(), `${JSON.stringify(after, undefined, 2)}\n`);
  } catch {
    // The run itself succeeded, and that is what was asked for.
  }
}

function progressFile(): URL {
  const { WORKBOOK } = process.env;
  const folder =
    WORKBOOK === undefined || WORKBOOK === ''
      ? new URL('workbook/', projectRoot)
      : pathToFileURL(`${WORKBOOK}/`);
  return new URL('progress.json', folder);
}
