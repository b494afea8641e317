/**
 * What the reader has done so far, in the form that the page and the terminal
 * share.
 *
 * The terminal keeps it in `workbook/progress.json`, which git ignores. The
 * variable `WORKBOOK` names another folder.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { shownPath, workbookRoot } from '../exercise/workbook-root.ts';
import { joined, parseProgress } from '../site/client/progress.ts';
import type { Attempted } from '../site/client/progress.ts';
import { Failure } from './failure.ts';
import { remark } from './terminal.ts';

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

/**
 * What is on disk; nothing done when there is none. A file that cannot be read
 * is put aside, so that what is noted next does not replace it.
 *
 * @throws {Failure} when it cannot be put aside either
 */
export function readProgress(): Progress {
  const file = progressFile();
  if (!existsSync(file)) return empty;
  try {
    return parseProgress(readFileSync(file, 'utf8'));
  } catch (error) {
    putAside(file, (error as Error).message);
    return empty;
  }
}

function putAside(file: URL, reason: string): void {
  const aside = asideOf(file);
  const why = reason.replace(/^Cannot read progress: /, '');
  const said = `Cannot read ${shownPath(file)}: ${why}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    throw new Failure(3, said, error);
  }
  remark(
    `${said}; it is kept as ${shownPath(aside)}, which "exercise --import" takes in once it is mended`,
  );
}

/** The first name that is free: nothing that was put aside is lost. */
function asideOf(file: URL): URL {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? 'broken' : `broken-${n}`;
    const aside = new URL(`progress.${name}.json`, file);
    if (!existsSync(aside)) return aside;
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
    // Whoever reads meanwhile finds the old file or the new one, never half.
    const half = new URL(`progress.${process.pid}.json`, progressFile());
    writeFileSync(half, `${JSON.stringify(progress, undefined, 2)}\n`);
    renameSync(half, progressFile());
  } catch {
    // What was done succeeded, and that is what was asked for.
  }
}

const progressFile = (): URL => new URL('progress.json', workbookRoot());
