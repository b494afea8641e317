/**
 * What `chapter exercise` does: list, begin, help, begin anew, show.
 */
import { hintNames, isAnswered } from '../exercise/exercise.ts';
import type { Exercise } from '../exercise/exercise.ts';
import {
  hasSolutions,
  lookForExercises,
  solutionOf,
  statementOf,
} from '../exercise/materials.ts';
import {
  begin,
  hasBegun,
  shownFile,
  shownFolder,
} from '../exercise/workbook.ts';
import { confirm } from './confirm.ts';
import { readGiven } from './document.ts';
import { exerciseNamed, usable } from './exercises.ts';
import { Failure, wrongInput } from './failure.ts';
import {
  exportProgress,
  importProgress,
  noteExercise,
  readProgress,
} from './progress.ts';
import { save } from './save.ts';
import { paintFor, remark, say } from './terminal.ts';

export interface ExerciseFlags {
  readonly check?: boolean;
  readonly only?: string;
  readonly watch?: boolean;
  readonly hint?: boolean;
  readonly reset?: boolean;
  readonly solution?: boolean;
  readonly yes?: boolean;
  readonly import?: string;
  readonly export?: string;
}

/** What one does with an exercise: one thing at a time. */
const deeds = ['watch', 'check', 'hint', 'reset', 'solution'] as const;

/** Lists, or carries progress to and from files. */
export async function withoutId(flags: ExerciseFlags): Promise<void> {
  const needsId = [...deeds, 'only'] as const;
  const flag = needsId.find((name) => flags[name] !== undefined);
  if (flag !== undefined) {
    throw wrongInput(`Cannot use flag "--${flag}": expected an exercise's id`);
  }
  if (flags.import !== undefined) {
    const { name, text } = await readGiven(flags.import);
    try {
      importProgress(text);
    } catch (error) {
      throw wrongInput(
        `Cannot use ${name}: ${(error as Error).message}`,
        error,
      );
    }
    remark(`Added the progress of ${name}.`);
  }
  if (flags.export === '-') say(exportProgress().trimEnd());
  else if (flags.export !== undefined) save(flags.export, exportProgress());
  else if (flags.import === undefined) say(listed(usable(lookForExercises())));
}

/** Does with one exercise what the flags say; begins it without any. */
export async function work(word: string, flags: ExerciseFlags): Promise<void> {
  refuseMixed(flags);
  const exercise = exerciseNamed(lookForExercises(), word);
  if (flags.reset === true) return reset(exercise, flags);
  if (flags.hint === true) {
    hint(exercise);
    return;
  }
  if (flags.solution === true) return showSolution(exercise, flags);
  if (flags.check !== true && flags.watch !== true) return start(exercise);
  if (!hasBegun(exercise)) {
    throw wrongInput(
      `Cannot check ${exercise.id}: there is no ${shownFile(exercise)}; begin it with: npm run chapter exercise ${exercise.id}`,
    );
  }
  const { checkOnce, watch } = await import('./workbook-check.ts');
  if (flags.watch === true) return watch(exercise);
  if (!(await checkOnce(exercise, flags.only))) {
    throw new Failure(1, 'Not yet.');
  }
}

