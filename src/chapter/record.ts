/**
 * Runs a scenario in Node, with or without writing down what happens.
 *
 * A run that fails is a recording all the same: it shows how it came to that.
 */
import type { Observer } from '../../runnable/sim/event.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import type { Scenario } from '../../runnable/scenarios/scenario.ts';
import { ports } from '../ports/ports.ts';
import type { Trace } from '../trace/format.ts';
import { importFresh, recordedFiles } from './instrument-hook.ts';
import type { Overlay } from './instrument-hook.ts';
import { outcomeOf, RecordingSession } from './recording-session.ts';
import type { Outcome } from './recording-session.ts';

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
  /** How many calls, lines and turns of loops may run; ten million. */
  readonly maxSteps?: number;
  /** Texts that take the place of files, such as a student's. */
  readonly overlay?: Overlay;
  /** The scenario's file, when it is not the chapter's. */
  readonly path?: string;
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

async function record(request: RunRequest): Promise<Trace> {
  const { chapter, scenario: name, seed, input } = request;
  const { maxEvents, maxSteps } = request;
  const session = new RecordingSession(recordedFiles, {
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
  });
  const scenario = await session.load(() => load(request, true));
  return session.run(scenario, ports, {
    chapter,
    name,
    ...(seed === undefined ? {} : { seed }),
    input,
  });
}

async function load(request: RunRequest, recorded: boolean): Promise<Scenario> {
  const { chapter, scenario } = request;
  const path = request.path ?? `runnable/scenarios/${chapter}/${scenario}.ts`;
  const module = await importFresh(path, recorded, request.overlay);
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
