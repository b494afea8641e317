/**
 * `chapter run`, and the verb that is meant when a chapter stands alone: runs
 * a scenario and tells its story.
 */
import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Trace } from '../../trace/format.ts';
import { levels } from '../../trace/model.ts';
import type { Level, TraceModel } from '../../trace/model.ts';
import { openTrace } from '../../trace/open.ts';
import { storyText } from '../../trace/story.ts';
import {
  chapterNamed,
  findChapters,
  loadScenario,
  scenarioNamed,
  unknownName,
} from '../catalog.ts';
import type { Chapter } from '../catalog.ts';
import { dataOf, readGiven } from '../document.ts';
import { Failure, wrongInput } from '../failure.ts';
import { noteRun } from '../progress.ts';
import { recordScenario } from '../record.ts';
import { checkManifest } from '../schema/manifests.ts';
import { remark, say } from '../terminal.ts';

/** The flags that choose what is recorded, for every verb that records. */
export interface Choice {
  readonly scenario?: string;
  readonly seed?: string;
  readonly input?: string;
}

interface RunFlags extends Choice {
  readonly level: string;
  readonly json?: boolean;
}

/** Adds the flags of `Choice` to a verb. */
export function addChoice(command: Command): Command {
  return command
    .option('--scenario <name>', 'which run; the first one by default')
    .option('--seed <number>', 'chance, from 0 to 4294967295')
    .option('--input <file>', 'a manifest of your own, "-" for stdin');
}

/** Adds the verb to the command line. */
export function addRun(program: Command): void {
  addChoice(
    program
      .command('run', { isDefault: true })
      .description('run a scenario and print its story')
      .argument('<chapter>', 'such as knative/02 or knative/service'),
  )
    .option('--level <level>', `one of ${levels.join(', ')}`, 'story')
    .option('--json', 'as one JSON document')
    .action(async (word: string, flags: RunFlags) => {
      const level = levelNamed(flags.level);
      const verbs = program.commands.map((command) => command.name());
      const { chapter, trace } = await record(word, flags, verbs);
      const model = openTrace(trace);
      if (flags.json === true) {
        say(JSON.stringify(asJson(trace, model, level), undefined, 2));
      } else say(storyText(model, level).trimEnd());
      if (trace.error !== undefined) {
        throw new Failure(1, `The run did not succeed: ${trace.error}`);
      }
      noteRun(chapter.id, trace.scenario);
      if (flags.json !== true) remark(hint(chapter, trace));
    });
}

/**
 * Records the scenario that the words of a command line choose.
 *
 * @throws {Failure} when they choose none, or the input does not fit
 */
export async function record(
  word: string,
  { scenario, seed, input }: Choice,
  verbs: readonly string[],
): Promise<{ readonly chapter: Chapter; readonly trace: Trace }> {
  const chapter = chapterNamed(findChapters(), word, verbs);
  const name = scenarioNamed(chapter, scenario);
  const trace = await recordScenario({
    chapter: chapter.id,
    scenario: name,
    ...(seed === undefined ? {} : { seed: seedOf(seed) }),
    ...(input === undefined
      ? {}
      : { input: await inputFor(chapter.id, name, input) }),
  });
  return { chapter, trace };
}

function levelNamed(word: string): Level {
  const level = levels.find((one) => one === word);
  if (level === undefined) throw unknownName('level', word, levels);
  return level;
}

function seedOf(word: string): number {
  const seed = Number(word);
  if (/^\d+$/.test(word) && seed <= 0xffffffff) return seed;
  throw wrongInput(
    `Cannot use seed "${word}": expected an integer from 0 to 4294967295`,
  );
}

async function inputFor(
  chapter: string,
  scenario: string,
  file: string,
): Promise<unknown> {
  const { accepts } = await loadScenario(chapter, scenario);
  if (accepts === undefined) {
    throw wrongInput(
      `Cannot use --input with scenario "${scenario}" of ${chapter}: it takes none`,
    );
  }
  const given = await readGiven(file);
  return checkManifest(accepts, dataOf(given), given.name);
}

function asJson(trace: Trace, model: TraceModel, level: Level): unknown {
  const steps = Array.from({ length: model.count(level) }, (_, index) => {
    const step = model.step(level, index + 1);
    return {
      n: step.n,
      address: step.address,
      time: step.time,
      actor: model.lanes[step.lane]?.id ?? null,
      kind: step.kind,
      text: step.sentence,
      file: step.file ?? null,
      line: step.line ?? null,
    };
  });
  const { chapter, scenario, seed, result, error } = trace;
  const hash = createHash('sha256').update(JSON.stringify(trace)).digest('hex');
  return {
    chapter,
    scenario,
    seed,
    hash,
    steps,
    result: result ?? null,
    ...(error === undefined ? {} : { error }),
  };
}

/** What else this chapter can show. */
function hint({ id, scenarios }: Chapter, { scenario }: Trace): string {
  const others = scenarios.filter((name) => name !== scenario);
  return others.length === 0
    ? ''
    : `\nOther scenarios: ${others.join(', ')} (npm run chapter ${id.replace(/-.*/, '')} -- --scenario ${others[0] ?? ''})`;
}
