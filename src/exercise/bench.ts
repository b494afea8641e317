/**
 * Runs the student's code for its checks, in the process that calls it.
 *
 * The code is recorded, so that each line counts as a step and a loop without
 * an end is stopped; and it may import nothing but teaching code.
 */
import { Sim } from '../../runnable/sim/sim.ts';
import { importFresh, recordedFiles } from '../chapter/instrument-hook.ts';
import type { Overlay } from '../chapter/instrument-hook.ts';
import { recordScenario } from '../chapter/record.ts';
import { RecordingSession } from '../chapter/recording-session.ts';
import { parseSource } from '../source/symbols.ts';
import type { TraceModel } from '../trace/model.ts';
import { RunFailed } from './broken.ts';
import type { Spot } from './broken.ts';
import type { Exercise } from './exercise.ts';
import { placeOfError, placeOfRun } from './failure-place.ts';
import type { Bench, RunOptions } from './kit.ts';
import { scenarioPath } from './materials.ts';
import { Run } from './run.ts';

/** Steps that one run may take: a hundred times what a scenario needs. */
const maxSteps = 1_500_000;
const maxEvents = 400_000;

interface Asked {
  readonly scenario: string;
  readonly options: RunOptions;
}

/** A run of the student's, and the same run of the real code. */
interface Pair {
  readonly scenario: string;
  readonly own: Run;
  readonly reference: Run;
}

/** Reference runs of this process, which are always the same. */
const references = new Map<string, Promise<Run>>();

/** The runs of one submission. */
export class StudentBench implements Bench {
  readonly #exercise: Exercise;
  readonly #overlay: Overlay;
  readonly #runs = new Map<string, Promise<Run>>();
  readonly #asked: Asked[] = [];
  /** How many runs earlier checks asked for. */
  #before = 0;

  constructor(exercise: Exercise, overlay: Overlay) {
    this.#exercise = exercise;
    this.#overlay = overlay;
    for (const [path, text] of overlay) refuseImports(path, text);
  }

  run = async (
    scenario = this.#exercise.scenario,
    options: RunOptions = {},
  ): Promise<Run> => {
    this.#asked.push({ scenario, options });
    const run = await this.#own(scenario, options);
    if (run.error === undefined || options.mayFail === true) return run;
    const failure = failureOf(run, [...this.#overlay.keys()]);
    // An error of others is a consequence, which the check is there to see.
    if (failure.fault === 'error' && failure.place === undefined) return run;
    throw failure;
  };

  reference = (
    scenario = this.#exercise.scenario,
    options: RunOptions = {},
  ): Promise<Run> => {
    const path = scenarioPath(this.#exercise, scenario);
    return remembered(references, `${path} ${keyOf('', options)}`, () =>
      this.#record(scenario, options, new Map()),
    );
  };

  load = async <T>(path: string): Promise<T> => {
    const session = new RecordingSession(recordedFiles, { maxSteps });
    return session.load(
      async () => (await importFresh(path, true, this.#overlay)) as T,
    );
  };

  inWorld = <T>(body: (sim: Sim) => Promise<T>): Promise<T> => {
    const sim = new Sim({ seed: 1, maxTurns: 100_000 });
    return sim.run(() => body(sim));
  };

  /** Begins another check. */
  begin(): void {
    this.#before = this.#asked.length;
  }

  /** The runs that began so far, each with the same run of the real code. */
  async pairs(): Promise<Pair[]> {
    const tried = await Promise.allSettled(
      this.#asked.map((asked) => this.#pair(asked)),
    );
    return tried.flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
  }

  /** The first step of this check's runs that differs from the real code's. */
  async firstDifference(): Promise<Spot | undefined> {
    for (const asked of this.#asked.slice(this.#before)) {
      const { scenario, own, reference } = await this.#pair(asked);
      const address = difference(own.model, reference.model);
      if (address !== undefined) return { scenario, address };
    }
    return undefined;
  }

  async #pair({ scenario, options }: Asked): Promise<Pair> {
    const run = await this.#own(scenario, options);
    const reference = await this.reference(scenario, options);
    return { scenario, own: run, reference };
  }

  #own(scenario: string, options: RunOptions): Promise<Run> {
    if (this.#overlay.size === 0) return this.reference(scenario, options);
    return remembered(this.#runs, keyOf(scenario, options), () =>
      this.#record(scenario, options, this.#overlay),
    );
  }

  async #record(
    scenario: string,
    { seed, input }: RunOptions,
    overlay: Overlay,
  ): Promise<Run> {
    const { chapter } = this.#exercise;
    const trace = await recordScenario({
      chapter,
      scenario,
      path: scenarioPath(this.#exercise, scenario),
      overlay,
      maxSteps,
      maxEvents,
      ...(seed === undefined ? {} : { seed }),
      ...(input === undefined ? {} : { input }),
    });
    return new Run(trace);
  }
}

/** The first step of a story that another has not, or has otherwise. */
function difference(own: TraceModel, real: TraceModel): string | undefined {
  const [mine, theirs] = [own.count('story'), real.count('story')];
  for (let n = 1; n <= Math.max(mine, theirs); n++) {
    const step = n <= mine ? own.step('story', n) : undefined;
    const other = n <= theirs ? real.step('story', n) : undefined;
    if (step?.address === other?.address && step?.time === other?.time) {
      continue;
    }
    return (
      step?.address ?? (n > 1 ? own.step('story', n - 1).address : undefined)
    );
  }
  return undefined;
}

const keyOf = (scenario: string, { seed, input }: RunOptions): string =>
  JSON.stringify([scenario, seed, input]);

function remembered<T>(
  known: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** Why a run did not come to its end, as a check is told. */
function failureOf(run: Run, paths: readonly string[]): RunFailed {
  const { error = '', scenario } = run.trace;
  const { fault, place, address } = placeOfRun(run, paths);
  const text = error.replace(
    /^(?:Range)?Error: (?:Cannot record the run: )?/,
    '',
  );
  return new RunFailed(fault, text, {
    place,
    at: address === undefined ? undefined : { scenario, address },
  });
}

/** What a check threw, as a failure with its line, if it is not a finding. */
export function failureIn(
  error: unknown,
  overlay: Overlay,
): RunFailed | undefined {
  if (error instanceof RunFailed) return error;
  if (!(error instanceof Error))
    return new RunFailed('error', String(error), {});
  return placeOfError(error, [...overlay.keys()]);
}

/**
 * @throws {RunFailed} when the code imports something that is not teaching
 *   code, or cannot be parsed
 */
function refuseImports(path: string, text: string): void {
  for (const statement of parse(path, text)) {
    if (!('source' in statement) || statement.source == null) continue;
    const { value } = statement.source;
    const target = new URL(value, `file:///${path}`).pathname;
    if (/^\.\.?\//.test(value) && target.startsWith('/runnable/')) continue;
    throw new RunFailed(
      'syntax',
      `Cannot import "${value}": teaching code imports from runnable/ only`,
      { place: { path, line: statement.loc?.start.line ?? 1 } },
    );
  }
}

function parse(
  path: string,
  text: string,
): ReturnType<typeof parseSource>['body'] {
  try {
    return parseSource(text, path).body;
  } catch (error) {
    const cause = (error as Error).cause as {
      readonly message?: string;
      readonly loc?: { readonly line: number };
    };
    const reason = (cause.message ?? String(error)).replace(
      / \(\d+:\d+\)$/,
      '',
    );
    throw new RunFailed('syntax', reason, {
      place: { path, line: cause.loc?.line ?? 1 },
    });
  }
}
