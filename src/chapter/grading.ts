/**
 * What `chapter grade` does: finds what was handed in, has it judged, and
 * writes the reports that are asked for.
 */
import { statSync } from 'node:fs';
import type { Exercise } from '../exercise/exercise.ts';
import { grade } from '../exercise/grade.ts';
import type { Graded } from '../exercise/grade.ts';
import { lookForExercises } from '../exercise/materials.ts';
import { findSubmissions } from '../exercise/submissions.ts';
import type { Submission } from '../exercise/submissions.ts';
import { unknownName } from './catalog.ts';
import { userPath } from './document.ts';
import { exerciseNamed, usable } from './exercises.ts';
import { Failure, wrongInput } from './failure.ts';
import { ownNames } from './report/own-names.ts';
import { reporters, schemaOfJson } from './report/reports.ts';
import type { Reporter } from './report/reports.ts';
import { refuseUnwritable, save } from './save.ts';
import { say } from './terminal.ts';

export interface GradeFlags {
  readonly only?: readonly string[];
  readonly report?: readonly string[];
  readonly schema?: boolean;
}

interface Wanted {
  readonly reporter: Reporter;
  /** Where to; stdout without. */
  readonly file: string | undefined;
}

/** Marks a folder and writes the reports. */
export async function gradeFolder(
  folder: string | undefined,
  flags: GradeFlags,
): Promise<void> {
  if (flags.schema === true) {
    say(JSON.stringify(schemaOfJson, undefined, 2));
    return;
  }
  if (folder === undefined) {
    throw wrongInput('Cannot grade: expected a folder, found nothing');
  }
  const { only = [], report = ['human'] } = flags;
  const wanted = wantedReports(report);
  const { submissions, exercises } = collected(folder, only);
  for (const { reporter } of wanted) {
    reporter.refuse?.(submissions.length, exercises.length);
  }
  for (const { file } of wanted) if (file !== undefined) refuseUnwritable(file);
  const graded = ownNames(await judged(submissions, exercises), exercises);
  for (const { reporter, file } of wanted) {
    const text = reporter.write(graded, file === undefined);
    if (file === undefined) say(text.trimEnd());
    else save(file, text);
  }
}

async function judged(
  submissions: readonly Submission[],
  exercises: readonly Exercise[],
): Promise<Graded> {
  try {
    return await grade(submissions, exercises);
  } catch (error) {
    throw new Failure(3, (error as Error).message, error);
  }
}

/** `junit=out.xml` → the reporter and its file. */
function wantedReports(words: readonly string[]): Wanted[] {
  const wanted = words.map((word) => {
    const [format = '', ...rest] = word.split('=');
    const reporter = Object.hasOwn(reporters, format)
      ? reporters[format]
      : undefined;
    if (reporter === undefined) {
      throw unknownName('report', format, Object.keys(reporters));
    }
    const file = rest.join('=');
    return { reporter, file: file === '' ? undefined : file };
  });
  if (wanted.filter(({ file }) => file === undefined).length > 1) {
    throw wrongInput(
      'Cannot write two reports to stdout: name a file, as in --report junit=out.xml',
    );
  }
  return wanted;
}

interface Collected {
  readonly submissions: readonly Submission[];
  readonly exercises: readonly Exercise[];
}

/** What was handed in; without `only`, whatever anybody handed in counts. */
function collected(folder: string, only: readonly string[]): Collected {
  const path = userPath(folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw wrongInput(`Cannot grade ${folder}: expected a folder`);
  }
  const all = lookForExercises();
  const named = [...new Set(only.map((word) => exerciseNamed(all, word)))];
  const exercises = named.length === 0 ? usable(all) : named;
  const submissions = findSubmissions(path, exercises);
  if (submissions.length === 0) {
    const [first] = exercises;
    throw wrongInput(
      `Cannot grade ${folder}: expected a file such as ${first?.id ?? ''}/… in it or in its folders, found none`,
    );
  }
  if (named.length > 0) return { submissions, exercises };
  const anybodys = exercises.filter(({ id }) =>
    submissions.some(({ files }) => files.has(id)),
  );
  return { submissions, exercises: anybodys };
}
