/**
 * Checks the student's file, once or on every save, and says where to look.
 */
import { watch as watchFile } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Exercise } from '../exercise/exercise.ts';
import { workFile } from '../exercise/exercise.ts';
import { Judge } from '../exercise/judge.ts';
import type { CheckResult, ExerciseResult } from '../exercise/result.ts';
import {
  keepTraces,
  largestFile,
  shownFile,
  shownFolder,
  studentFile,
  studentText,
  traceNames,
} from '../exercise/workbook.ts';
import { unknownName } from './catalog.ts';
import { reasonOf } from './document.ts';
import { wrongInput } from './failure.ts';
import { noteExercise } from './progress.ts';
import { exerciseText } from './report/human.ts';
import { withFileNamed } from './report/own-names.ts';
import { paintFor, remark, say } from './terminal.ts';

/** Where `npm start` serves the site, unless it was told another port. */
const siteAddress = 'http://127.0.0.1:4321';

/**
 * Judges the student's file and prints what came of it; whether it passed.
 *
 * @param only the check that decides; all of them by default
 */
export async function checkOnce(
  exercise: Exercise,
  only?: string,
): Promise<boolean> {
  const judge = new Judge();
  try {
    const { checks, passed } = await checked(exercise, judge);
    if (only === undefined) return passed;
    const check = checks.find(({ id }) => id === only);
    const ids = checks.map(({ id }) => id);
    if (check === undefined) throw unknownName('check', only, ids);
    return check.status === 'passed';
  } finally {
    judge.close();
  }
}

/** Makes the run that an exercise asks questions about. */
export async function recordGiven(exercise: Exercise): Promise<void> {
  const judge = new Judge();
  try {
    const { pairs } = await judge.judge(exercise, '', { traces: true });
    keepTraces(exercise, pairs);
  } finally {
    judge.close();
  }
}

/** Judges on every save, until the reader ends it. */
export async function watch(exercise: Exercise): Promise<void> {
  const judge = new Judge();
  judge.warm();
  let last = '';
  let isBusy = false;
  const look = async (): Promise<void> => {
    const text = textOf(exercise);
    if (isBusy || text === last) return;
    isBusy = true;
    last = text;
    const begun = performance.now();
    if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[H');
    await checked(exercise, judge);
    const took = Math.round(performance.now() - begun);
    remark(`Checked in ${took} ms. Save to check again; Ctrl+C ends it.`);
    isBusy = false;
    await look();
  };
  await look();
  const folder = fileURLToPath(new URL('.', studentFile(exercise)));
  const watcher = watchFile(folder, (_, name) => {
    if (name === workFile(exercise)) setTimeout(() => void look(), 30);
  });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  watcher.close();
  judge.close();
}

function textOf(exercise: Exercise): string {
  try {
    return studentText(exercise);
  } catch {
    // Some editors replace a file by a new one; it is back in a moment.
    return '';
  }
}

async function checked(
  exercise: Exercise,
  judge: Judge,
): Promise<ExerciseResult> {
  const text = readStudent(exercise);
  if (text.length > largestFile) {
    throw wrongInput(
      `Cannot check ${shownFile(exercise)}: expected at most ${largestFile} bytes, found ${text.length}`,
    );
  }
  const { pairs, result } = await judge.judge(exercise, text, { traces: true });
  keepTraces(exercise, pairs);
  const { id, points } = exercise;
  noteExercise(id, { score: result.score, points });
  say(told(exercise, withFileNamed(result, exercise, shownFile(exercise))));
  return result;
}

function readStudent(exercise: Exercise): string {
  try {
    return studentText(exercise);
  } catch (error) {
    const file = shownFile(exercise);
    throw wrongInput(`Cannot read ${file}: ${reasonOf(error)}`, error);
  }
}

function told(exercise: Exercise, result: ExerciseResult): string {
  const body = exerciseText(result, paintFor(process.stdout), (check) =>
    ways(exercise, check),
  );
  if (result.checks.some(({ at }) => at !== undefined)) {
    return `${body}\n\n${fileHint(exercise)}`;
  }
  if (!result.passed) return body;
  return `${body}\n\nAll checks pass. Others: npm run chapter exercise`;
}

/** How to get to the step where a check found something. */
function ways(exercise: Exercise, { at }: CheckResult): string[] {
  if (at === undefined) return [];
  const folder = shownFolder(exercise);
  const [own] = traceNames(exercise, at.scenario);
  const target =
    at.scenario === exercise.scenario ? folder : `${folder}/${own}`;
  return [
    'your run at this step, beside ours:',
    `  npm run chapter step ${target} -- --at "${at.address}"`,
    `  ${linkTo(exercise, own, at.address)}`,
  ];
}

/** The same step on the page that `npm start` serves. */
function linkTo(exercise: Exercise, file: string, address: string): string {
  const place = new URLSearchParams({
    workbook: `${exercise.id}/${file}`,
    step: address,
  });
  const fragment = place.toString().replaceAll('%2F', '/');
  return `${siteAddress}/${exercise.chapter}/#${fragment}`;
}

const fileHint = (exercise: Exercise): string =>
  `The links work while "npm start" runs here. On any other copy of the site, open
chapter ${exercise.chapter} and drop on its stage
${shownFolder(exercise)}/trace.json`;
