/**
 * The words and flags that choose a run, for every verb that records one.
 *
 * Recording loads much code; it is loaded once the words are found to be right.
 */
import type { Command } from 'commander';
import type { Trace } from '../trace/format.ts';
import {
  chapterNamed,
  findChapters,
  loadScenario,
  scenarioNamed,
} from './catalog.ts';
import type { Chapter } from './catalog.ts';
import { dataOf, readGiven } from './document.ts';
import { wrongInput } from './failure.ts';

/** The flags that choose what is recorded. */
export interface Choice {
  readonly scenario?: string;
  readonly seed?: string;
  readonly input?: string;
}

/** Adds the word and the flags of a choice to a verb. */
export function addChoice(command: Command): Command {
  return command
    .argument('<chapter>', 'such as knative/02 or knative/service')
    .option('--scenario <name>', 'which run; the first one by default')
    .option('--seed <number>', 'chance, from 0 to 4294967295')
    .option('--input <file>', 'a manifest of your own, "-" for stdin');
}

/**
 * Records the scenario that the words of a command line choose.
 *
 * @param otherWords what the first word might have meant instead
 * @throws {Failure} when they choose none, or the input does not fit
 */
export async function record(
  word: string,
  { scenario, seed, input }: Choice,
  otherWords: readonly string[] = [],
): Promise<{ readonly chapter: Chapter; readonly trace: Trace }> {
  const chapter = chapterNamed(findChapters(), word, otherWords);
  const name = scenarioNamed(chapter, scenario);
  const request = {
    chapter: chapter.id,
    scenario: name,
    ...(seed === undefined ? {} : { seed: seedOf(seed) }),
    ...(input === undefined
      ? {}
      : { input: await inputFor(chapter.id, name, input) }),
  };
  const { recordScenario } = await import('./record.ts');
  return { chapter, trace: await recordScenario(request) };
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
  const { checkManifest } = await import('./schema/manifests.ts');
  return checkManifest(accepts, dataOf(given), given.name);
}
