/**
 * The student's folder: `workbook/<id>/` with the file to work in, a README
 * and the runs that the last check made.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { excerptOf } from '../source/symbols.ts';
import type { TracePair } from './child.ts';
import { isAnswered, workFile } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import { givenOf, starterOf, statementOf } from './materials.ts';
import { originalOf } from './pack.ts';
import { shownPath, workbookRoot } from './workbook-root.ts';

/** Students' files are short; a longer one is a mistake, or an attack. */
export const largestFile = 256 * 1024;

const folder = ({ id }: Exercise): URL => new URL(`${id}/`, workbookRoot());

/** The student's folder as a command line names it. */
export const shownFolder = (exercise: Exercise): string =>
  shownPath(folder(exercise));

/** The student's file as a message names it. */
export const shownFile = (exercise: Exercise): string =>
  `${shownFolder(exercise)}/${workFile(exercise)}`;

/** Where the student's file is. */
export const studentFile = (exercise: Exercise): URL =>
  new URL(workFile(exercise), folder(exercise));

export const hasBegun = (exercise: Exercise): boolean =>
  existsSync(studentFile(exercise));

/** What the student has written so far. */
export const studentText = (exercise: Exercise): string =>
  readFileSync(studentFile(exercise), 'utf8');

/** Puts the starter and its README there; what was there is lost. */
export function begin(exercise: Exercise): void {
  rmSync(folder(exercise), { recursive: true, force: true });
  mkdirSync(folder(exercise), { recursive: true });
  write(exercise, workFile(exercise), starterOf(exercise));
  write(exercise, 'README.md', readme(exercise));
  if (exercise.show.length > 0) {
    write(exercise, 'source.txt', excerpts(exercise));
  }
}

/** Keeps the runs of a check, to be stepped through and opened in the site. */
export function keepTraces(
  exercise: Exercise,
  pairs: readonly TracePair[],
): void {
  for (const { scenario, own, reference } of pairs) {
    const [mine, ours] = traceNames(exercise, scenario);
    write(exercise, mine, own);
    write(exercise, ours, reference);
  }
}

/** The files of a scenario's runs: the student's, and the real code's. */
export function traceNames(
  exercise: Exercise,
  scenario: string,
): readonly [string, string] {
  const end = scenario === exercise.scenario ? '' : `-${scenario}`;
  return [`trace${end}.json`, `reference${end}.json`];
}

function write(exercise: Exercise, name: string, text: string): void {
  writeFileSync(new URL(name, folder(exercise)), text);
}

function readme(exercise: Exercise): string {
  const { chapter, id, minutes, points, title } = exercise;
  const file = workFile(exercise);
  const work = isAnswered(exercise)
    ? `The run is in \`trace.json\`. Step through it with

    npm run chapter step ${shownFolder(exercise)}

or drop the file on the stage of any chapter's page. Write your answers into
\`${file}\`.`
    : `Edit \`${file}\`. It takes the place of \`${exercise.file ?? ''}\`
when the checks run; everything else is the real code. The sentences of a step
are written for the real code, too: what changed below them is what yours did.`;
  return `# ${title}

\`${id}\`

About ${minutes} minutes, ${points} points. It belongs to chapter ${chapter}.

${statementOf(exercise).trim()}

## How

${work}

    npm run chapter exercise ${id} -- --check
    npm run chapter exercise ${id} -- --watch    # on every save
    npm run chapter exercise ${id} -- --hint     # one of three
    npm run chapter exercise ${id} -- --reset    # begin anew
`;
}

/** The code to look at, with the numbers of its lines. */
function excerpts(exercise: Exercise): string {
  const given = givenOf(exercise);
  const blocks = exercise.show.map((one) => {
    const [file = '', symbol = ''] = one.split(' ');
    const text = given.get(file) ?? originalOf(file);
    const { line, end } = excerptOf(text, file, symbol);
    const lines = text.split('\n').slice(line - 1, end);
    const numbered = lines.map((code, index) =>
      `${String(line + index).padStart(4)}  ${code}`.trimEnd(),
    );
    return `${file}, ${symbol}\n\n${numbered.join('\n')}\n`;
  });
  return blocks.join('\n');
}