/** Flags that say two things at once, or nothing here, are slips. */
function refuseMixed(flags: ExerciseFlags): void {
  const progress = (['export', 'import'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (progress !== undefined) {
    throw wrongInput(
      `Cannot use flag "--${progress}" with an exercise: it is for the progress in all of them`,
    );
  }
  // Watching is checking again and again.
  const [one, other] = deeds.filter(
    (name) =>
      flags[name] === true && !(name === 'check' && flags.watch === true),
  );
  if (other !== undefined) {
    throw wrongInput(
      `Cannot use flag "--${other}" with "--${one}": expected one of them`,
    );
  }
  if (flags.only !== undefined && one !== 'check') {
    throw wrongInput('Cannot use flag "--only": it goes with --check');
  }
}

/** All exercises by chapter, with what was reached. */
function listed(exercises: readonly Exercise[]): string {
  if (exercises.length === 0) return 'There is no exercise yet.';
  const { strong, faint } = paintFor(process.stdout);
  const progress = readProgress().exercises ?? {};
  const width = Math.max(...exercises.map(({ slug }) => slug.length));
  const row = (one: Exercise): string => {
    const reached = progress[one.id];
    const mark =
      reached === undefined
        ? hasBegun(one)
          ? 'begun'
          : ''
        : reached.score === reached.points && reached.points > 0
          ? 'passed'
          : `${reached.score} of ${one.points}`;
    const facts = `${one.kind}, ${one.minutes} min, ${one.points} points`;
    return `  ${one.slug.padEnd(width)}  ${mark.padEnd(8)}  ${one.title}  ${faint(`(${facts})`)}`;
  };
  const chapters = [...new Set(exercises.map(({ chapter }) => chapter))];
  const blocks = chapters.map((chapter) => {
    const own = exercises.filter((one) => one.chapter === chapter);
    return [strong(chapter), ...own.map(row)].join('\n');
  });
  const next =
    exercises.find(({ id }) => progress[id] === undefined) ?? exercises[0];
  return [
    ...blocks,
    `Begin anywhere, for instance with: npm run chapter exercise ${next?.id ?? ''}`,
  ].join('\n\n');
}

/** Puts the starter there, if it is not there yet, and says how to go on. */
async function start(exercise: Exercise): Promise<void> {
  const { id, kind, minutes, points, title } = exercise;
  const isNew = !hasBegun(exercise);
  if (isNew) await prepare(exercise);
  const { strong } = paintFor(process.stdout);
  const command = `npm run chapter exercise ${id} --`;
  const task = isAnswered(exercise)
    ? `Step through the run     npm run chapter step ${shownFolder(exercise)}\nWrite your answers into  ${shownFile(exercise)}`
    : `Edit                     ${shownFile(exercise)}`;
  say(`${strong(title)}  (${kind}, about ${minutes} minutes, ${points} points)

${statementOf(exercise).trim()}

${isNew ? task : `${task}   (begun before; your work is as you left it)`}
Check it                 ${command} --check
or on every save         ${command} --watch
A hint, of three         ${command} --hint
Begin anew               ${command} --reset`);
}

async function prepare(exercise: Exercise): Promise<void> {
  try {
    begin(exercise);
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(3, `Cannot begin ${exercise.id}: ${message}`, error);
  }
  if (!isAnswered(exercise)) return;
  const { recordGiven } = await import('./workbook-check.ts');
  await recordGiven(exercise);
}

async function reset(exercise: Exercise, flags: ExerciseFlags): Promise<void> {
  const file = shownFile(exercise);
  if (hasBegun(exercise)) {
    const sure = await confirm(`Throw away what is in ${file}?`, flags.yes);
    if (!sure) {
      remark('Nothing was changed.');
      return;
    }
  }
  await prepare(exercise);
  say(`${file} is as it was at the beginning.`);
}

/** One hint more than last time. */
function hint(exercise: Exercise): void {
  const { hints = 0 } = readProgress().exercises?.[exercise.id] ?? {};
  const count = Math.min(hints + 1, hintNames.length);
  const told = hintNames.slice(0, count).map((name, index) => {
    const lead = `Hint ${index + 1} of ${hintNames.length}, the ${name}: `;
    return `${lead}${exercise.hints[name].trim()}`;
  });
  noteExercise(exercise.id, { hints: count, points: exercise.points });
  say(told.slice(hints >= hintNames.length ? 0 : -1).join('\n\n'));
  if (hints >= hintNames.length) remark('There are no more hints.');
}

async function showSolution(
  exercise: Exercise,
  flags: ExerciseFlags,
): Promise<void> {
  if (!hasSolutions(exercise)) {
    throw wrongInput(
      `Cannot show the solution of ${exercise.id}: this copy holds none; ask your teacher`,
    );
  }
  const { score, points } = readProgress().exercises?.[exercise.id] ?? {};
  const hasPassed = score !== undefined && score === points && score > 0;
  const sure = await confirm(
    'It is only yours once you have found it. Show our solution?',
    flags.yes === true || hasPassed,
  );
  if (sure) say(solutionText(exercise));
  else remark('Good. There are three hints: --hint');
}

function solutionText(exercise: Exercise): string {
  const text = solutionOf(exercise);
  if (!isAnswered(exercise)) return text.trimEnd();
  const answers = JSON.parse(text) as Readonly<Record<string, string>>;
  return Object.entries(answers)
    .map(([id, answer]) => `${id}: ${answer}`)
    .join('\n');
}
