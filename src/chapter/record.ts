/**
 * Runs a scenario in Node, with or without writing down what happens.
 *
 * A run that fails is a recording all the same: it shows how it came to that.
 */
import { ports } from '../ports/ports.ts';
import { VirtualClock } from '../../runnable/sim/clock.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { defaultStart } from '../../runnable/sim/world.ts';
import type { Observer } from '../../runnable/sim/event.ts';
import type {
  Lane,
  Machine,
  Scenario,
} from '../../runnable/scenarios/scenario.ts';
import { formatName, formatVersion } from '../trace/format.ts';
import type { Trace } from '../trace/format.ts';
import type { Probes } from '../trace/probes.ts';
import { Recorder } from '../trace/recorder/recorder.ts';
import { importFresh, recordedFiles } from './instrument-hook.ts';

export interface RunRequest {
  /** Such as `knative/02-service`. */
  readonly chapter: string;
  readonly scenario: string;
  /** The scenario's own by default. */
  readonly seed?: number;
  /** What the scenario's `accepts` allows, checked by the caller. */
  readonly input?: unknown;
  /** How many rows may be written; a million by default. */
  readonly maxEvents?: number;
  /** The scenario's file, when it is not the chapter's. */
  readonly path?: string;
}

/** How a run ended: with a result, or with an error. */
export interface Outcome {
  readonly result: unknown;
  readonly error?: string;
}

/** One run at a time: a loaded module finds its recorder in a global. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(body: () => Promise<T>): Promise<T> {
  const turn = last.then(body, body);
  last = turn.catch(() => undefined);
  return turn;
}

/**
 * Records one run.
 *
 * @throws {SyntaxError} naming file and line when the code cannot be recorded
 */
export function recordScenario(request: RunRequest): Promise<Trace> {
  return inTurn(() => record(request));
}

/** Runs a scenario and writes down nothing. */
export function runScenario(
  request: RunRequest & { readonly observer?: Observer },
): Promise<Outcome> {
  return inTurn(async () => {
    const scenario = await load(request, false);
    const { observer } = request;
    const { seed = scenario.seed, input } = request;
    const sim = new Sim({
      seed,
      ...(observer === undefined ? {} : { observer }),
    });
    return outcomeOf(() => {
      const run = scenario.begin(sim, ports, input);
      return sim.run(() => run.main());
    });
  });
}

/** A clock that tells the recorder, and stops when the recording did. */
class RecordedClock extends VirtualClock {
  recorder: Recorder | undefined;

  override advance(): boolean {
    if (this.recorder?.failure !== undefined) throw this.recorder.failure;
    this.recorder?.rests();
    return super.advance();
  }
}

async function record(request: RunRequest): Promise<Trace> {
  const clock = new RecordedClock(defaultStart);
  const recorder = new Recorder({
    now: () => clock.now(),
    files: recordedFiles,
    ...(request.maxEvents === undefined
      ? {}
      : { maxEvents: request.maxEvents }),
  });
  clock.recorder = recorder;
  const scenario = await withRecorder(recorder, () => load(request, true));
  const { seed = scenario.seed, input } = request;
  const sim = new Sim({ seed, clock, observer: recorder.observer });
  let machines: readonly Machine[] = [];
  recorder.begin((path) => isFolded(path, scenario.folded));
  const outcome = await outcomeOf(() => {
    const run = scenario.begin(sim, ports, input);
    machines = run.view?.machines ?? [];
    if (run.view !== undefined) recorder.watch(run.view);
    return sim.run(() => run.main());
  });
  const { failure } = recorder;
  return {
    format: formatName,
    version: formatVersion,
    chapter: request.chapter,
    scenario: request.scenario,
    title: scenario.title,
    seed,
    start: defaultStart,
    notes: scenario.notes,
    lanes: scenario.cast.map(laneOf),
    keep: scenario.keep ?? [],
    fold: scenario.fold ?? [],
    machines: machines.map(({ name, states, initial }) => ({
      name,
      states,
      initial,
    })),
    ...recorder.end(),
    ...outcome,
    ...(failure === undefined ? {} : { error: String(failure) }),
  };
}

async function load(request: RunRequest, recorded: boolean): Promise<Scenario> {
  const { chapter, scenario } = request;
  const path = request.path ?? `runnable/scenarios/${chapter}/${scenario}.ts`;
  const module = await importFresh(path, recorded);
  if (!hasScenario(module)) {
    throw new TypeError(
      `Cannot run ${path}: expected an export named "scenario"`,
    );
  }
  return module.scenario;
}

const hasScenario = (
  module: unknown,
): module is { readonly scenario: Scenario } =>
  typeof module === 'object' && module !== null && 'scenario' in module;

/** Lets modules that are loaded meanwhile find their recorder. */
async function withRecorder<T>(
  recorder: Recorder,
  body: () => Promise<T>,
): Promise<T> {
  const world = globalThis as { __t?: Probes };
  world.__t = recorder.probes;
  try {
    return await body();
  } finally {
    delete world.__t;
  }
}

async function outcomeOf(body: () => Promise<unknown>): Promise<Outcome> {
  try {
    const result = await body();
    if (result === undefined) return { result: null };
    return { result: JSON.parse(JSON.stringify(result)) as unknown };
  } catch (error) {
    return { result: null, error: String(error) };
  }
}

/** Whether a file is, or is in, one of the paths below `runnable/`. */
function isFolded(path: string, folded: readonly string[]): boolean {
  return folded
    .flatMap((one) => [one, `runnable/${one}`])
    .some((one) => path === one || path.startsWith(one.replace(/\/?$/, '/')));
}

const laneOf = (lane: Lane): Trace['lanes'][number] => ({ ...lane });
