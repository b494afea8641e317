/**
 * What is to be stepped through: a chapter's scenario, or a trace in a file,
 * such as that of an exercise.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TraceModel } from '../../trace/model.ts';
import { openTrace } from '../../trace/open.ts';
import { readTrace } from '../../trace/read.ts';
import { projectRoot } from '../../source/files.ts';
import {
  chapterNamed,
  findChapters,
  loadScenario,
  scenarioNamed,
} from '../catalog.ts';
import type { Chapter } from '../catalog.ts';
import { record } from '../choice.ts';
import type { Choice } from '../choice.ts';
import { userPath } from '../document.ts';
import { wrongInput } from '../failure.ts';
import { quoted } from './command.ts';
import { beatsOf } from './prose.ts';
import type { StageSetup } from './stage.ts';

/** The largest file that is looked at, in bytes. */
const mostBytes = 128 * 1024 * 1024;

export type Target = Pick<
  StageSetup,
  'name' | 'flags' | 'scenario' | 'scenarios' | 'beats' | 'load' | 'against'
> & {
  /** Where the trace lies, and the student's file beside it. */
  readonly folder?: string;
};

/** The flags that choose what is stepped through. */
export interface TargetFlags extends Choice {
  readonly against?: string;
}

/**
 * The runs that a word and flags choose.
 *
 * @throws {Failure} when they choose none, or a file is not a trace
 */
export async function targetOf(
  word: string,
  flags: TargetFlags,
): Promise<Target> {
  const file = traceFile(word);
  return file === undefined
    ? await chapterTarget(word, flags)
    : await fileTarget(word, file, flags);
}

async function chapterTarget(
  word: string,
  flags: TargetFlags,
): Promise<Target> {
  const chapter = chapterNamed(findChapters(), word);
  const scenario = scenarioNamed(chapter, flags.scenario);
  const load = async (name: string): Promise<TraceModel> => {
    const { trace } = await record(chapter.id, { ...flags, scenario: name });
    return openTrace(trace);
  };
  return {
    name: chapter.id,
    flags: keptFlags(flags),
    scenario,
    scenarios: await Promise.all(
      chapter.scenarios.map(async (id) => {
        const { title } = await loadScenario(chapter.id, id);
        return { id, title };
      }),
    ),
    beats: beatsOf(chapter.id, chapter.scenarios),
    load,
    ...(await againstOf(flags.against, chapter, load)),
  };
}

async function fileTarget(
  word: string,
  file: string,
  flags: TargetFlags,
): Promise<Target> {
  for (const flag of ['scenario', 'seed', 'input'] as const) {
    if (flags[flag] === undefined) continue;
    throw wrongInput(
      `Cannot use --${flag} with ${word}: a recorded run is as it was recorded`,
    );
  }
  const model = modelIn(file, word);
  const { scenario, title } = model.trace;
  const chapter = findChapters().find(({ id }) => id === model.trace.chapter);
  const reference = file.replace(
    /trace(?<which>-[\w-]+)?\.json$/u,
    'reference$<which>.json',
  );
  const other =
    flags.against ??
    (reference !== file && existsSync(reference) ? reference : undefined);
  const load = async (name: string): Promise<TraceModel> => {
    const { trace } = await record(chapter?.id ?? '', { scenario: name });
    return openTrace(trace);
  };
  return {
    name: word,
    flags: keptFlags(flags),
    scenario,
    scenarios: [{ id: scenario, title }],
    beats: beatsOf(model.trace.chapter, chapter?.scenarios ?? []),
    load: async () => model,
    folder: dirname(file),
    ...(await againstOf(other, chapter, load)),
  };
}

function keptFlags({ seed, input, against }: TargetFlags): string[] {
  return Object.entries({ seed, input, against }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(value)}`],
  );
}

async function againstOf(
  word: string | undefined,
  chapter: Chapter | undefined,
  load: (scenario: string) => Promise<TraceModel>,
): Promise<Pick<StageSetup, 'against'>> {
  if (word === undefined) return {};
  const file = traceFile(word);
  if (file !== undefined) {
    const name = /reference[\w-]*\.json$/u.test(file) ? 'the reference' : word;
    return { against: { name, model: modelIn(file, word) } };
  }
  if (chapter === undefined) {
    throw wrongInput(
      `Cannot read ${word}: expected a file, found nothing of that name`,
    );
  }
  const name = scenarioNamed(chapter, word);
  return { against: { name, model: await load(name) } };
}

/** The trace that a word names; undefined when it names no file or folder. */
function traceFile(word: string): string | undefined {
  for (const path of [userPath(word), join(fileURLToPath(projectRoot), word)]) {
    if (!existsSync(path)) continue;
    if (!statSync(path).isDirectory()) return path;
    const inside = join(path, 'trace.json');
    if (existsSync(inside)) return inside;
    if (/(?:^|[/\\])workbook[/\\]/u.test(path)) {
      throw wrongInput(
        `Cannot step through ${word}: it has no trace.json yet; check the exercise first`,
      );
    }
  }
  if (!/\.json$|^\.|^\/|^workbook\//u.test(word)) return undefined;
  throw wrongInput(
    `Cannot read ${word}: expected a trace, or a folder with trace.json, found nothing of that name`,
  );
}

/** Checks a trace that may come from anybody. */
function modelIn(file: string, name: string): TraceModel {
  const text = textOf(file, name);
  try {
    return openTrace(readTrace(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw wrongInput(`Cannot read ${name}: expected a trace in JSON`, error);
    }
    if (error instanceof TypeError || error instanceof RangeError) {
      throw wrongInput(`${error.message} (in ${name})`, error);
    }
    throw error;
  }
}

/** Asks the opened file, which nobody can exchange any more. */
function textOf(file: string, name: string): string {
  if (!statSync(file).isFile()) {
    throw wrongInput(
      `Cannot read ${name}: expected a file, found something else`,
    );
  }
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > mostBytes) {
      throw wrongInput(
        `Cannot read ${name}: expected at most ${mostBytes} bytes, found ${size}`,
      );
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}
