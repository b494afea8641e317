/**
 * The students' copy: everything that `npm run chapter` needs, without
 * solutions, keys, hidden checks and tests.
 *
 * Functions that an exercise cuts out or spoils are cut out of `runnable/`
 * too. The real ones travel in `reference.pack`, for other runs need them.
 * That is hygiene and not a lock: whoever wants to read them can, there or at
 * the originals.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathsBelow, projectRoot, readSource } from '../source/files.ts';
import { isAnswered } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import { reachedFrom } from './imports.ts';
import {
  attemptsOf,
  findExercises,
  folderOf,
  givenOf,
  keyOf,
  starterOf,
} from './materials.ts';
import { packed, packName } from './pack.ts';
import type { ReferencePack } from './pack.ts';
import { cut, hide } from './surgery.ts';

/** Copied as they are; `package.json` loses the scripts that need the rest. */
const plainFiles = [
  '.npmrc',
  '.nvmrc',
  'LICENSE',
  'NOTICE',
  'package-lock.json',
];

/** Where the command line begins, and what it starts as a process. */
const entries = [
  'src/chapter/main.ts',
  'src/exercise/child.ts',
  'src/exercise/kit.ts',
];

/** Writes the copy into an empty folder; the paths that were written. */
export function writeHandout(folder: string): string[] {
  const files = handoutFiles(findExercises());
  for (const [path, contents] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
  return [...files.keys()];
}

function handoutFiles(
  exercises: readonly Exercise[],
): Map<string, string | Buffer> {
  const text = (path: string): [string, string] => [
    path,
    readSource(path).text,
  ];
  const public_ = exercises.flatMap((exercise) =>
    pathsBelow(folderOf(exercise), ['.yaml', '.md', '.ts']),
  );
  const secrets = secretsOf(exercises);
  return new Map<string, string | Buffer>([
    ...plainFiles.map(
      (path) => [path, readFileSync(new URL(path, projectRoot))] as const,
    ),
    ...reachedFrom([...entries, ...public_]).map(text),
    ...pathsBelow('runnable', ['.ts']).map(text),
    ...pathsBelow('content', ['/index.mdx'])
      .filter((path) => !path.startsWith('content/classroom/'))
      .map(text),
    ...public_.map(text),
    ...[...secrets].map(
      ([path, symbols]) => [path, cutAll(path, symbols)] as const,
    ),
    ['package.json', packageJson()],
    ['.gitignore', gitIgnore],
    ['README.md', readme(exercises)],
    [packName, packed(contentsOf(exercises, secrets))],
  ]);
}

type Secrets = ReadonlyMap<string, readonly string[]>;

/** By file: the functions that would give an exercise away. */
function secretsOf(exercises: readonly Exercise[]): Secrets {
  const secrets = new Map<string, string[]>();
  for (const [file, symbol] of exercises.flatMap(secretOf)) {
    const known = secrets.get(file) ?? [];
    if (!known.includes(symbol)) secrets.set(file, [...known, symbol]);
  }
  return secrets;
}

function secretOf(exercise: Exercise): [string, string][] {
  const { file, kind, show, symbol } = exercise;
  if (kind === 'diagnose') {
    const { edits = [] } = attemptsOf(exercise).starter ?? {};
    if (edits.length === 0) return [];
    return show.map((one): [string, string] => {
      const [path = '', name = ''] = one.split(' ');
      return [path, name];
    });
  }
  if (kind !== 'fill' && kind !== 'fix') return [];
  return file === undefined || symbol === undefined ? [] : [[file, symbol]];
}

const cutAll = (path: string, symbols: readonly string[]): string =>
  symbols.reduce(
    (text, symbol) => cut(text, path, symbol),
    readSource(path).text,
  );

function contentsOf(
  exercises: readonly Exercise[],
  secrets: Secrets,
): ReferencePack {
  const coded = exercises.filter((exercise) => !isAnswered(exercise));
  const asked = exercises.filter(isAnswered);
  return {
    version: 1,
    files: Object.fromEntries(
      [...secrets.keys()].map((path) => [path, readSource(path).text]),
    ),
    starters: Object.fromEntries(
      coded.map((exercise) => [exercise.id, ownStarter(exercise, secrets)]),
    ),
    given: Object.fromEntries(
      asked.map((exercise) => [
        exercise.id,
        Object.fromEntries(givenOf(exercise)),
      ]),
    ),
    keys: Object.fromEntries(
      asked.map((exercise) => [exercise.id, keyOf(exercise)]),
    ),
    hidden: Object.fromEntries(secrets),
  };
}

/** A starter in which the functions of other exercises are hidden. */
function ownStarter(exercise: Exercise, secrets: Secrets): string {
  const { file = '', symbol } = exercise;
  return (secrets.get(file) ?? [])
    .filter((other) => other !== symbol)
    .reduce((text, other) => hide(text, file, other), starterOf(exercise));
}

/** The dependencies stay as the lock file has them. */
function packageJson(): string {
  const whole = JSON.parse(readSource('package.json').text) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const { chapter = '' } = whole.scripts;
  const own = { ...whole, scripts: { chapter } };
  return `${JSON.stringify(own, undefined, 2)}\n`;
}

/** The workbook is what is handed in; runs can be made again. */
const gitIgnore = `node_modules/
workbook/progress*.json
workbook/**/trace*.json
workbook/**/reference*.json
`;

function readme(exercises: readonly Exercise[]): string {
  const chapters = [...new Set(exercises.map(({ chapter }) => chapter))];
  return `# Inside the Loop: the workbook

${exercises.length} exercises on ${chapters.length} chapters.

    npm ci --omit=dev
    npm run chapter exercise               # what there is
    npm run chapter exercise ${exercises[0]?.id ?? 'ID'}

You write in \`workbook/\`, one folder an exercise. A check that fails names the
rule that is broken and a command that shows the step of your own run where it
went wrong:

    npm run chapter exercise ID -- --check     # once
    npm run chapter exercise ID -- --watch     # whenever you save
    npm run chapter exercise ID -- --hint      # one of three

\`npm run chapter\` lists the chapters, \`npm run chapter kubelet/02\` runs one.

\`runnable/\` is the code that the chapters are about. What you are to write
yourself is cut out of it; the runs you compare yours with take it from
\`${packName}\`. It is no lock. Reading there tells you what we wrote, and
nothing else.
`;
}
